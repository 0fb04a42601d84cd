"""Scores that rise when a weak metric goes missing: gaps are skipped, and nothing asks how much must be measured."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import ALIKE, Subject
from scorecard.definition.rules.placed import fixed
from scorecard.model.issue import Issue, Level

CODE = "SC832"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    groups = (card.total, *card.groups.values())
    asked = any(fixed(group.coverage) != 0 for group in groups)
    asked = asked or any(change.key == ("coverage",) for segment in card.segments.values() for change in segment.changes)
    skipped = [metric.id for metric in subject.counted if metric.missing.policy == "skip"]
    if not asked and len(skipped) > 1 and any(group.aggregation.kind in ALIKE for group in groups):
        yield subject.issue(CODE, LEVEL, ("total",), "total", count=len(skipped))
