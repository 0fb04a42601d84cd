"""The worst and best score a metric can earn: the ends of the scale, or, on an open one, those of its curve."""

from __future__ import annotations

import numpy as np

from scorecard.model.definition import Scale
from scorecard.scoring.arrays import Num
from scorecard.scoring.curves.at import At


def extremes(at: At, scale: Scale) -> tuple[Num, Num]:
    """(worst, best); NaN where an open scale's curve has no ends either (identity, formula)."""
    if scale.worst is not None and scale.best is not None:
        return scale.worst, scale.best
    scores = [*(score for _, score in at.points), *(score for _, _, score in at.steps), *at.lookup.values()]
    if at.otherwise is not None:
        scores.append(at.otherwise)
    if not scores:
        return np.nan, np.nan
    low, high = np.minimum.reduce(np.broadcast_arrays(*scores)), np.maximum.reduce(np.broadcast_arrays(*scores))
    return (high, low) if scale.lower_is_better else (low, high)
