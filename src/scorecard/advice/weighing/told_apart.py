"""Weights for the nodes of each group from how their scores differ between the entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from scorecard.advice.weighing.measured import counted, measured, weighs
from scorecard.advice.weighing.spread import METHODS
from scorecard.errors import InconclusiveError, UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.issue import Issue
from scorecard.scoring.score import PeriodScores

LEAST = 5
"""entities of which every node is measured"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApart:
    """One group: the weights of its nodes, which sum to one, and on how many entities they rest."""

    group: str
    weights: dict[str, float]
    used: int
    entities: int
    same: tuple[str, ...]
    """nodes whose score is the same for everybody"""


def told_apart(evaluation: Evaluation, scores: PeriodScores, method: str, groups: Iterable[str]) -> list[ToldApart]:
    """Each group that weighs two nodes or more. Raises InconclusiveError where the data cannot tell, UsageError for an open scale."""
    if method == "entropy" and evaluation.scorecard.scale.open:
        raise UsageError([Issue(code="SC746", values={"reason": "open"})])
    found: list[ToldApart] = []
    for group in groups:
        nodes = counted(evaluation.scorecard, group)
        if len(nodes) < 2 or not weighs(evaluation.scorecard, group):
            continue
        table = measured(evaluation, scores, nodes)
        if len(table.rows) < LEAST:
            values = {"reason": "entities", "group": group, "used": len(table.rows), "count": table.entities, "needed": LEAST}
            raise InconclusiveError([Issue(code="SC747", values=values)])
        weights = METHODS[method](table.goodness)
        if np.isnan(weights).any():
            raise InconclusiveError([Issue(code="SC747", values={"reason": "same", "group": group})])
        same = tuple(node for node, column in zip(nodes, table.goodness.T, strict=True) if np.ptp(column) == 0)
        pairs = dict(zip(nodes, weights.tolist(), strict=True))
        found.append(ToldApart(group=group, weights=pairs, used=len(table.rows), entities=table.entities, same=same))
    if not found:
        raise InconclusiveError([Issue(code="SC747", values={"reason": "alone"})])
    return found
