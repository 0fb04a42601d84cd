"""The scores that weights are derived from: those of the nodes that count, for the entities of which all are measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.errors import UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Constant, Group, Item, Scorecard
from scorecard.model.issue import Issue
from scorecard.model.state import State
from scorecard.scoring.aggregations import AGGREGATIONS
from scorecard.scoring.score import PeriodScores

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How good each node of each entity is, [entities, nodes]: 0 the worst score, 1 the best; on an open scale the score itself."""

    nodes: tuple[str, ...]
    rows: NDArray[np.intp]
    """the entities of which every node is measured, among those of the period"""
    goodness: Floats
    entities: int
    """how many entities the period has"""


def counted(scorecard: Scorecard, group: str) -> tuple[str, ...]:
    """The nodes directly under a group that count in it: those whose weight is not a plain 0."""
    return tuple(node.id for node in scorecard.children(group) if _counts(scorecard, node))


def weighs(scorecard: Scorecard, group: str) -> bool:
    """Whether the sizes of weights matter in a group, as they do in means and sums."""
    node = scorecard.node(group)
    return isinstance(node, Group) and AGGREGATIONS[node.aggregation.kind].weighs


def only_weighing(scorecard: Scorecard, group: str) -> None:
    """Raises UsageError for a group in which the sizes of weights do not matter."""
    if not weighs(scorecard, group):
        node = scorecard.node(group)
        kind = node.aggregation.kind if isinstance(node, Group) else ""
        raise UsageError([Issue(code="SC746", place=node.place, values={"reason": "unused", "group": group, "kind": kind})])


def counted_metrics(scorecard: Scorecard, group: str = "total") -> Iterator[str]:
    """The metrics under a group that count all the way up to it."""
    for node in counted(scorecard, group):
        if node in scorecard.metrics:
            yield node
        else:
            yield from counted_metrics(scorecard, node)


def measured(evaluation: Evaluation, scores: PeriodScores, nodes: Sequence[str]) -> Measured:
    """The scores of some nodes in one period of an evaluation."""
    columns = np.stack([_score(evaluation, scores, node) for node in nodes], axis=1)
    rows = np.flatnonzero(~np.isnan(columns).any(axis=1))
    return Measured(nodes=tuple(nodes), rows=rows, goodness=good(evaluation.scorecard, columns[rows]), entities=len(scores))


def good(scorecard: Scorecard, scores: Floats) -> Floats:
    """Scores as shares of the way from the worst to the best; on an open scale turned so that more is better."""
    worst, best = scorecard.scale.worst, scorecard.scale.best
    if worst is None or best is None:
        return -scores if scorecard.scale.lower_is_better else scores
    return (scores - worst) / (best - worst)


def _score(evaluation: Evaluation, scores: PeriodScores, node: str) -> Floats:
    score = np.broadcast_to(np.asarray(scores.cells[f"{node}.score"], dtype=np.float64), (len(scores),))
    if node not in evaluation.scorecard.metrics:
        return score
    return np.where(np.asarray(scores.cells[f"{node}.#state"]) == int(State.MEASURED), score, np.nan)


def _counts(scorecard: Scorecard, node: Item) -> bool:
    if node.weight == Constant(0.0):
        return False
    return node.id in scorecard.metrics or any(True for _ in counted_metrics(scorecard, node.id))
