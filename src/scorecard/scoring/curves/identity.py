"""The value is the score."""

from __future__ import annotations

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Num, Reasons
from scorecard.scoring.curves.at import At


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """The value itself, clamped to a closed scale, and reasons, [n]; on an open scale an infinite value has no score."""
    scores = at.clamp(np.asarray(value, dtype=np.float64))
    endless = np.isinf(scores)
    return np.where(endless, np.nan, scores), np.where(endless, np.int8(Reason.NOT_FINITE), np.int8(Reason.NONE))


def inverse(score: Num, at: At) -> Array:
    """The score itself; at worst where any value earns it, NaN beyond the best."""
    goal = np.asarray(score, dtype=np.float64)
    if not at.closed:
        return goal.copy()
    return np.where(at.reaches(at.best_score, goal), at.clamp(goal), np.nan)
