"""The weighted mean."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import share
from scorecard.scoring.arrays import Array, Children, Num


def combine(scores: Children, weights: Array, at: Setting) -> Array:
    """Sum of weight times score over sum of weight, [n]; NaN where nothing counts."""
    shape = scores[0].shape
    above, below, part = np.zeros(shape), np.zeros(shape), np.empty(shape)
    for score, weight in zip(scores, np.where(weights > 0, weights, 0.0), strict=True):
        unknown = np.isnan(score)
        np.multiply(score, weight, out=part)
        if unknown.any():
            np.copyto(part, 0.0, where=unknown)
            above += part
            below += np.multiply(weight, ~unknown, out=part)
        else:
            above += part
            below += weight
    nothing = below <= 0
    if nothing.any():
        above[nothing], below[nothing] = np.nan, 1.0
    return np.divide(above, below, out=above)


def with_child(scores: Children, weights: Array, combined: Array, at: Setting) -> Callable[[int, Array], Array]:
    """What the mean becomes with another score of one child: it moves by the child's share of the difference."""
    weights = np.where(weights > 0, weights, 0.0)
    below = np.zeros(combined.shape)
    for score, weight in zip(scores, weights, strict=True):
        unknown = np.isnan(score)
        below += weight * ~unknown if unknown.any() else weight
    below[below <= 0] = np.nan
    shares: dict[int, Array] = {}

    def moved(place: int, score: Array) -> Array:
        if place not in shares:
            shares[place] = weights[place] / below
        found: Array = score - scores[place]
        found *= shares[place]
        found += combined
        return found

    return moved


def pull(scores: Array, weights: Array, best: Num, combined: Array, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n]: its share."""
    return share(scores, weights)
