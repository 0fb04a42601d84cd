"""The weighted mean."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import added, share
from scorecard.scoring.arrays import Array, Children, Flags, Num


def combine(scores: Children, weights: Array, at: Setting) -> Array:
    """Sum of weight times score over sum of weight, [n]; NaN where nothing counts."""
    shape = scores[0].shape
    above, below, part = np.zeros(shape), np.zeros(shape), np.empty(shape)
    for score, weight in zip(scores, np.where(weights > 0, weights, 0.0), strict=True):
        unknown = np.isnan(score)
        np.multiply(score, weight, out=part)
        if unknown.any():
            np.copyto(part, 0.0, where=unknown)
            above += part
            below += np.multiply(weight, ~unknown, out=part)
        else:
            above += part
            below += weight
    nothing = below <= 0
    if nothing.any():
        above[nothing], below[nothing] = np.nan, 1.0
    return np.divide(above, below, out=above)


def with_child(scores: Array, weights: Array, at: Setting) -> Callable[[int, Num, Flags], Array]:
    """`combine` with another score of one child in some rows; what the others earn is added up once."""
    weights = np.where(weights > 0, weights, 0.0)
    counted = np.where(np.isnan(scores), 0.0, weights if weights.ndim == 2 else weights[:, None])
    parts = np.nan_to_num(scores) * counted
    below = added(counted)
    below = np.where(below > 0, below, np.nan)
    others = np.zeros_like(parts)
    np.cumsum(parts[:-1], axis=0, out=others[1:])
    others[:-1] += np.cumsum(parts[:0:-1], axis=0)[::-1]

    def combined(place: int, score: Num, where: Flags) -> Array:
        found: Array = np.where(where, score * weights[place], parts[place])
        found += others[place]
        found /= below
        return found

    return combined


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]: its share."""
    return share(scores, weights)
