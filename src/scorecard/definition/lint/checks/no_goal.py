"""Metrics with neither a target nor a baseline, where others of the definition have one."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.lacking import lacking
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC846"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    without = [metric for metric in subject.counted if metric.target is None and metric.baseline is None]
    if len(without) < len(subject.counted):
        yield from lacking(subject, CODE, LEVEL, subject.counted, without)
