"""One metric that weighs more than all others together."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import written
from scorecard.model.issue import Issue, Level

CODE = "SC813"
LEVEL = Level.WARNING
MOST = 0.5
FEW = 3
"""metrics of which one may well weigh more than half"""


def find(subject: Subject) -> Iterator[Issue]:
    shares = {metric.id: share for metric in subject.counted if (share := subject.shares.get(metric.id))}
    if len(shares) <= FEW:
        return
    for id, share in shares.items():
        if share > MOST + 1e-9:
            values = {"name": id, "share": written(round(share * 100, 2)), "others": len(shares) - 1}
            yield subject.issue(CODE, LEVEL, ("metrics", id, "weight"), id, **values)
