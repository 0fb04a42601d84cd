"""Levers: what moving one metric alone would bring, to its target or to its next band, and what value that takes.

What a lever promises is scored, never estimated: rules, caps, rounding and groups of any kind are in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import found
from scorecard.expression.values import Coded
from scorecard.model.definition import Metric
from scorecard.model.state import State
from scorecard.scoring import curves
from scorecard.scoring.arrays import having
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import numbers_of, scored
from scorecard.scoring.curves.at import At
from scorecard.scoring.score import PeriodScores, rescore, tried

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
LEAST = 1e-9
"""points that are none"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One metric of one entity, moved to `needed`: its score and the total's, with the bands they would have.

    `goal` says what the value is needed for: the best score, or the metric's next band.
    """

    metric: str
    goal: Literal["target", "band"]
    value: float
    needed: float
    score: float
    band: str | None
    gain: float
    """points of the total"""
    total_band: str | None


def levers(evaluation: Evaluation, scores: PeriodScores, rows: Rows) -> list[tuple[Lever, ...]]:
    """The levers of each row, those that gain the most first; none that would gain nothing.

    A metric that is missing, excluded, not applicable, not counted or without an inverse has none.
    """
    aims = list(_aims(evaluation, scores, rows))
    by_row: list[list[Lever]] = [[] for _ in rows]
    if aims:
        places = np.concatenate([place for _, _, place, _, _ in aims])
        values = _one_at_a_time(evaluation, aims)
        names = [f"{metric}.score" for metric in evaluation.scorecard.metrics]
        bands = ["total.band", *(f"{metric}.band" for metric in evaluation.scorecard.metrics)] if evaluation.scorecard.bands else []
        cells = tried(evaluation.plan, scores, rows[places], values, ["total.score", *names, *bands])
        start = 0
        for metric, goal, place, value, needed in aims:
            part = slice(start, start := start + len(place))
            gains = np.asarray(cells["total.score"])[part] - np.asarray(scores.cells["total.score"])[rows[place]]
            own = np.asarray(cells[f"{metric}.score"])[part]
            texts = [_texts(cells, name, part) for name in (f"{metric}.band", "total.band")]
            sign = -1.0 if evaluation.scorecard.scale.lower_is_better else 1.0
            for at in np.flatnonzero(sign * gains > LEAST).tolist():
                by_row[int(place[at])].append(
                    Lever(
                        metric=metric,
                        goal=goal,
                        value=float(value[at]),
                        needed=float(needed[at]),
                        score=float(own[at]),
                        band=texts[0][at],
                        gain=float(gains[at]),
                        total_band=texts[1][at],
                    )
                )
    return [tuple(sorted(each, key=lambda lever: -abs(lever.gain))) for each in by_row]


def levers_of(evaluation: Evaluation, key: Mapping[str, str], period: str | None = None) -> tuple[Lever, ...]:
    """The levers of one entity. Raises UsageError where the key names no entity, or several."""
    scores, row = found(evaluation, key, period)
    return levers(evaluation, scores, np.array([row], dtype=np.intp))[0]


Aim = tuple[str, Literal["target", "band"], Rows, Floats, Floats]
"""a metric, what for, the places of the rows among those asked, their values, and the values needed"""


def _aims(evaluation: Evaluation, scores: PeriodScores, rows: Rows) -> Iterator[Aim]:
    places = {int(row): place for place, row in enumerate(rows)}
    for block in rescore(evaluation.plan, scores, rows):
        here = np.array([places[int(row)] for row in np.asarray(block.index)], dtype=np.intp)
        for id, metric in block.variant.metrics.items():
            value = block.cells[f"{id}.value"]
            if isinstance(value, Coded) or not scored(metric) or not curves.CURVES[metric.curve.kind].invertible:
                continue
            at = numbers_of(block, metric)
            value = np.asarray(value, dtype=np.float64)
            open_rows = having(block.cells[f"{id}.#state"], State.MEASURED) & _short(block, metric, at)
            for goal, needed in (("target", _at_best(metric, at, value)), ("band", _at_next_band(block, metric, at, value))):
                ok = np.flatnonzero(open_rows & np.isfinite(needed) & (needed != value))
                if len(ok):
                    yield id, goal, here[ok], value[ok], needed[ok]  # type: ignore[misc]


def _short(block: Block, metric: Metric, at: At) -> NDArray[np.bool_]:
    """Rows whose score is not the best yet."""
    score = block.numbers(f"{metric.id}.score")
    return ~np.isnan(score) & ~at.reaches(score, at.best_score) if at.closed else ~np.isnan(score)


def _at_best(metric: Metric, at: At, value: Floats) -> Floats:
    return _inverse(metric, at, np.full(value.shape, at.best_score), value) if at.closed else np.full(value.shape, np.nan)


def _at_next_band(block: Block, metric: Metric, at: At, value: Floats) -> Floats:
    """The value at which the metric's next better band begins; NaN in the best one."""
    needed = np.full(value.shape, np.nan)
    starts = [band.start for band in block.scorecard.bands if band.start is not None]
    if not starts or not at.closed:
        return needed
    codes = block.read(f"{metric.id}.band").codes
    better = -1 if block.scorecard.scale.lower_is_better else 1
    for place in range(len(starts)):
        rows = codes == place
        following = place + better
        if not rows.any() or not 0 <= following < len(starts):
            continue
        own = metric.thresholds.get(block.scorecard.bands[following].id)
        if own is not None:
            edge = np.broadcast_to(np.asarray(block.figure(own), dtype=np.float64), value.shape)
        else:
            goal = starts[following] if better > 0 else starts[place]
            edge = _inverse(metric, at, np.full(value.shape, goal), value)
        needed = np.where(rows, edge, needed)
    return needed


def _inverse(metric: Metric, at: At, goal: Floats, value: Floats) -> Floats:
    module = curves.load(metric.curve.kind)
    near = {"near": value} if metric.curve.kind == "straight" and isinstance(at.worst, tuple) else {}
    return np.broadcast_to(np.asarray(module.inverse(goal, at, **near), dtype=np.float64), value.shape)


def _one_at_a_time(evaluation: Evaluation, aims: list[Aim]) -> dict[str, Floats]:
    """For each metric a value per trial: what its own trials need, NaN in the trials of others."""
    count = sum(len(place) for _, _, place, _, _ in aims)
    values: dict[str, Floats] = {}
    start = 0
    for metric, _, place, _, needed in aims:
        values.setdefault(metric, np.full(count, np.nan))[start : start + len(place)] = needed
        start += len(place)
    return values


def _texts(cells: object, name: str, part: slice) -> list[str | None]:
    column = cells.get(name)  # type: ignore[attr-defined]
    if not isinstance(column, Coded):
        return [None] * (part.stop - part.start)
    names = [*column.categories, None]
    return [names[code] for code in column.codes[part].tolist()]
