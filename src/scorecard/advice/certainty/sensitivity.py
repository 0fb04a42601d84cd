"""What a portfolio's ranking hangs on: the weights, the curves, the aggregation, or what is done about missing data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.advice.certainty.draws import Draws
from scorecard.advice.certainty.factors import WEIGHTS, Factor, factors
from scorecard.advice.certainty.indices import Indices, sobol
from scorecard.advice.certainty.strata import Rows, Stratum, anything_weighed
from scorecard.advice.certainty.weights import BATCH, own_weights, weights_of
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranker
from scorecard.model.definition import Ranking
from scorecard.scoring.arrays import Array
from scorecard.scoring.score import PeriodScores
from scorecard.scoring.trials import trials

MOST_TRIALS = 1_000_000
"""rows that are scored in all"""
MOST_ROWS = 500
"""rows of a sample that stands for a larger portfolio"""
MOST_RUNS = 512


@dataclass(frozen=True, kw_only=True, eq=False)
class Sensitivity:
    """Of the mean number of ranks by which rows move, and of the score of one row where asked, what each factor brings.

    `ranks` and `score` hold indices by factor; `shift` is the mean movement over all runs, in ranks of the `rows` that were
    scored, some of `all_rows`.
    """

    factors: tuple[str, ...]
    ranks: Indices
    score: Indices | None
    shift: float
    spread: float
    """the standard deviation of the one row's score over the runs; NaN without one, and where a run left it without a score"""
    rows: int
    all_rows: int
    runs: int


def sensitivity(
    evaluation: Evaluation, scores: PeriodScores, strata: Sequence[Stratum], draws: Draws, row: int | None = None
) -> Sensitivity | None:
    """None where only one choice could be made otherwise, or nothing is weighed at all. Raises ImportError without scipy."""
    chosen = tuple(factors(evaluation.plan.scorecard, scores))
    if len(chosen) < 2 or not anything_weighed(strata):
        return None
    rows = _sample(np.concatenate([stratum.rows for stratum in strata]), draws, row)
    runs = 1 << int(np.log2(np.clip(MOST_TRIALS // (len(rows) * (len(chosen) + 2)), 16, MOST_RUNS)))
    model = _Model(evaluation, scores, strata, draws, rows, chosen)
    place = None if row is None else int(np.flatnonzero(rows == row)[0])
    seen: list[Array] = []

    def output(inputs: Array) -> Array:
        found = model.scores(inputs)
        seen.append(np.stack([model.shifts(found), *(() if place is None else (found[place],))]))
        return seen[-1].copy()  # what is handed over is centred in place

    ranks, *score = sobol(output, len(chosen), runs, draws.seed)
    every = np.concatenate(seen[:2], axis=1)
    return Sensitivity(
        factors=tuple(factor.id for factor in chosen),
        ranks=ranks,
        score=score[0] if score else None,
        shift=float(every[0].mean()),
        spread=float(every[1].std()) if place is not None else float("nan"),
        rows=len(rows),
        all_rows=sum(len(stratum.rows) for stratum in strata),
        runs=runs * (len(chosen) + 2),
    )


def _sample(rows: Rows, draws: Draws, row: int | None) -> Rows:
    """The rows in their order; of many some at random, and in any case the one that is asked about."""
    rows = np.sort(rows)
    if len(rows) <= MOST_ROWS:
        return rows
    some = np.random.default_rng(draws.seed).choice(rows, MOST_ROWS, replace=False)
    return np.unique(some if row is None else np.append(some, row))


class _Model:
    """From how each choice is made to the scores of some rows, and how far they move in rank."""

    def __init__(
        self, evaluation: Evaluation, scores: PeriodScores, strata: Sequence[Stratum], draws: Draws, rows: Rows, chosen: Sequence[Factor]
    ) -> None:
        self.plan, self.period, self.rows, self.chosen, self.draws = evaluation.plan, scores, rows, chosen, draws.count
        self.rank = ranker(evaluation, scores, evaluation.plan.scorecard.total.rank or Ranking())
        self.nominal = self.ranks(np.asarray(scores.cells["total.score"])[rows])
        self.parts = [(stratum, weights_of(evaluation, stratum, draws), np.flatnonzero(np.isin(rows, stratum.rows))) for stratum in strata]

    def ranks(self, found: Array) -> Array:
        """Ranks of the rows by their scores, [rows], among themselves."""
        every = np.full(len(self.period), np.nan)
        every[self.rows] = found
        return self.rank(every)[self.rows]

    def shifts(self, found: Array) -> Array:
        """The mean number of ranks by which the rows moved from where they are as written, [runs]; rows without a rank left out."""
        moved = np.abs(np.stack([self.ranks(run) for run in np.ascontiguousarray(found.T)]) - self.nominal)
        ranked = ~np.isnan(moved)
        return np.asarray(np.where(ranked, moved, 0.0).sum(axis=1) / np.maximum(ranked.sum(axis=1), 1))

    def scores(self, inputs: Array) -> Array:
        """[factors, runs] to [rows, runs]; runs that differ in weights alone are scored together."""
        found = np.empty((len(self.rows), inputs.shape[1]))
        made = [
            np.floor(part * (len(factor.levels) or self.draws)).astype(np.intp) for factor, part in zip(self.chosen, inputs, strict=True)
        ]
        drawn = made[[factor.id for factor in self.chosen].index(WEIGHTS)]
        ways = np.stack([way for factor, way in zip(self.chosen, made, strict=True) if factor.levels])
        levels = [factor.levels for factor in self.chosen if factor.levels]
        for way in np.unique(ways, axis=1).T:
            changes = tuple(change for level, k in zip(levels, way, strict=True) for change in level[k])
            runs = np.flatnonzero((ways == way[:, None]).all(axis=0))
            step = max(BATCH // len(self.rows), 1)
            for start in range(0, len(runs), step):
                mine = runs[start : start + step]
                for stratum, weights, places in self.parts:
                    own = own_weights(stratum, weights, len(places), drawn[mine])
                    cells = trials(self.plan, self.period, np.repeat(self.rows[places], len(mine)), own, ("total.score",), changes)
                    found[np.ix_(places, mine)] = np.asarray(cells["total.score"]).reshape(len(places), len(mine))
        return found
