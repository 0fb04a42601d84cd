"""Ranks of a node's scores among the entities of a period."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import codes_of
from scorecard.model.definition import Ranking
from scorecard.scoring.ranks import rank
from scorecard.scoring.rounding import span_of
from scorecard.scoring.score import PeriodScores


def ranks(evaluation: Evaluation, scores: PeriodScores, node: str) -> NDArray[np.float64] | None:
    """The rank of every row of a period, NaN without a score; None where the node has no `rank`. A part has its ranks in the whole."""
    ranking = getattr(evaluation.plan.scorecard.node(node), "rank", None)
    if ranking is None:
        return None
    among, places = _among(evaluation, scores)
    found = np.array(among.cells[f"{node}.score"], dtype=np.float64)
    found[places] = np.asarray(scores.cells[f"{node}.score"], dtype=np.float64)
    return ranker(evaluation, among, ranking)(found)[places]


def ranker(evaluation: Evaluation, scores: PeriodScores, ranking: Ranking) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """What gives the rows of a period, by any score of each of them, their ranks."""
    scale = evaluation.scorecard.scale
    high_first = (ranking.first == "best") != scale.lower_is_better
    groups = _groups(scores, ranking.by)
    return lambda found: rank(found, ranking.ties, high_first, groups, span_of(scale))


def ranked_with(evaluation: Evaluation, scores: PeriodScores, node: str, row: int) -> int:
    """How many entities of the period a row is ranked with, itself included: all that have a score, or those that share the attributes
    it is ranked by."""
    among, places = _among(evaluation, scores)
    ranking = getattr(evaluation.plan.scorecard.node(node), "rank", None)
    scored = ~np.isnan(np.asarray(among.cells[f"{node}.score"], dtype=np.float64))
    groups = None if ranking is None else _groups(among, ranking.by)
    return int(np.count_nonzero(scored if groups is None else scored & (groups == groups[places[row]])))


def _among(evaluation: Evaluation, scores: PeriodScores) -> tuple[PeriodScores, NDArray[np.intp]]:
    """The scores of the period that its rows are ranked among, and their places there."""
    if evaluation.whole is None:
        return scores, np.arange(len(scores))
    among = evaluation.whole.results[scores.table.period.label]
    return among, np.searchsorted(among.table.entity, scores.table.entity)


def _groups(scores: PeriodScores, by: tuple[str, ...]) -> NDArray[np.int64] | None:
    """One code per combination of attributes; -1 where one of them is unknown."""
    codes: NDArray[np.int64] | None = None
    for name in by:
        own = codes_of(scores.table.columns[f"entity.{name}"]).astype(np.int64)
        codes = own if codes is None else np.where((codes < 0) | (own < 0), -1, codes * (own.max(initial=0) + 1) + own)
    return codes
