"""Metrics with a target and no day by which it is to be reached; a target by dates or periods says it itself."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.lacking import lacking
from scorecard.definition.lint.subject import Subject
from scorecard.model.definition import Path, Table
from scorecard.model.issue import Issue, Level

CODE = "SC843"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    asked = [metric for metric in subject.counted if metric.target is not None and not isinstance(metric.target, (Path, Table))]
    return lacking(subject, CODE, LEVEL, asked, [metric for metric in asked if metric.due is None])
