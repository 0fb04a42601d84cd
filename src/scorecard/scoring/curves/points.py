"""Straight lines through points of value and score."""

from __future__ import annotations

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Num, Reasons
from scorecard.scoring.curves.at import At
from scorecard.scoring.curves.lines import reach, through


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n]; flat beyond the first and the last point. Values rise, or fall, from point to point."""
    if not at.points:
        return np.full(value.shape, np.nan), np.full(value.shape, np.int8(Reason.NUMBER_MISSING))
    scores, reasons = through(value, [x for x, _ in at.points], [y for _, y in at.points])
    return at.clamp(scores), reasons


def inverse(score: Num, at: At) -> Array:
    """The value that earns at least the score, the first when walked from the end with the worse score; NaN where none does."""
    if not at.points:
        return np.full(np.shape(score), np.nan)
    points = [(x, at.clamp(np.asarray(y, dtype=np.float64))) for x, y in at.points]
    forward = reach(score, [x for x, _ in points], [y for _, y in points], at)
    backward = reach(score, [x for x, _ in points[::-1]], [y for _, y in points[::-1]], at)
    return np.where(at.reaches(points[-1][1], points[0][1]), forward, backward)
