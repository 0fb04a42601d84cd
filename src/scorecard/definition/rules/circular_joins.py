"""Sources that join each other."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC482: following `join:` from a source leads back to it."""
    told: set[str] = set()
    for id in scorecard.sources:
        way = _back_to(scorecard, id, (id,))
        if way and not told.intersection(way):
            told.update(way)
            yield issue(scorecard, "SC482", ("sources", id, "join"), circle=" -> ".join(way))


def _back_to(scorecard: Scorecard, first: str, way: tuple[str, ...]) -> tuple[str, ...]:
    """The shortest prolongation of a way that ends where it began; empty where there is none."""
    source = scorecard.sources.get(way[-1])
    for join in source.join if source is not None else ():
        if join.to == first:
            return (*way, first)
        if join.to not in way and (found := _back_to(scorecard, first, (*way, join.to))):
            return found
    return ()
