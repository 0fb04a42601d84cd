"""Choices that are never made, because a choice before them takes all they could."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.holding import Holding
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC808"
LEVEL = Level.WARNING
MOST = 50
"""choices that later ones are held against"""


def find(subject: Subject) -> Iterator[Issue]:
    for metric in subject.scorecard.metrics.values():
        holding = Holding(subject.possible)
        for at, choice in enumerate(metric.choose):
            tree = choice.when.tree if choice.when is not None else None
            earlier = [each.when.tree for each in metric.choose[: min(at, MOST)] if each.when is not None]
            where = ("metrics", metric.id, "choose", at)
            if tree is not None and not holding.can_hold(tree):
                yield subject.issue(CODE, LEVEL, (*where, "when"), metric.id, reason="never", number=at + 1, name=metric.id)
                continue
            if tree is not None:
                taken = holding.first_following(tree, earlier)
            else:
                taken = next((place for place, each in enumerate(earlier) if not holding.can_fail(each)), None)
            if taken is not None:
                yield subject.issue(CODE, LEVEL, where, metric.id, number=at + 1, other=taken + 1, name=metric.id)
