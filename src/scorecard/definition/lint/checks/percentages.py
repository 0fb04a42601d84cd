"""Weights of siblings that look like percentages and do not add up to 100."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import fixed, written
from scorecard.model.issue import Issue, Level

CODE = "SC814"
LEVEL = Level.WARNING
NEAR = 10
"""how far from 100 weights still look like percentages"""


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    for parent in ("total", *card.groups):
        weights = {child.id: fixed(child.weight) for child in subject.children(parent) if child.weight != "sum"}
        counted = {id: weight for id, weight in weights.items() if weight}
        total = sum(counted.values())
        whole = all(weight.is_integer() for weight in counted.values())
        if None in weights.values() or not whole or len(set(counted.values())) < 2 or not 0 < abs(total - 100) <= NEAR:
            continue
        last = list(counted)[-1]
        where = ("metrics" if last in card.metrics else "groups", last, "weight")
        yield subject.issue(CODE, LEVEL, where, parent, *counted, name=parent, sum=written(total), children=list(counted))
