"""Aims: the values that metrics would need, row by row, to be at their best or in their next band."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Coded
from scorecard.model.definition import Metric
from scorecard.model.state import Reason, State
from scorecard.scoring import curves
from scorecard.scoring.arrays import Array, Flags, Num, having
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import numbers_of, rounded_as_written, scored
from scorecard.scoring.curves.at import At

Goal = Literal["target", "band"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aim:
    """What one metric needs for one goal, in the rows `where` it is not there yet, may move and can get there.

    `raw` is what the curve gives at `needed`, where its numbers are the same for every row.
    """

    metric: str
    goal: Goal
    needed: Num
    where: Flags
    raw: Num | None


def aims(block: Block, metrics: Collection[str], goals: Collection[Goal]) -> Iterator[Aim]:
    """The aims of every metric among these that has an inverse and is not fixed; none of those without a row to move."""
    for id, metric in block.variant.metrics.items():
        if id not in metrics or not invertible(block, metric):
            continue
        at = numbers_of(block, metric)
        if not at.closed or not (movable := may_move(block, metric, at)).any():
            continue
        if "target" in goals:
            yield from _aim(block, metric, at, "target", [inverse(block, metric, at, at.attainable)], None, movable)
        if "band" in goals and (edges := list(_edges(block, metric, at))):
            yield from _aim(block, metric, at, "band", edges, block.read(f"{id}.band").codes, movable)


def invertible(block: Block, metric: Metric) -> bool:
    return (
        not metric.fixed
        and scored(metric)
        and curves.CURVES[metric.curve.kind].invertible
        and not isinstance(block.cells[f"{metric.id}.value"], Coded)
    )


def may_move(block: Block, metric: Metric, at: At) -> Flags:
    """Rows in which a metric was measured, and its score is not the best yet."""
    score = block.numbers(f"{metric.id}.score")
    measured = having(block.cells[f"{metric.id}.#state"], State.MEASURED) & ~np.isnan(score)
    exempt = having(block.cells[f"{metric.id}.#reason"], Reason.EXEMPT)
    return measured & ~exempt & ~at.reaches(score, at.attainable)


def _edges(block: Block, metric: Metric, at: At) -> Iterator[Num]:
    """For each band that a metric may be in, the value at which the next better one begins; NaN for the best."""
    bands = [band for band in block.scorecard.bands if band.start is not None]
    better = -1 if block.scorecard.scale.lower_is_better else 1
    for place, band in enumerate(bands):
        following = place + better
        if not 0 <= following < len(bands):
            yield np.nan
        elif (own := metric.thresholds.get(bands[following].id)) is not None:
            yield block.figure(own)
        else:
            start = bands[following].start if better > 0 else band.start
            assert start is not None
            yield inverse(block, metric, at, start)


def inverse(block: Block, metric: Metric, at: At, goal: Num) -> Num:
    """The value that earns a score: one number, or one per row where the curve's numbers or its two sides differ by row."""
    arithmetic = curves.load(metric.curve.kind)
    if isinstance(at.worst, tuple):
        value = block.numbers(f"{metric.id}.value")
        return np.asarray(arithmetic.inverse(np.broadcast_to(goal, value.shape), at, near=value))
    found = np.asarray(arithmetic.inverse(np.atleast_1d(goal), at), dtype=np.float64)
    return float(found[0]) if at.settled else np.broadcast_to(found, (block.rows,))


def _aim(
    block: Block, metric: Metric, at: At, goal: Goal, values: list[Num], place: NDArray[np.integer[Any]] | None, movable: Flags
) -> Iterator[Aim]:
    """One aim, where any row has one. `values` are what rows need, by their `place`: -1 needs nothing; without places all need the one."""
    needed: Num
    raw: Num | None = None
    if all(isinstance(value, float) for value in values):
        table = np.array([*values, np.nan])
        scores = _raw(block, metric, at, table)
        needed, raw = (table[0], scores[0]) if place is None else (table[place], scores[place])
    else:
        needed = values[0] if place is None else np.select([place == k for k in range(len(values))], values, np.nan)
    where = movable & np.isfinite(needed)
    if where.any():
        yield Aim(metric=metric.id, goal=goal, needed=needed, where=where, raw=raw)


def _raw(block: Block, metric: Metric, at: At, values: Array) -> Array:
    """What the curve gives for some values, where its numbers are the same for every row."""
    score, _ = curves.load(metric.curve.kind).score(values, at)
    return rounded_as_written(block, score, metric)
