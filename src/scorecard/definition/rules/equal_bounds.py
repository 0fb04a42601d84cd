"""A worst value that is the target."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import fixed, issue, judged, written
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC407: between equal numbers no line can be drawn."""
    for each in judged(scorecard):
        worst = fixed(each.metric.worst)
        if worst is not None and worst == fixed(each.metric.target):
            yield issue(scorecard, "SC407", *each.ways("target"), name=each.metric.id, value=written(worst))
