"""The sum of points."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import added, counting
from scorecard.scoring.arrays import Array, Children, Num


def combine(scores: Children, weights: Array, at: Setting) -> Array:
    """Sum of weight times score, [n], clamped to a closed scale; NaN where nothing counts."""
    total = unclamped(np.asarray(scores), weights)
    return total if at.scale.low is None else np.clip(total, at.scale.low, at.scale.high)


def unclamped(scores: Array, weights: Array) -> Array:
    """The sum as it stands before the ends of the scale."""
    counted, any_counts = counting(scores, weights)
    return np.where(any_counts, added(counted * np.where(counted > 0, scores, 0.0)), np.nan)


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]: its weight. What the clamp took or gave is not in it."""
    return counting(scores, weights)[0]
