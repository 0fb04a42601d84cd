"""Metrics with weight and no way from their value to a score."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import LINES, Judged, fixed, issue, judged
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC425: a line needs worst and target. SC427: an open scale has no ends to draw it between. SC428: labels need a lookup."""
    for each in judged(scorecard):
        metric = each.metric
        labels = [choice.label for choice in metric.choose if choice.label is not None]
        counted = fixed(metric.weight) != 0 and not _in_weightless_group(scorecard, metric.parent)
        if labels and counted and metric.curve.kind in (*LINES, "identity", "points", "steps"):
            yield issue(scorecard, "SC428", *each.ways("choose"), name=metric.id, labels=sorted(set(labels)))
        elif labels and metric.curve.kind == "lookup" and metric.curve.otherwise is None:
            missing = sorted({label for label in labels if label not in metric.curve.lookup})
            if missing:
                yield issue(scorecard, "SC428", *each.ways("curve", "lookup"), name=metric.id, labels=missing)
        elif metric.curve.kind in LINES:
            yield from _without_line(scorecard, each, counted)


def _in_weightless_group(scorecard: Scorecard, group: str) -> bool:
    """Whether a group, or one it is in, is shown and not counted."""
    seen: set[str] = set()
    while group in scorecard.groups and group not in seen:
        seen.add(group)
        weight = scorecard.groups[group].weight
        if weight != "sum" and fixed(weight) == 0:
            return True
        group = scorecard.groups[group].parent or "total"
    return False


def _without_line(scorecard: Scorecard, each: Judged, counted: bool) -> Iterator[Issue]:
    metric = each.metric
    absent = [key for key, number in (("worst", metric.worst), ("target", metric.target)) if number is None]
    if absent and (counted or metric.curve.kind != "straight"):
        yield issue(scorecard, "SC425", *each.ways(), name=metric.id, missing=absent)
    elif scorecard.scale.open and not absent and counted:
        yield issue(scorecard, "SC427", *each.ways("worst"), name=metric.id)
