"""Segments that match one entity by the same attributes and set the same key differently."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scorecard.definition.document import Where
from scorecard.definition.lint.holding import Holding, names
from scorecard.definition.lint.subject import Subject
from scorecard.model.definition import Change, Segment
from scorecard.model.issue import Issue, Level

CODE = "SC821"
LEVEL = Level.WARNING
MOST = 100
"""segments that are held against each other"""


def find(subject: Subject) -> Iterator[Issue]:
    return conflicts(subject, CODE, LEVEL, same_attributes=True)


def conflicts(subject: Subject, code: str, level: Level, *, same_attributes: bool) -> Iterator[Issue]:
    """An issue for every two segments that can match one entity and disagree; their conditions read the same attributes, or not."""
    segments = list(subject.scorecard.segments.values())[:MOST]
    for one, other in combinations(segments, 2):
        disputed = _disputed(one, other)
        if not disputed or (names(one.when.tree) == names(other.when.tree)) != same_attributes:
            continue
        if Holding(subject.possible).together(one.when.tree, other.when.tree):
            keys = [".".join((change.node, *change.key)) for change in disputed]
            yield subject.issue(code, level, _where(subject, other, disputed[0]), other.id, one.id, name=other.id, other=one.id, keys=keys)


def _disputed(one: Segment, other: Segment) -> list[Change]:
    """What the second segment sets otherwise than the first."""
    said = {(change.node, change.key): change.value for change in one.changes}
    return [change for change in other.changes if (change.node, change.key) in said and said[change.node, change.key] != change.value]


def _where(subject: Subject, segment: Segment, change: Change) -> Where:
    section = ("total",) if change.node == "total" else ("metrics" if change.node in subject.scorecard.metrics else "groups", change.node)
    return ("segments", segment.id, *section, *change.key)
