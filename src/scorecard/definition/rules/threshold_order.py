"""Thresholds that do not lie in order between worst and target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from scorecard.definition.rules.placed import Judged, fixed, issue, judged, written
from scorecard.model.definition import Range, Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC408: from worst over the bands to target, the values must all rise or all fall."""
    for each in judged(scorecard):
        line = _line(scorecard, each)
        ends = [value for _, value in line]
        if len(line) < 3 and not (len(line) == 2 and each.metric.curve.kind != "straight"):
            continue
        rising = ends[-1] > ends[0]
        for (_, before), (key, value) in pairwise(line):
            if value == before or (value > before) != rising:
                order = " → ".join(f"{name} {written(number)}" for name, number in line)
                culprit = key if key != "target" else line[-2][0]
                told: dict[str, Any] = {"name": each.metric.id, "order": order, "line": [name for name, _ in line], "rises": rising}
                yield issue(scorecard, "SC408", *each.ways("thresholds", culprit), **told)
                break


def _line(scorecard: Scorecard, each: Judged) -> list[tuple[str, float]]:
    """The numbers that are constants, in the order of the score; worst and target only where they bend the same curve."""
    metric = each.metric
    if not metric.thresholds or isinstance(metric.worst, Range) or isinstance(metric.target, Range):
        return []
    found = [(band, value) for band, number in metric.thresholds.items() if (value := fixed(number)) is not None]
    if metric.curve.kind != "straight":
        return found
    worst, target = fixed(metric.worst), fixed(metric.target)
    starts = [band.id for band in scorecard.bands if band.start is not None]
    lowest = (starts[-1] if scorecard.scale.lower_is_better else starts[0]) if starts else None
    if worst is not None and not (found and found[0] == (lowest, worst)):
        found.insert(0, ("worst", worst))
    return [*found, ("target", target)] if target is not None else found
