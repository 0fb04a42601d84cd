"""Two metrics that count the same: same records, same window, same measure, so one thing weighs twice."""

from __future__ import annotations

import json
from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.model.definition import Metric
from scorecard.model.formula import Formula
from scorecard.model.issue import Issue, Level

CODE = "SC811"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    first: dict[object, str] = {}
    for metric in subject.counted:
        if metric.choose:
            continue
        other = first.setdefault(_measured(metric), metric.id)
        if other != metric.id:
            yield subject.issue(CODE, LEVEL, ("metrics", metric.id), metric.id, other, name=metric.id, other=other)


def _measured(metric: Metric) -> object:
    """Everything that decides a metric's value and for whom it counts."""
    how = (metric.type, json.dumps(metric.params, sort_keys=True, default=str)) if metric.type else _text(metric.measure)
    return (metric.source, how, _text(metric.where), metric.window, metric.per, _text(metric.applies_when))


def _text(formula: Formula | None) -> str:
    return " ".join(formula.text.split()) if formula is not None else ""
