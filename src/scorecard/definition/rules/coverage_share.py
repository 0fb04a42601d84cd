"""Coverage that is no share."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import Way, constants, issue, written
from scorecard.model.definition import Number, Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC422: coverage is a share of the weight, from 0 to 1."""
    for number, way in _coverages(scorecard):
        for value in constants(number):
            if not 0 <= value <= 1:
                yield issue(scorecard, "SC422", way, value=written(value))
                break


def _coverages(scorecard: Scorecard) -> Iterator[tuple[Number, Way]]:
    yield scorecard.total.coverage, ("total", "coverage")
    for id, group in scorecard.groups.items():
        yield group.coverage, ("groups", id, "coverage")
    for segment in scorecard.segments.values():
        for change in segment.changes:
            if change.key == ("coverage",):
                way = ("total",) if change.node == "total" else ("groups", change.node)
                yield change.value, ("segments", segment.id, *way, "coverage")
