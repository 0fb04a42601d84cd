"""Points of a curve that are not in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scorecard.definition.rules.placed import fixed, issue, judged
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC410: the values of the points must all rise or all fall."""
    for each in judged(scorecard):
        values = [value for point, _ in each.metric.curve.points if (value := fixed(point)) is not None]
        steps = [after - before for before, after in pairwise(values)]
        if steps and not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
            yield issue(scorecard, "SC410", *each.ways("curve", "points"), name=each.metric.id)
