"""Metrics that cannot move any score: their group's formula does not read them, or their curve gives every value one score."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import fixed, written
from scorecard.model.definition import Curve, Number
from scorecard.model.formula import Cell, walk
from scorecard.model.issue import Issue, Level

CODE = "SC815"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    reshaped = {change.node for segment in card.segments.values() for change in segment.changes if change.key == ("curve",)}
    for metric in subject.counted:
        parent = card.total if metric.parent == "total" else card.groups[metric.parent]
        formula = parent.aggregation.formula
        if formula is not None and metric.id not in subject.read and not _reads(formula.tree, metric.id):
            values = {"name": metric.id, "group": parent.id}
            yield subject.issue(CODE, LEVEL, ("metrics", metric.id), metric.id, reason="formula", **values)
        scores = {fixed(score) for score in _scores(metric.curve)}
        if len(scores) == 1 and None not in scores and metric.id not in reshaped:
            only = next(score for score in scores if score is not None)
            yield subject.issue(CODE, LEVEL, ("metrics", metric.id, "curve"), metric.id, name=metric.id, score=written(only))


def _reads(tree: object, id: str) -> bool:
    return any(isinstance(node, Cell) and node.name.startswith(f"{id}.") for node in walk(tree))  # type: ignore[arg-type]


def _scores(curve: Curve) -> list[Number]:
    """The scores that a curve lists; none for one that is drawn, and none where a value may be left without a score."""
    match curve.kind:
        case "steps" if curve.steps and curve.steps[-1].edge is None:
            return [step.score for step in curve.steps]
        case "points":
            return [score for _, score in curve.points]
        case "lookup" if curve.otherwise is not None:
            return [*curve.lookup.values(), curve.otherwise]
    return []
