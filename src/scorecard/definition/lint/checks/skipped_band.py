"""Metrics whose thresholds leave out a band above the worst, so that no value of theirs is in it."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC802"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    starts = [band.id for band in card.bands if band.start is not None]
    above_worst = starts[:-1] if card.scale.lower_is_better else starts[1:]
    for each in subject.judged:
        skipped = [band for band in above_worst if band not in each.metric.thresholds]
        if each.metric.thresholds and skipped:
            where = (*(("segments", each.segment) if each.segment else ()), "metrics", each.metric.id, "thresholds")
            yield subject.issue(CODE, LEVEL, where, each.metric.id, name=each.metric.id, bands=skipped)
