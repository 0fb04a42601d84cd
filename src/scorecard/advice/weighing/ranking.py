"""Weights from a ranking alone, the most important first.

Rank-order centroid: F. H. Barron, B. E. Barrett, Decision quality using ranked attribute weights, Management Science 42 (1996)
1515-1523. Rank sum and reciprocal of ranks: W. G. Stillwell, D. A. Seaver, W. Edwards, Organizational Behavior and Human
Performance 28 (1981) 62-77.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def centroid(count: int) -> Floats:
    """The middle of all weights that keep the ranking: w_k = (1/k + 1/(k+1) + … + 1/n) / n."""
    return np.cumsum(1.0 / np.arange(count, 0, -1))[::-1] / count


def rank_sum(count: int) -> Floats:
    """In proportion to n, n-1, …, 1."""
    return _of_one(np.arange(count, 0.0, -1.0))


def reciprocal(count: int) -> Floats:
    """In proportion to 1, 1/2, …, 1/n."""
    return _of_one(1.0 / np.arange(1.0, count + 1))


def _of_one(parts: Floats) -> Floats:
    return parts / np.sum(parts)


METHODS: Mapping[str, Callable[[int], Floats]] = {"centroid": centroid, "sum": rank_sum, "reciprocal": reciprocal}
