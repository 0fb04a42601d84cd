"""The mean of the k worst scores."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import added, counting
from scorecard.scoring.arrays import Array, Children, Num


def combine(scores: Children, weights: Array, at: Setting) -> Array:
    """The plain mean of the k worst scores that count, [n] (the highest where lower is better); of all, where fewer count."""
    scores = np.asarray(scores)
    taken = pull(scores, weights, np.nan, scores[0], at)
    any_counts = (taken > 0).any(axis=0)
    return np.where(any_counts, added(taken * np.where(taken > 0, scores, 0.0)), np.nan)


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """An equal part to each of the k worst, [k, n]; of equals, the first."""
    if at.count is None or at.count < 1:
        raise ValueError("the mean of the worst scores needs how many")
    counted, _ = counting(scores, weights)
    badness = np.where(counted > 0, -scores if at.scale.lower_is_better else scores, np.inf)
    place = np.argsort(np.argsort(badness, axis=0, kind="stable"), axis=0, kind="stable")
    taken = (counted > 0) & (place < at.count)
    return np.asarray(taken / np.maximum(taken.sum(axis=0), 1))
