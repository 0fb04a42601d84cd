"""The weighted geometric mean, on the scale or on the scores it is mapped to first."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.means import power_mean, power_pull
from scorecard.scoring.arrays import Array, Children, Num


def combine(scores: Children, weights: Array, at: Setting) -> Array:
    """exp of the weighted mean of log score, [n]; a zero that counts gives 0, a negative score NaN."""
    return power_mean(np.asarray(scores), weights, 0.0, at)


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]; where the group is at zero, the zeros share all of it by weight."""
    return power_pull(scores, weights, best, combined, 0.0, at)
