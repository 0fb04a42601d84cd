"""Formulas that read each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scorecard.definition.rules import circular_groups
from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.plan.circles import circle_in


def find(scorecard: Scorecard) -> Iterable[Issue]:
    """SC218: two values, numbers or scores that each need the other first, also by way of an earlier period."""
    if any(circular_groups.find(scorecard)):
        return
    while (circle := circle_in(scorecard)) is not None:
        owner = circle[0].partition(".")[0]
        section = "metrics" if owner in scorecard.metrics else "groups" if owner in scorecard.groups else owner
        yield issue(scorecard, "SC218", (section, owner) if section != owner else (owner,), circle=" -> ".join(circle))
        read = {cell.partition(".")[0] for cell in circle if cell.endswith(".value")} & scorecard.metrics.keys()
        told = {id for id in read if scorecard.metrics[id].measure is not None or scorecard.metrics[id].choose}
        if not told:
            return
        without = {id: replace(scorecard.metrics[id], measure=None, choose=()) for id in told}
        scorecard = replace(scorecard, metrics={**scorecard.metrics, **without})
