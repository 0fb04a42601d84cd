"""Pairs that do not lie around each other."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import LINES, constants, issue, judged
from scorecard.model.definition import Constant, Number, Range, Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC409: with pairs, the lower worst, the target and the upper worst rise in this order; a pair of targets needs a pair of worsts."""
    for each in judged(scorecard):
        worst, target = each.metric.worst, each.metric.target
        if each.metric.curve.kind in LINES and worst is not None and target is not None and not _fit(worst, target):
            yield issue(scorecard, "SC409", *each.ways("worst"), name=each.metric.id)


def _fit(worst: Number | Range, target: Number | Range) -> bool:
    if isinstance(worst, Range):
        return _around(worst, target)
    return not isinstance(target, Range)


def _around(worst: Range, target: Number | Range) -> bool:
    low, high = (target.low, target.high) if isinstance(target, Range) else (target, target)
    numbers = [number for number in (worst.low, low, high, worst.high) if isinstance(number, Constant)]
    if len(numbers) < 4:
        return True
    a, b, c, d = (constants(number)[0] for number in numbers)
    return a < b <= c < d
