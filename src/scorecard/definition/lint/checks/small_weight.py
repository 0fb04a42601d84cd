"""Metrics that weigh less than 1 percent of the total, and far less than the others."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import written
from scorecard.model.issue import Issue, Level

CODE = "SC812"
LEVEL = Level.WARNING
LEAST = 0.01
FAR_BELOW = 0.25
"""of an equal share: a hundred metrics of equal weight weigh 1 percent each, and mean it"""


def find(subject: Subject) -> Iterator[Issue]:
    shares = {metric.id: share for metric in subject.counted if (share := subject.shares.get(metric.id))}
    for id, share in shares.items():
        if share < min(LEAST, FAR_BELOW / len(shares)):
            where = ("metrics", id, "weight")
            yield subject.issue(CODE, LEVEL, where, id, name=id, share=written(round(share * 100, 2)))
