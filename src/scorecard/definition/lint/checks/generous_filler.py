"""Scores for missing data that lie in the best band: who has no data does as well as the best."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import written
from scorecard.model.issue import Issue, Level, Place

CODE = "SC833"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    bands = [band for band in card.bands if band.start is not None]
    if len(bands) < 2:
        return
    told: set[Place | None] = set()
    for section, nodes in (("groups", card.groups), ("metrics", card.metrics)):
        for id, node in nodes.items():
            score = node.missing.score
            if score is None or not _best(score, [band.start for band in bands if band.start is not None], card.scale.lower_is_better):
                continue
            band = bands[0 if card.scale.lower_is_better else -1].id
            found = subject.issue(CODE, LEVEL, (section, id, "missing"), id, name=id, score=written(score), band=band)
            if found.place not in told:
                told.add(found.place)
                yield found


def _best(score: float, starts: list[float], lower_is_better: bool) -> bool:
    return score < starts[1] if lower_is_better else score >= starts[-1]
