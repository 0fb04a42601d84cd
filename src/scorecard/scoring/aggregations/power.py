"""The weighted power mean."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.means import power_mean, power_pull
from scorecard.scoring.arrays import Array, Children, Num


def combine(scores: Children, weights: Array, at: Setting) -> Array:
    """The p-th root of the weighted mean of score ** p, [n]; p = 0 is the geometric mean; a zero under p <= 0 gives 0."""
    return power_mean(np.asarray(scores), weights, _power(at), at)


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]."""
    return power_pull(scores, weights, best, combined, _power(at), at)


def _power(at: Setting) -> float:
    if at.power is None:
        raise ValueError("a power mean needs its power")
    return at.power
