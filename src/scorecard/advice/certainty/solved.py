"""Between which weights of one node a plain weighted mean keeps its band, worked out.

With A the sum of weight times score of its siblings, B the sum of their weights, s its own score and w its weight the group
has (A + w s) / (B + w), which runs from A / B at w = 0 toward s and reaches g at w = (g B - A) / (s - g). The total moves by
the group's share of it times what the group moves by.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.certainty.strata import Rows, Stratum
from scorecard.scoring.arrays import Array


def weights_that_keep(stratum: Stratum, places: Rows, low: Array, high: Array) -> Iterator[tuple[str, tuple[Array, Array]]]:
    """For every node that is weighed the least and the most weight with which the rows at these places keep a total in [low, high).

    0 where its weight may be nothing, infinity where it may be anything; rows where it does not count take any weight.
    """
    means, shares = _means_and_shares(stratum, places)
    for group, own in stratum.siblings.items():
        scores = own.used[:, places]
        counted = np.where(np.isnan(scores), 0.0, own.weights[:, None])
        points = counted * np.where(counted > 0, scores, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            wanted = [means[group] + (edge - means["total"]) / shares[group] for edge in (low, high)]
            for k, child in enumerate(own.children):
                rest, weight = points.sum(axis=0) - points[k], counted.sum(axis=0) - counted[k]
                yield child, _between(rest, weight, scores[k], *wanted)


def _between(rest: Array, weight: Array, score: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """The weights with which a group stays within [low, high); `rest` and `weight` are A and B of its siblings."""
    without = rest / weight
    at_low, at_high = ((edge * weight - rest) / (score - edge) for edge in (low, high))
    rises, falls = score > without, score < without
    least = np.where(rises & (without < low), at_low, np.where(falls & (without >= high), at_high, 0.0))
    most = np.where(rises & (score > high), at_high, np.where(falls & (score < low), at_low, np.inf))
    return least, most


def _means_and_shares(stratum: Stratum, places: Rows) -> tuple[dict[str, Array], dict[str, Array]]:
    """Of every group its score before rounding and its share of the total, [n] each; NaN and 0 where it does not count."""
    means: dict[str, Array] = {}
    shares = {"total": np.ones(len(places))}
    for group, own in stratum.siblings.items():
        scores = own.used[:, places]
        counted = np.where(np.isnan(scores), 0.0, own.weights[:, None])
        weight = counted.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            means[group] = np.where(counted > 0, counted * scores, 0.0).sum(axis=0) / weight
            parts = np.where(weight > 0, shares[group] * counted / weight, 0.0)
        for child, part in zip(own.children, parts, strict=True):
            if child in stratum.siblings:
                shares[child] = part
    return means, shares
