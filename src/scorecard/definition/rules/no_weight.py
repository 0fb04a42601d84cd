"""A total to which nothing counts."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import fixed, issue
from scorecard.model.definition import Metric, Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC414: every metric, or a group on the way up from it, has the weight 0, and no segment gives one another weight."""
    changed = any(change.key == ("weight",) for segment in scorecard.segments.values() for change in segment.changes)
    if scorecard.metrics and not changed and not any(_counts(scorecard, metric) for metric in scorecard.metrics.values()):
        yield issue(scorecard, "SC414", ("metrics",))


def _counts(scorecard: Scorecard, metric: Metric) -> bool:
    if fixed(metric.weight) == 0:
        return False
    parent, seen = metric.parent, set[str]()
    while parent != "total" and parent not in seen:
        seen.add(parent)
        group = scorecard.groups[parent]
        if group.weight != "sum" and fixed(group.weight) == 0:
            return False
        parent = group.parent or "total"
    return True
