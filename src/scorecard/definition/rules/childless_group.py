"""Groups with nothing in them."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue, Level


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC214: no metric and no group names this group, so it never has a score."""
    parents = {group.parent for group in scorecard.groups.values()} | {metric.parent for metric in scorecard.metrics.values()}
    for id in scorecard.groups:
        if id not in parents:
            yield issue(scorecard, "SC214", ("groups", id), level=Level.WARNING, name=id)
