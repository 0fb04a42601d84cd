"""The weighted mean."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import share
from scorecard.scoring.arrays import Array, Num


def combine(scores: Array, weights: Array, at: Setting) -> Array:
    """Sum of weight times score over sum of weight, [n]; NaN where nothing counts."""
    above, below = np.zeros(scores.shape[1:]), np.zeros(scores.shape[1:])
    for score, weight in zip(scores, np.where(weights > 0, weights, 0.0), strict=True):
        unknown = np.isnan(score)
        if unknown.any():
            part = score * weight
            part[unknown] = 0.0
            above += part
            below += weight * ~unknown
        else:
            above += score * weight
            below += weight
    any_counts = below > 0
    return np.where(any_counts, above, np.nan) / np.where(any_counts, below, 1.0)


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]: its share."""
    return share(scores, weights)
