"""The numbers of a definition that may be argued about, as they apply to some rows: weights, and thresholds of metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scorecard.advice.certainty.strata import Rows, reached
from scorecard.model.plan import Plan
from scorecard.scoring.arrays import Array
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import numbers_of
from scorecard.scoring.score import PeriodScores, rescore

Key = tuple[str, tuple[str, ...]]
"""a node and what of it: `("csat", ("weight",))`, `("csat", ("thresholds", "amber"))`"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Number:
    """One number for each row as written, [n], and the numbers it has to stay between; NaN where the row has none."""

    written: Array
    least: Array
    most: Array


def numbers(plan: Plan, scores: PeriodScores, rows: Rows) -> dict[Key, Number]:
    """Every weight above 0 that is no sum of others, and every threshold of a metric between its neighbours; in the order of the rows."""
    found: dict[Key, Number] = {}
    places = np.full(len(scores), -1, dtype=np.intp)
    places[rows] = np.arange(len(rows))
    for block in rescore(plan, scores, rows, trace=True):
        here = places[np.asarray(block.index)]
        for key, (written, least, most) in (*_weights(block), *_thresholds(block)):
            number = found.setdefault(key, Number(written=_nothing(rows), least=_nothing(rows), most=_nothing(rows)))
            for column, given in ((number.written, written), (number.least, least), (number.most, most)):
                column[here] = given
    return {key: number for key, number in found.items() if not np.isnan(number.written).all()}


def _nothing(rows: Rows) -> Array:
    return np.full(len(rows), np.nan)


Given = tuple[Key, tuple[Array, Array, Array]]


def _weights(block: Block) -> Iterator[Given]:
    assert block.trace is not None
    for traced in (block.trace[group] for group in reached(block)):
        for child, weight in zip(traced["children"], traced["weights"], strict=True):
            if block.variant.node(child).weight != "sum":
                written = np.broadcast_to(np.where(weight > 0, weight, np.nan), (block.rows,))
                yield (child, ("weight",)), (written, 0 * written, np.inf + written)


def _thresholds(block: Block) -> Iterator[Given]:
    """Of metrics that score on straight lines through them, between one end of the curve and the other."""
    for metric in block.variant.metrics.values():
        at = numbers_of(block, metric)
        if metric.curve.kind != "straight" or isinstance(at.worst, tuple | None) or isinstance(at.target, tuple | None):
            continue
        anchors = (at.worst, *(edge for _, edge in at.thresholds), at.target)
        line = [np.broadcast_to(np.asarray(anchor, dtype=np.float64), (block.rows,)) for anchor in anchors]
        bands = [band.id for band in block.scorecard.bands if band.id in metric.thresholds]
        if block.scorecard.scale.lower_is_better:
            bands.reverse()
        for place, band in enumerate(bands, start=1):
            before, after = line[place - 1], line[place + 1]
            yield (metric.id, ("thresholds", band)), (line[place], np.minimum(before, after), np.maximum(before, after))
