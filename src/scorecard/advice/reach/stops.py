"""Stops: where on their ways metrics may turn, and which stretches between them bring the most for their effort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.aims import inverse
from scorecard.model.definition import Metric
from scorecard.model.formula import Literal, Node, walk
from scorecard.scoring.arrays import Num
from scorecard.scoring.block import Block
from scorecard.scoring.curves.at import At

Floats = NDArray[np.float64]


def turning(block: Block, metric: Metric, at: At, asked: tuple[Node, ...]) -> list[Floats]:
    """The values at which a metric's score or a condition about it may turn, each [n]."""
    ends = [one for number in (at.worst, at.target) for one in (number if isinstance(number, tuple) else (number,))]
    literals = [node.value for tree in asked for node in walk(tree) if isinstance(node, Literal)]
    written = [value for value in literals if isinstance(value, float)]
    starts = [band.start for band in block.scorecard.bands if band.start is not None]
    values: Iterator[Num | None] = iter(
        (
            *ends,
            *(x for _, x in at.thresholds),
            *(x for x, _ in at.points),
            *(inverse(block, metric, at, score) for _, _, score in at.steps),
            *written,
            *(inverse(block, metric, at, score) for score in starts),
        )
    )
    return [np.broadcast_to(np.asarray(value, dtype=np.float64), (block.rows,)) for value in values if value is not None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretches:
    """For every row its stretches, those first that bring the most for their effort, each [stretches, n]; -1 where there are no more.

    A unit's own stretches come in the order of its way.
    """

    unit: NDArray[np.intp]
    end: Floats
    """the share of the unit's way at which it ends"""
    gain: Floats
    cost: Floats


def best_first(share: Floats, gain: Floats, cost: Floats) -> Stretches:
    """Stretches between stops at which what is brought for the effort never rises, by unit, and then all in one order.

    `share`, `gain` and `cost` are [units, stops, n], rising along the stops; the first stop is where a unit is.
    """
    units, _, rows = share.shape
    parts = [part for unit in range(units) for part in _hull(unit, share[unit], gain[unit], cost[unit])]
    order = np.argsort([-part[0] for part in parts], axis=0, kind="stable")
    unit, end, gains, costs = (np.array([part[k] for part in parts])[order, np.arange(rows)] for k in (1, 2, 3, 4))
    return Stretches(unit=unit.astype(np.intp), end=end, gain=gains, cost=costs)


def after(stretches: Stretches, count: NDArray[np.intp], units: int) -> Floats:
    """The shares of the units after some of the first stretches, as many as `count` says for each row, [units, n]."""
    share = np.zeros((units, stretches.unit.shape[1]))
    for place, own in enumerate(stretches.unit):
        gone = np.flatnonzero((own >= 0) & (place < count))
        share[own[gone], gone] = np.maximum(share[own[gone], gone], stretches.end[place, gone])
    return share


def _hull(unit: int, share: Floats, gain: Floats, cost: Floats) -> Iterator[tuple[Floats, ...]]:
    """From each stop to the one that brings the most for its effort: what for its effort, the unit (-1 none), the share, gain, cost."""
    stops, rows = share.shape
    columns = np.arange(rows)
    here = np.zeros(rows, dtype=np.intp)
    for _ in range(stops - 1):
        more, spent = gain - gain[here, columns], cost - cost[here, columns]
        ahead = (np.arange(stops)[:, None] > here) & (more > 0)
        worth = np.where(ahead, np.divide(more, spent, out=np.full(more.shape, np.inf), where=spent > 0), -np.inf)
        there = worth.argmax(axis=0)
        best = worth[there, columns]
        yield best, np.where(np.isneginf(best), -1.0, unit), share[there, columns], more[there, columns], spent[there, columns]
        here = np.where(np.isneginf(best), here, there)
