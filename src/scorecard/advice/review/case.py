"""What the checks of a review look at, each part worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.observed import Floats, Observations, Observed
from scorecard.advice.review.outcome import Outcome
from scorecard.advice.weighing.measured import counted, counted_metrics
from scorecard.evaluation.details import details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded
from scorecard.model.definition import Change, Constant
from scorecard.model.formula import Cell, Formula, walk
from scorecard.model.state import State
from scorecard.scoring.score import PeriodScores, suppose

ENOUGH = 20
"""rows below which nothing is said about a share or a correlation"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a metric does to the total: its mean share all the way up, and its share of the total's variance."""

    weight: float
    influence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """The scorecard without a metric: rows that have a band with and without it, how many of them change, and the mean change of score."""

    rows: int
    changed: int
    moved: float


class Case:
    """An evaluation over some periods, and the outcome to compare it with."""

    def __init__(self, evaluation: Evaluation, outcome: Outcome | None) -> None:
        self.evaluation = evaluation
        self.scorecard = evaluation.scorecard
        self.outcome = outcome
        self.seen = Observations(evaluation)
        self.counted = tuple(id for id in evaluation.scorecard.metrics if id in set(counted_metrics(evaluation.scorecard)))
        self._observed: dict[str, Observed] = {}

    def observed(self, metric: str) -> Observed:
        if metric not in self._observed:
            self._observed[metric] = self.seen.observed(metric)
        return self._observed[metric]

    def measured(self, metric: str) -> Observed:
        """The rows that have a score of their own."""
        every = self.observed(metric)
        return every.where((every.state == State.MEASURED) & ~np.isnan(every.score))

    def score(self, node: str) -> Floats:
        """The scores of a node for all entities and periods; of a metric only those that were measured."""
        score = self.seen.cell(f"{node}.score")
        if node in self.scorecard.metrics:
            score = np.where(self.seen.cell(f"{node}.#state") == State.MEASURED, score, np.nan)
        return score

    def good(self, scores: Floats) -> Floats:
        """Scores turned so that more is better."""
        return -scores if self.scorecard.scale.lower_is_better else scores

    @cached_property
    def total(self) -> Floats:
        return self.seen.cell("total.score")

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """By counted metric; nothing where the total does not vary.

        The influence of a metric is the covariance of its contribution with the total, divided by the variance of the total: what
        the metrics and the rest bring sums to 1.
        """
        there = ~np.isnan(self.total)
        mean, variance = (float(self.total[there].mean()), float(self.total[there].var())) if there.any() else (0.0, 0.0)
        if not variance > 1e-18:
            return {}
        up = dict.fromkeys(self.counted, 0.0)
        covariance = dict.fromkeys(self.counted, 0.0)
        for scores in self.seen.scores:
            for detail in details(self.evaluation.plan, scores, np.arange(len(scores))):
                shares = detail.shares()
                total = detail.numbers("total.score")
                ours = ~np.isnan(total)
                for id in self.counted:
                    share = shares[id][1][ours]
                    up[id] += float(share.sum())
                    covariance[id] += float((share * np.nan_to_num(detail.numbers(f"{id}.score")[ours])) @ (total[ours] - mean))
        count = int(there.sum())
        return {id: Part(weight=up[id] / count, influence=covariance[id] / count / variance) for id in self.counted}

    @cached_property
    def without(self) -> Mapping[str, Without]:
        """By counted metric what the scorecard would be with its weight at 0, everything else as it is."""
        return {id: self._without(id) for id in self.counted} if self.scorecard.bands else {}

    def _without(self, metric: str) -> Without:
        changes = tuple(Change(node=node, key=("weight",), value=Constant(0.0)) for node in self._alone(metric))
        rows = changed = 0
        moved = 0.0
        for scores in self.seen.scores:
            after = suppose(self.evaluation.plan, scores, changes, {})
            apart = np.abs(_totals(after) - _totals(scores))
            both = ~np.isnan(apart)
            rows += int(both.sum())
            changed += int((_bands(after) != _bands(scores))[both].sum())
            moved += float(apart[both].sum())
        return Without(rows=rows, changed=changed, moved=moved / rows if rows else 0.0)

    def _alone(self, node: str) -> Iterator[str]:
        """A metric and the groups above it in which nothing else counts."""
        yield node
        parent = self.scorecard.node(node).parent
        if parent is not None and parent != "total" and counted(self.scorecard, parent) == (node,):
            yield from self._alone(parent)

    def lightest(self, first: str, second: str) -> str:
        """Of two metrics the one with the smaller share all the way up."""
        weights = {id: self.parts[id].weight if id in self.parts else 0.0 for id in (first, second)}
        return min((second, first), key=weights.__getitem__)

    def read_elsewhere(self, metric: str) -> bool:
        """Whether a rule, a gate, a recommendation or another metric looks at a metric."""
        return any(
            isinstance(node, Cell) and node.name.startswith(f"{metric}.") for tree in self._formulas(metric) for node in walk(tree.tree)
        )

    def _formulas(self, metric: str) -> Iterator[Formula]:
        scorecard = self.scorecard
        yield from (rule.when for rule in scorecard.rules.values())
        yield from (one.when for one in scorecard.recommendations.values())
        yield from (gate.require for gate in scorecard.gates.values())
        for other in scorecard.metrics.values():
            if other.id != metric:
                yield from (formula for formula in (other.measure, other.applies_when) if formula is not None)


def _totals(scores: PeriodScores) -> Floats:
    return np.asarray(scores.cells["total.score"], dtype=np.float64)


def _bands(scores: PeriodScores) -> NDArray[np.int32]:
    bands = scores.cells["total.band"]
    assert isinstance(bands, Coded)
    return bands.codes
