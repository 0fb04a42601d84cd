"""In how many random draws of the weights a verdict stays, and between which ranks an entity then lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.certainty.draws import Draws
from scorecard.advice.certainty.edges import around, edges
from scorecard.advice.certainty.means import Weights, totals
from scorecard.advice.certainty.strata import Rows, Stratum
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranker
from scorecard.expression.values import codes_of
from scorecard.model.definition import Ranking
from scorecard.scoring.arrays import Array
from scorecard.scoring.rounding import rounded, span_of
from scorecard.scoring.score import PeriodScores
from scorecard.scoring.trials import Own, trials

MOST_TRIALS = 4_000_000
"""rows that are scored one by one, some seconds' worth; where there would be more there are fewer draws"""
MOST_RANKED = 10_000_000
"""ranks that are kept at once"""
LEAST = 50
"""draws, however many rows there are"""
BATCH = 200_000
"""rows that are scored one by one at a time"""
TAILS = (0.05, 0.95)
"""between which the ranks of nine draws in ten lie"""


@dataclass(frozen=True, kw_only=True, eq=False)
class ByWeights:
    """What becomes of the rows of a period under drawn weights, [n]; NaN for a row without a score.

    `kept` is the share of `tried` draws in which the row has the band it has, `unscored` that in which it has no score,
    since what is measured of it no longer covers enough; `low` and `high` hold nine ranks in ten of `ranked_in` draws.
    """

    kept: Array
    unscored: Array
    tried: NDArray[np.int64]
    low: Array
    high: Array
    ranked_in: int


def by_weights(evaluation: Evaluation, scores: PeriodScores, strata: Sequence[Stratum], draws: Draws) -> ByWeights:
    """Every row of the strata under draws of all weights.

    Plain weighted means are products of matrices; the others are scored draw by draw, in fewer draws where they are many.
    """
    bands = codes_of(scores.cells["total.band"])
    one_by_one = sum(int(np.count_nonzero(~stratum.direct)) for stratum in strata)
    fewer = at_most(draws.count, MOST_TRIALS, one_by_one)
    for_ranks = min(fewer, at_most(draws.count, MOST_RANKED, len(scores)))
    kept, unscored = np.full(len(scores), np.nan), np.zeros(len(scores))
    tried = np.zeros(len(scores), dtype=np.int64)
    seen = np.full((len(scores), for_ranks), np.nan)
    for stratum in strata:
        weights = weights_of(evaluation, stratum, draws)
        tried[stratum.rows] = np.where(stratum.direct, draws.count, fewer)
        rows, inside, found = at_once(evaluation, stratum, weights, bands, for_ranks)
        kept[rows], seen[rows] = inside, _shown(evaluation, stratum, found)
        for rows, found, band in _one_by_one(evaluation, scores, stratum, weights, fewer):
            kept[rows] = np.count_nonzero(band == bands[rows, None], axis=1)
            unscored[rows] = np.isnan(found).mean(axis=1)
            seen[rows] = found[:, :for_ranks]
    low, high = _ranks(evaluation, scores, seen)
    with np.errstate(invalid="ignore"):
        share = kept / tried if evaluation.scorecard.bands else np.full(len(scores), np.nan)
    return ByWeights(kept=share, unscored=unscored, tried=tried, low=low, high=high, ranked_in=for_ranks)


def at_most(draws: int, most: int, rows: int) -> int:
    """As many draws as there may be trials for the rows."""
    return draws if rows * draws <= most else min(draws, max(LEAST, most // rows))


def weights_of(evaluation: Evaluation, stratum: Stratum, draws: Draws) -> Weights:
    """The drawn weights of every group of a stratum. Where a segment changes nothing the draws are those of the others."""
    groups = ["total", *evaluation.scorecard.groups]
    return {group: draws.weights(groups.index(group), own.weights) for group, own in stratum.siblings.items()}


def own_weights(stratum: Stratum, weights: Weights, rows: int, draws: NDArray[np.intp]) -> Own:
    """For the trials of so many rows, each in all of these draws, the weights of every child: draw after draw within each row."""
    return {
        (child, ("weight",)): np.tile(weights[group][k, draws], rows)
        for group, own in stratum.siblings.items()
        for k, child in enumerate(own.children)
    }


def at_once(
    evaluation: Evaluation, stratum: Stratum, weights: Weights, bands: NDArray[np.int32], seen: int
) -> tuple[Rows, NDArray[np.int64], Array]:
    """The plain means of a stratum: their rows, in how many draws each keeps its band, and its totals in the first `seen` draws."""
    places = np.flatnonzero(stratum.direct)
    rows = stratum.rows[places]
    if not len(rows):
        return rows, np.zeros(0, dtype=np.int64), np.zeros((0, seen))
    low, high = around(edges(evaluation.scorecard, stratum.variant.total), bands[rows])
    return rows, *totals(stratum, weights, places, low, high, seen)


def _one_by_one(
    evaluation: Evaluation, scores: PeriodScores, stratum: Stratum, weights: Weights, draws: int
) -> Iterator[tuple[Rows, Array, NDArray[np.int32]]]:
    """Rows, their scores and the codes of their bands, [rows, draws], as the one function that scores gives them."""
    others = stratum.rows[~stratum.direct]
    step = max(BATCH // draws, 1)
    for start in range(0, len(others), step):
        rows = others[start : start + step]
        own = own_weights(stratum, weights, len(rows), np.arange(draws))
        cells = trials(evaluation.plan, scores, np.repeat(rows, draws), own, ("total.score", "total.band"))
        shape = (len(rows), draws)
        yield rows, np.asarray(cells["total.score"]).reshape(shape), codes_of(cells["total.band"]).reshape(shape)


def _shown(evaluation: Evaluation, stratum: Stratum, found: Array) -> Array:
    how = stratum.variant.total.round
    return found if how is None else rounded(found, how, span_of(evaluation.scorecard.scale))


def _ranks(evaluation: Evaluation, scores: PeriodScores, seen: Array) -> tuple[Array, Array]:
    """Between which ranks each row lies in nine draws in ten, [n] each."""
    rank = ranker(evaluation, scores, evaluation.plan.scorecard.total.rank or Ranking())
    places = np.stack([rank(draw) for draw in np.ascontiguousarray(seen.T)], axis=1)
    ends = np.full((2, len(scores)), np.nan)
    always = ~np.isnan(places).any(axis=1)
    sometimes = ~always & ~np.isnan(places).all(axis=1)
    if always.any():
        ends[:, always] = np.quantile(places[always], TAILS, axis=1, method="inverted_cdf")
    if sometimes.any():
        ends[:, sometimes] = np.nanquantile(places[sometimes], TAILS, axis=1, method="inverted_cdf")
    return ends[0], ends[1]
