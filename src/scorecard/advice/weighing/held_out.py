"""How well weights tell an outcome for entities that they were not fitted to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.weighing.fit import area, fitted, folds
from scorecard.advice.weighing.measured import Measured, counted, counted_metrics, good, measured
from scorecard.advice.weighing.outcome import Outcome
from scorecard.errors import InconclusiveError, UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Change, Constant, Group, Scorecard
from scorecard.model.issue import Issue
from scorecard.scoring.score import PeriodScores, suppose

Floats = NDArray[np.float64]
EVENTS = 10
"""of the rarer outcome for each weight, fewer make a fit unsteady: P. Peduzzi et al., J. Clinical Epidemiology 49 (1996) 1373-1379"""
SUSPICIOUS = 0.9
"""a metric whose area is as large alone may be part of the outcome, or known only after it"""
_PER_FOLD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """The area under the curve on the entities held out, for each fold."""

    folds: tuple[float, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.folds))

    @property
    def spread(self) -> float:
        """The standard deviation over the folds."""
        return float(np.std(self.folds, ddof=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Weights fitted to an outcome, on all entities, and what such weights were worth on entities held out."""

    outcome: Outcome
    bad: bool
    metrics: tuple[str, ...]
    weights: Floats
    """of each metric in the whole score; they sum to one"""
    alone: tuple[float, ...]
    """the area under the curve of each metric alone"""
    written: Areas
    equal: Areas
    fitted: Areas
    used: int
    entities: int
    happened: int
    """of the entities used, for how many the outcome came about"""
    seed: int

    @property
    def shares(self) -> dict[str, float]:
        return dict(zip(self.metrics, self.weights.tolist(), strict=True))

    @property
    def wins(self) -> int:
        """In how many folds the fitted weights tell more than the written ones."""
        return sum(fitted > written for fitted, written in zip(self.fitted.folds, self.written.folds, strict=True))

    @property
    def few(self) -> bool:
        """Whether there are too few of the rarer outcome for so many weights."""
        return min(self.happened, self.used - self.happened) < EVENTS * len(self.metrics)

    @property
    def suspicious(self) -> tuple[str, ...]:
        return tuple(metric for metric, alone in zip(self.metrics, self.alone, strict=True) if alone >= SUSPICIOUS)


def fit_to(evaluation: Evaluation, scores: PeriodScores, outcome: Outcome, *, bad: bool, count: int, seed: int) -> Fit:
    """Fits weights to an outcome, and tries written, equal and fitted weights on the entities of each fold in turn.

    Each is tried by scoring the entities with it; the total's score before its rules is what is compared. Raises
    UsageError for a group that is no weighted mean, InconclusiveError where there are too few entities or nothing to fit.
    """
    scorecard = evaluation.scorecard
    _only_means(scorecard, scorecard.total)
    found = measured(evaluation, scores, tuple(counted_metrics(scorecard)))
    rows = outcome.known[found.rows] & ~np.isnan(_total(scorecard, scores)[found.rows])
    found = Measured(nodes=found.nodes, rows=found.rows[rows], goodness=found.goodness[rows], entities=found.entities)
    happened = outcome.happened[found.rows]
    lacking = happened if bad else ~happened
    _enough(outcome, found, int(happened.sum()), count)
    equal = dict.fromkeys(found.nodes, 1.0 / len(found.nodes))
    totals = {"written": scores, "equal": suppose(evaluation.plan, scores, changes(scorecard, equal), {})}
    areas: dict[str, list[float]] = {"written": [], "equal": [], "fitted": []}
    for held in folds(lacking, count, seed):
        shares = _shares(found, ~held, lacking, outcome)
        totals["fitted"] = suppose(evaluation.plan, scores, changes(scorecard, shares), {})
        for name, scored in totals.items():
            areas[name].append(area(_total(scorecard, scored)[found.rows[held]], lacking[held]))
    everybody = np.ones(len(found.rows), dtype=bool)
    return Fit(
        outcome=outcome,
        bad=bad,
        metrics=found.nodes,
        weights=np.array(list(_shares(found, everybody, lacking, outcome).values())),
        alone=tuple(area(column, lacking) for column in found.goodness.T),
        **{name: Areas(folds=tuple(each)) for name, each in areas.items()},
        used=len(found.rows),
        entities=found.entities,
        happened=int(happened.sum()),
        seed=seed,
    )


def group_weights(scorecard: Scorecard, shares: Mapping[str, float], group: str) -> dict[str, float]:
    """The weights of the nodes directly under a group, from the shares of all metrics in the whole score; they sum to one.

    Empty where no metric under the group has a share.
    """
    sums = {node: _share_of(scorecard, shares, node) for node in counted(scorecard, group)}
    total = sum(sums.values())
    return {node: share / total for node, share in sums.items()} if total > 0 else {}


def changes(scorecard: Scorecard, shares: Mapping[str, float]) -> tuple[Change, ...]:
    """The weights of every group under which each metric has its share of the whole score."""
    return tuple(
        Change(node=node, key=("weight",), value=Constant(weight))
        for group in ("total", *scorecard.groups)
        for node, weight in group_weights(scorecard, shares, group).items()
    )


def _share_of(scorecard: Scorecard, shares: Mapping[str, float], node: str) -> float:
    return shares[node] if node in shares else sum(shares[metric] for metric in counted_metrics(scorecard, node))


def _shares(found: Measured, rows: NDArray[np.bool_], bad: NDArray[np.bool_], outcome: Outcome) -> dict[str, float]:
    weights = fitted(found.goodness[rows], bad[rows])
    if weights is None:
        raise InconclusiveError([Issue(code="SC747", values={"reason": "unrelated", "outcome": str(outcome)})])
    return dict(zip(found.nodes, weights.tolist(), strict=True))


def _total(scorecard: Scorecard, scores: PeriodScores) -> Floats:
    return good(scorecard, np.asarray(scores.cells["total.raw"], dtype=np.float64))


def _only_means(scorecard: Scorecard, group: Group) -> None:
    """Raises UsageError unless a group and all that count in it are weighted means."""
    if group.aggregation.kind != "arithmetic":
        values = {"reason": "mean", "group": group.id, "kind": group.aggregation.kind}
        raise UsageError([Issue(code="SC746", place=group.place, values=values)])
    for node in counted(scorecard, group.id):
        if node in scorecard.groups:
            _only_means(scorecard, scorecard.groups[node])


def _enough(outcome: Outcome, found: Measured, happened: int, count: int) -> None:
    values = {"outcome": str(outcome), "happened": happened, "others": len(found.rows) - happened, "needed": _PER_FOLD * count}
    if min(happened, len(found.rows) - happened) < _PER_FOLD * count:
        raise InconclusiveError([Issue(code="SC747", values={"reason": "few", **values})])
