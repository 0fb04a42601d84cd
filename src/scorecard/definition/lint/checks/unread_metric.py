"""Metrics that are judged, count for nothing, and that nothing reads: in one issue, because it is often meant."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC816"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    counted = {metric.id for metric in subject.counted}
    judged = [
        metric.id
        for metric in subject.scorecard.metrics.values()
        if metric.id not in counted and (metric.target is not None or metric.thresholds or metric.curve.kind != "straight")
    ]
    idle = [id for id in judged if id not in subject.read] if judged else []
    if idle:
        yield subject.issue(CODE, LEVEL, ("metrics", idle[0]), *idle, names=idle)
