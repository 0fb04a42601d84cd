"""Metrics that do not say what they are for: no objective of their own, of a group above, or of the total."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.lacking import above, lacking
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC845"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    without = [metric for metric in subject.counted if not any(node.objective for node in above(subject, metric))]
    return lacking(subject, CODE, LEVEL, subject.counted, without)
