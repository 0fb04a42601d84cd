"""Which children count, and with which share."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.arrays import Array, Flags


def counting(scores: Array, weights: Array) -> tuple[Array, Flags]:
    """The weights as [k, n], 0 for every child that does not count, and whether anything counts at all, per row.

    A child counts where it has a score and a weight above zero.
    """
    full = np.broadcast_to(weights if weights.ndim == scores.ndim else weights[:, None], scores.shape)
    counts = ~np.isnan(scores) & (full > 0)
    return np.where(counts, full, 0.0), np.asarray(counts.any(axis=0))


def share(scores: Array, weights: Array) -> Array:
    """Weight over the sum of the siblings that count, [k, n]; 0 for a child that does not count."""
    counted, any_counts = counting(scores, weights)
    return counted / np.where(any_counts, added(counted), 1.0)


def added(parts: Array) -> Array:
    """The sum over children, added in their order, so that a row gives the same bits alone and in a block."""
    total = np.zeros(parts.shape[1:])
    for part in parts:
        total += part
    return total
