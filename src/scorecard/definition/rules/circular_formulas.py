"""Formulas that read each other."""

from __future__ import annotations

from collections.abc import Iterable

from scorecard.definition.rules import circular_groups
from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.plan.circles import circle_in


def find(scorecard: Scorecard) -> Iterable[Issue]:
    """SC218: two values, numbers or scores that each need the other first, also by way of an earlier period."""
    if any(circular_groups.find(scorecard)) or (circle := circle_in(scorecard)) is None:
        return
    owner = circle[0].partition(".")[0]
    section = "metrics" if owner in scorecard.metrics else "groups" if owner in scorecard.groups else owner
    yield issue(scorecard, "SC218", (section, owner) if section != owner else (owner,), circle=" -> ".join(circle))
