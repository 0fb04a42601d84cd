"""Handing over: what was asked for on the command line is written, and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scorecard.cli.options import Settings

if TYPE_CHECKING:
    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.report.destinations import Destination
    from scorecard.report.handover.naming import Named


def hand_over(evaluation: Evaluation, targets: Sequence[Destination], chosen: Settings) -> list[str]:
    """Writes every file, and gives what to say of them. Raises as `write_all` does."""
    from scorecard.report.handover.write import write_all

    if not len(evaluation):
        return [chosen.say("written.nobody")] if targets else []
    return [_said(every, chosen) for every in write_all(evaluation, targets, chosen.language)]


def _said(every: Sequence[Named], chosen: Settings) -> str:
    """Which files there are now: one by its name, of many how many and where."""
    if len(every) == 1:
        return chosen.say("written.file", file=every[0].path)
    return chosen.say("written.files", count=len(every), folder=every[0].folder)
