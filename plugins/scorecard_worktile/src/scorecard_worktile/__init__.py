"""Worktile as a source: projects, goals and tasks in the shapes of every system."""

from __future__ import annotations

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Later


@hookimpl
def scorecard_sources() -> list[Later]:
    return [Later("worktile", "scorecard_worktile.preset:SOURCE")]
