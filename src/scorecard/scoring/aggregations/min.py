"""The lowest score."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import counting
from scorecard.scoring.arrays import Array, Children, Num


def combine(scores: Children, weights: Array, at: Setting) -> Array:
    """The lowest score that counts, [n], whichever way is better; NaN where nothing counts."""
    scores = np.asarray(scores)
    counted, any_counts = counting(scores, weights)
    return np.where(any_counts, np.where(counted > 0, scores, np.inf).min(axis=0), np.nan)


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """All of the loss to the child that decides, [k, n]; of equals, the first."""
    counted, any_counts = counting(scores, weights)
    decides = np.where(counted > 0, scores, np.inf).argmin(axis=0)
    return np.asarray((np.arange(len(scores))[:, None] == decides) & any_counts, dtype=np.float64)
