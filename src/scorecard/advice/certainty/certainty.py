"""How sure the verdicts of a period are: under drawn weights, under noise, by distance, and what the ranking hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scorecard.advice.certainty.draws import Draws
from scorecard.advice.certainty.intervals import Interval, intervals
from scorecard.advice.certainty.noise import ByNoise, Noise, by_noise
from scorecard.advice.certainty.sensitivity import Sensitivity, sensitivity
from scorecard.advice.certainty.starts import band_starts
from scorecard.advice.certainty.strata import Rows, Stratum, anything_weighed, strata
from scorecard.advice.certainty.weights import ByWeights, by_weights
from scorecard.advice.certainty.written import Key
from scorecard.errors import InconclusiveError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranker
from scorecard.expression.values import codes_of
from scorecard.model.definition import Ranking
from scorecard.model.issue import Issue
from scorecard.model.period import Period
from scorecard.model.state import Fired
from scorecard.scoring.arrays import Array, Flags, having
from scorecard.scoring.score import PeriodScores

SURE = 0.9
"""the share of draws in which a verdict has to stay to be no verdict on the edge"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Certainty:
    """What is known about the verdicts of a period; arrays are [n] by row of the period.

    `down` and `up` are the points of the score to the band below and to the one above; NaN where there is none, and where a
    rule has moved the score or named the band, since then points alone do not tell.
    """

    evaluation: Evaluation
    period: Period
    scores: PeriodScores
    strata: tuple[Stratum, ...]
    draws: Draws
    rows: Rows
    """with a score"""
    rank: Array
    weights: ByWeights
    noise: ByNoise
    down: Array
    up: Array
    ruled: Flags
    """rows whose score or band a rule of the total decided"""

    @property
    def has_bands(self) -> bool:
        return bool(self.evaluation.scorecard.bands)

    @cached_property
    def weighs(self) -> bool:
        """Whether any group weighs two things against each other."""
        return anything_weighed(self.strata)

    @cached_property
    def kept(self) -> Array:
        """The smaller of the shares of draws, of weights and of values, in which each row keeps its band."""
        return np.fmin(self.weights.kept, self.noise.kept)

    @cached_property
    def nearest(self) -> Array:
        """Points to the nearer of the two neighbouring bands."""
        return np.fmin(self.down, self.up)

    @cached_property
    def on_edge(self) -> Flags:
        return np.asarray(self.kept < SURE)

    @cached_property
    def unsure_first(self) -> Rows:
        """The rows with a score, the least sure first; of equals the one nearest to another band."""
        kept = np.where(np.isnan(self.kept), 2.0, self.kept)[self.rows]
        nearest = np.where(np.isnan(self.nearest), np.inf, self.nearest)[self.rows]
        return self.rows[np.lexsort((nearest, kept))]

    def intervals(self, rows: Rows) -> Mapping[Key, Interval]:
        """For these rows how far each number of the definition may be moved; nothing without bands."""
        if not self.has_bands or not len(rows):
            return {}
        bands = np.where(self.ruled, -1, codes_of(self.scores.cells["total.band"]))[rows]
        starts = band_starts(self.evaluation.scorecard, np.asarray(self.scores.cells["total.score"])[rows], bands)
        return {**dict(starts), **intervals(self.evaluation, self.scores, self.strata, rows)}

    def sensitivity(self, row: int | None = None) -> Sensitivity | None:
        """What the ranking hangs on, and the score of one row; None where there is nothing to choose from."""
        return sensitivity(self.evaluation, self.scores, self.strata, self.draws, row)


def certainty(evaluation: Evaluation, noise: Mapping[str, Noise], draws: Draws, row: int | None = None) -> Certainty:
    """The last period of an evaluation; with `row` noise is put on its values alone.

    Raises InconclusiveError where nobody has a score, or the row has none.
    """
    period, scores = list(evaluation.periods)[-1]
    found = np.asarray(scores.cells["total.score"])
    rows = np.flatnonzero(~np.isnan(found))
    if not len(rows):
        raise InconclusiveError([Issue(code="SC763", values={"period": period.label})])
    if row is not None and np.isnan(found[row]):
        raise InconclusiveError([Issue(code="SC763", values={"period": period.label, "reason": "entity"})])
    parts = tuple(strata(evaluation.plan, scores, rows))
    noisy = rows if row is None else np.array([row], dtype=np.intp)
    ruled = _ruled(evaluation, scores)
    down, up = _distances(evaluation, scores, ruled)
    by_values = by_noise(evaluation, scores, noisy, noise, draws)
    return Certainty(
        evaluation=evaluation,
        period=period,
        scores=scores,
        strata=parts,
        draws=draws,
        rows=rows,
        rank=ranker(evaluation, scores, evaluation.plan.scorecard.total.rank or Ranking())(found),
        weights=by_weights(evaluation, scores, parts, draws),
        noise=by_values if evaluation.scorecard.bands else replace(by_values, kept=np.full(len(scores), np.nan)),
        down=down,
        up=up,
        ruled=ruled,
    )


def _ruled(evaluation: Evaluation, scores: PeriodScores) -> Flags:
    ruled = np.zeros(len(scores), dtype=bool)
    for rule in evaluation.scorecard.rules.values():
        if rule.of == "total":
            ruled |= having(np.asarray(scores.cells[f"rule.{rule.id}.#fired"]), Fired.YES)
    return ruled


def _distances(evaluation: Evaluation, scores: PeriodScores, ruled: Flags) -> tuple[Array, Array]:
    """Points down to the band below and up to the one above."""
    starts = [band.start for band in evaluation.scorecard.bands if band.start is not None]
    bands, found = codes_of(scores.cells["total.band"]), np.asarray(scores.cells["total.score"])
    told = ~ruled & (bands >= 0) & (bands < len(starts))
    ends = np.array([np.nan, *starts[1:], np.nan])
    place = np.where(told, bands, 0)
    return np.where(told, found - ends[place], np.nan), np.where(told, ends[place + 1] - found, np.nan)
