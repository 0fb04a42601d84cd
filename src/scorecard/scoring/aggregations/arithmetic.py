"""The weighted mean."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import share
from scorecard.scoring.arrays import Array, Children, Num


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


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]: its share."""
    return share(scores, weights)
