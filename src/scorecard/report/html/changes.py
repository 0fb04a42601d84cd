"""How every entity and node stood in the periods before, and what changed since the last of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scorecard.advice.since import since
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Item, Rounding
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.html.columns import packed
from scorecard.report.portfolio import Portfolio
from scorecard.report.since import SinceTeller
from scorecard.scoring.rounding import rounded, span_of
from scorecard.scoring.score import PeriodScores

MOST_SPLIT = 200
"""entities of all periods shown whose change is split into its causes, those that moved the most; of the others the change is told"""
MOST_PERIODS = 12
"""of a trend, the last"""


def trends(portfolio: Portfolio, nodes: Mapping[str, Item]) -> dict[str, Any]:
    """The scores of every node in this period and those before, per period one number per row of this one."""
    periods = [*portfolio.earlier, (portfolio.period, portfolio.scores)][-MOST_PERIODS:]
    if len(periods) < 2:
        return {}
    rows = [_places(portfolio.scores, scores) for _, scores in periods]
    scale = portfolio.evaluation.scorecard.scale
    return {
        "periods": [period.label for period, _ in periods],
        "scores": [
            [
                packed(_numbers(scores, id, at, figures.decimals_of(node, scale), span_of(scale)))
                for (_, scores), at in zip(periods, rows, strict=True)
            ]
            for id, node in nodes.items()
        ],
    }


def _places(now: PeriodScores, then: PeriodScores) -> Any:
    """The place in another period of each row of this one, -1 where it is not there."""
    place = {entity: row for row, entity in enumerate(then.table.entity.tolist())}
    return np.array([place.get(entity, -1) for entity in now.table.entity.tolist()], dtype=np.intp)


def _numbers(scores: PeriodScores, node: str, at: Any, decimals: int, span: float) -> list[float | None]:
    known = np.append(np.asarray(scores.cells[f"{node}.score"], dtype=np.float64), np.nan)[at]
    shown = rounded(known, Rounding(decimals=decimals), span)
    return [None if np.isnan(number) else int(number) if number.is_integer() else round(number, 9) for number in shown.tolist()]


def changed(portfolio: Portfolio, decimals: Sequence[int], language: str) -> dict[str, Any]:
    """What the score was in the period before, by how much it moved, and of those that moved the most, why."""
    if portfolio.before is None:
        return {}
    period, before = portfolio.before
    scorecard = portfolio.evaluation.scorecard
    then = np.append(np.asarray(before.cells["total.score"], dtype=np.float64), np.nan)[_places(portfolio.scores, before)]
    before_now = list(zip(then.tolist(), portfolio.total.tolist(), decimals, strict=True))
    was = [None if np.isnan(old) else figures.fixed(old, places, language) for old, _, places in before_now]
    moved = [
        None if np.isnan(old) or np.isnan(new) else _signed(old, new, places, span_of(scorecard.scale), language)
        for old, new, places in before_now
    ]
    return {
        "since": period.label,
        "then": packed(was),
        "change": packed(moved),
        "why": _causes(portfolio.evaluation, portfolio.period, portfolio.scores, portfolio.total - then, decimals, language),
    }


def _signed(then: float, now: float, decimals: int, span: float, language: str) -> str:
    """The difference of the scores as they are printed."""
    old, new = (float(rounded(score, Rounding(decimals=decimals), span)) for score in (then, now))
    return figures.gained(new - old, decimals, language) or figures.fixed(0.0, decimals, language)


def _causes(
    evaluation: Evaluation, period: Period, scores: PeriodScores, moved: Any, decimals: Sequence[int], language: str
) -> dict[int, list[list[str]]]:
    """By row: each cause with its points, then the sum."""
    keys = evaluation.keys(scores)
    found: dict[int, list[list[str]]] = {}
    for row in np.argsort(-np.abs(np.nan_to_num(moved)), kind="stable")[: MOST_SPLIT // len(evaluation.shown)].tolist():
        split = since(evaluation, {part: str(texts[row]) for part, texts in keys.items()}, period.label)
        column = None if split is None else SinceTeller(evaluation.scorecard, split, decimals[row], language).column()
        if column is not None:
            found[row] = [[line.label, line.points] for line in (*column.entries, column.total)]
    return found
