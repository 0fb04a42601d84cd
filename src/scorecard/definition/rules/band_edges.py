"""Bands that overlap, leave the scale, or leave scores without a band."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scorecard.definition.rules.placed import issue, written
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC416: two bands begin at one score. SC417: a band begins outside the scale. SC418: nobody owns the lowest scores."""
    bands = [(band.id, band.start) for band in scorecard.bands if band.start is not None]
    for (first, start), (second, other) in pairwise(bands):
        if start == other:
            yield issue(scorecard, "SC416", ("bands", second, "from"), name=second, other=first, value=written(start))
    low, high = scorecard.scale.low, scorecard.scale.high
    if low is None or high is None or not bands:
        return
    for id, start in bands:
        if not low <= start <= high:
            yield issue(scorecard, "SC417", ("bands", id, "from"), name=id, value=written(start), low=written(low), high=written(high))
    lowest, start = bands[0]
    if low < start <= high:
        yield issue(scorecard, "SC418", ("bands", lowest, "from"), name=lowest, value=written(start), low=written(low))
