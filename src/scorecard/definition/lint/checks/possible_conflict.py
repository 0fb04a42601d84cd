"""Segments by different attributes that one entity may match at once, and that set the same key differently."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.checks.segment_conflict import conflicts
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC822"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    return conflicts(subject, CODE, LEVEL, same_attributes=False)
