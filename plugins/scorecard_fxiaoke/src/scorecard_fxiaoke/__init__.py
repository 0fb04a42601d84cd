"""Fxiaoke as a source: customers, contacts, opportunities, cases, surveys, orders and activities in the shapes of every CRM."""

from __future__ import annotations

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Later


@hookimpl
def scorecard_sources() -> list[Later]:
    return [Later("fxiaoke", "scorecard_fxiaoke.preset:SOURCE")]
