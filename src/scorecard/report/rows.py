"""The rows of a table for people: which are shown, in which order, and what is said in each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.details import bounds, details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranks
from scorecard.expression.values import Coded
from scorecard.model.period import Period
from scorecard.model.state import Reason, State
from scorecard.report.digits import facts
from scorecard.report.figures import decimals_of
from scorecard.report.points import Said, loss, merged, printed
from scorecard.scoring.arrays import Array
from scorecard.scoring.block import rows_of
from scorecard.scoring.rounding import span_of
from scorecard.scoring.score import PeriodScores

Sort = Literal["score", "key"]
Rows = NDArray[np.intp]
NOT_WORTH_SAYING = 5e-4
"""points lost below this share of the scale's length are no cost"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What took points from the score: a metric, or a rule."""

    node: str
    rule: str | None
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entity in one period; numbers are None where there is nothing."""

    key: tuple[str, ...]
    attributes: tuple[Any, ...]
    score: float | None
    band: str | None
    state: State
    reason: Reason
    coverage: float | None
    low: float | None
    high: float | None
    guaranteed: bool
    """whether the score cannot leave low to high once the gaps are known"""
    rank: float | None
    costs: tuple[Cost, ...]


def order(evaluation: Evaluation, scores: PeriodScores, sort: Sort = "score", only: Collection[str] | None = None) -> Rows:
    """The rows of a period: the worst score first and those without one last, or by key; `only` those in these bands."""
    score = np.asarray(scores.cells["total.score"], dtype=np.float64)
    rows = np.arange(len(scores))
    if only is not None:
        band = scores.cells["total.band"]
        assert isinstance(band, Coded)
        rows = rows[np.isin(band.codes[rows], [place for place, name in enumerate(band.categories) if name in only])]
    if sort == "key":
        keys = evaluation.keys(scores)
        texts = [keys[part][rows] for part in evaluation.scorecard.entity.key]
        named = sorted(range(len(rows)), key=lambda place: tuple(str(part[place]) for part in texts))
        return rows[np.array(named, dtype=np.intp)]
    worst_first = -score[rows] if evaluation.scorecard.scale.lower_is_better else score[rows]
    return rows[np.argsort(worst_first, kind="stable")]


def shown(evaluation: Evaluation, scores: PeriodScores, rows: Rows, most_costs: int = 2) -> list[Row]:
    """These rows of a period, in this order, each with what costs it the most points."""
    scorecard = evaluation.scorecard
    keys = evaluation.keys(scores)
    limits = bounds(evaluation.plan, scores, rows)
    places = ranks(evaluation, scores, "total")
    band = scores.cells["total.band"]
    bands = band.decode() if isinstance(band, Coded) and scorecard.bands else None
    columns = [rows_of(scores.table.columns[f"entity.{name}"], rows) for name in scorecard.entity.attributes]
    attributes = [facts(column) for column in columns]
    cost = costs(evaluation, scores, rows, most_costs)
    score, coverage = (np.asarray(scores.cells[name], dtype=np.float64) for name in ("total.score", "total.coverage"))
    state, reason = (np.asarray(scores.cells[name]) for name in ("total.#state", "total.#reason"))
    return [
        Row(
            key=tuple(str(keys[part][row]) for part in scorecard.entity.key),
            attributes=tuple(values[place] for values in attributes),
            score=_none(score[row]),
            band=None if bands is None else bands[row],
            state=State(int(state[row])),
            reason=Reason(int(reason[row])),
            coverage=_none(coverage[row]),
            low=_none(limits.low[place]),
            high=_none(limits.high[place]),
            guaranteed=limits.guaranteed,
            rank=None if places is None else _none(places[row]),
            costs=cost[int(row)],
        )
        for place, row in enumerate(rows)
    ]


def costs(evaluation: Evaluation, scores: PeriodScores, rows: Rows, most: int) -> dict[int, tuple[Cost, ...]]:
    """For each of the rows its greatest losses as they are printed, largest first; nothing that is too small to be worth saying."""
    scale = evaluation.scorecard.scale
    decimals = decimals_of(evaluation.scorecard.total, scale)
    least = NOT_WORTH_SAYING * span_of(scale)
    found: dict[int, tuple[Cost, ...]] = {}
    for detail in details(evaluation.plan, scores, rows):
        exact = merged(detail.lost())
        shown = printed(exact, decimals, loss(exact, decimals, detail.root.score, scale), scale)
        names = list(dict.fromkeys((said.node, said.rule) for said in exact if said.kind in _COSTS))
        if not names:
            found |= dict.fromkeys(detail.rows.tolist(), ())
            continue
        amounts, points = (np.stack([_of(name, parts) for name in names]) for parts in (exact, shown))
        points = np.where(np.isnan(points), amounts, points)
        largest = np.argsort(-np.nan_to_num(amounts, nan=0.0), axis=0, kind="stable")[:most].T
        listed = zip(amounts.T.tolist(), points.T.tolist(), detail.rows.tolist(), largest.tolist(), strict=True)
        for own, said, row, places in listed:
            found[row] = tuple(Cost(node=names[k][0], rule=names[k][1], points=said[k]) for k in places if said[k] > 0 and own[k] > least)
    return found


_COSTS = frozenset({"metric", "filled", "rule"})


def _of(name: tuple[str, str | None], parts: Mapping[Said, Array]) -> Array:
    """The points of a rule, or of a metric whether measured or filled in."""
    return np.asarray(np.sum([part for said, part in parts.items() if (said.node, said.rule) == name and said.kind in _COSTS], axis=0))


def unscored(scores: PeriodScores) -> dict[Reason, int]:
    """How many rows of a period have no score, by reason, most frequent first."""
    missing = np.isnan(np.asarray(scores.cells["total.score"], dtype=np.float64))
    reasons, counts = np.unique(np.asarray(scores.cells["total.#reason"])[missing], return_counts=True)
    found = {Reason(int(reason)): int(count) for reason, count in zip(reasons, counts, strict=True)}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def sections(evaluation: Evaluation) -> Iterable[tuple[Period, PeriodScores]]:
    """The periods, the latest first."""
    return reversed(list(evaluation.periods))


def _none(number: Any) -> float | None:
    return None if np.isnan(number) else float(number)
