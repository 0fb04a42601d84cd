"""Metrics without a unit: a number nobody can read."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.lacking import lacking
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC841"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    asked = [metric for metric in subject.counted if not any(choice.label for choice in metric.choose) and metric.curve.kind != "lookup"]
    return lacking(subject, CODE, LEVEL, asked, [metric for metric in asked if metric.unit is None])
