"""Logarithmic curves through numbers that have no logarithm."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import constants, issue, judged, written
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC424: `curve: log` needs worst and target above zero."""
    for each in judged(scorecard):
        if each.metric.curve.kind != "log":
            continue
        for key, number in (("worst", each.metric.worst), ("target", each.metric.target)):
            low = min(constants(number), default=1.0)
            if low <= 0:
                yield issue(scorecard, "SC424", *each.ways(key), name=each.metric.id, key=key, value=written(low))
