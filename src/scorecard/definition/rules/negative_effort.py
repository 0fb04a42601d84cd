"""Efforts and steps below zero."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import constants, issue, judged, written
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC475: an effort or a largest step is negative; both count without a direction."""
    for one in judged(scorecard):
        for key, number in (("effort", one.metric.effort), ("max_change", one.metric.max_change)):
            below = [value for value in constants(number) if value < 0]
            if below:
                yield issue(scorecard, "SC475", *one.ways(key), name=one.metric.id, key=key, value=written(below[0]))
