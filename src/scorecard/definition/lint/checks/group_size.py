"""Groups of so many that none of them counts, or of one that needs no group."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import fixed
from scorecard.model.issue import Issue, Level

CODE = "SC817"
LEVEL = Level.INFO
MOST = 9


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    for id in ("total", *card.groups):
        where = ("total",) if id == "total" else ("groups", id)
        count = sum(child.weight == "sum" or fixed(child.weight) != 0 for child in subject.children(id))
        if count > MOST:
            yield subject.issue(CODE, LEVEL, where, id, reason="many", name=id, count=count, most=MOST)
        elif count == 1 and id != "total":
            yield subject.issue(CODE, LEVEL, where, id, reason="one", name=id)
