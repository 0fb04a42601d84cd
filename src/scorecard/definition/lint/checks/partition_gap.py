"""Segments that give almost every value of an attribute numbers of its own, and leave one out."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.domains import Words
from scorecard.definition.lint.holding import Holding, names
from scorecard.definition.lint.subject import Subject
from scorecard.model.definition import Segment
from scorecard.model.formula import Cell, Compare, Literal
from scorecard.model.issue import Issue, Level

CODE = "SC823"
LEVEL = Level.INFO
LEAST = 4
"""values of an attribute, of which all but one have segments"""
MOST = 50


def find(subject: Subject) -> Iterator[Issue]:
    holding = Holding(subject.possible)
    for attribute in subject.scorecard.entity.attributes:
        cell = Cell(name=f"entity.{attribute}")
        words = subject.possible.term(cell)
        by_it = [each for each in subject.scorecard.segments.values() if names(each.when.tree) == {cell.name}]
        if not isinstance(words, Words) or words.others or not LEAST <= len(words.words) <= MOST or not _alike(by_it):
            continue

        def matched(word: str, cell: Cell = cell, by_it: list[Segment] = by_it) -> bool:
            is_it = Compare(operator="==", left=cell, right=Literal(value=word))
            return any(holding.together(each.when.tree, is_it) for each in by_it)

        left = sorted(word for word in words.words if not matched(word))
        if len(left) == 1:
            last = by_it[-1].id
            segments = [each.id for each in by_it]
            values = {"attribute": attribute, "segments": segments, "value": left[0]}
            yield subject.issue(CODE, LEVEL, ("segments", last), *segments, **values)


def _alike(segments: list[Segment]) -> bool:
    """Whether all of several segments set one key in common."""
    keys = [{(change.node, change.key) for change in segment.changes} for segment in segments]
    return 1 < len(segments) <= MOST and bool(set.intersection(*keys))
