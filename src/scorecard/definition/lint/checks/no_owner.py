"""Metrics that nobody answers for: no owner of their own, of a group above, or of the total."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.lacking import above, lacking
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC842"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    without = [metric for metric in subject.counted if not any(node.owner for node in above(subject, metric))]
    return lacking(subject, CODE, LEVEL, subject.counted, without)
