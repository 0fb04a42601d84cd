"""The weighted mean."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import counting, share
from scorecard.scoring.arrays import Array, Num


def combine(scores: Array, weights: Array, at: Setting) -> Array:
    """Sum of weight times score over sum of weight, [n]; NaN where nothing counts."""
    counted, any_counts = counting(scores, weights)
    above, below = np.zeros(scores.shape[1:]), np.zeros(scores.shape[1:])
    for score, weight in zip(scores, counted, strict=True):
        above += np.where(weight > 0, score, 0.0) * weight
        below += weight
    return np.where(any_counts, above, np.nan) / np.where(any_counts, below, 1.0)


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]: its share."""
    return share(scores, weights)
