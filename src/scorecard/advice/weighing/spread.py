"""Weights from how scores differ between entities: a metric that everybody has alike tells nobody apart.

Scores, not values: they point the same way, share one scale and know what is worst and best; the spread of values would depend on
their units. The arithmetic is that of pymcdm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.needed import needed

Floats = NDArray[np.float64]
_NOTHING = 1e-12
"""stands for a share of 0: p·ln p is as good as 0 there, and pymcdm takes the whole column's entropy for 0 where it meets a 0"""


def entropy(scores: Floats) -> Floats:
    """How unevenly the entities share the sum of a metric's scores: one less its entropy (C. E. Shannon 1948, M. Zeleny 1982)."""
    highest = np.max(scores, axis=0)
    return _told_apart(np.maximum(scores, _NOTHING * np.where(highest > 0, highest, 1.0)), needed("pymcdm.weights").entropy_weights)


def critic(scores: Floats) -> Floats:
    """A metric's deviation times its conflict with the others, each stretched to what occurs.

    D. Diakoulaki, G. Mavrotas, L. Papayannakis, Computers & Operations Research 22 (1995) 763-770.
    """
    return _told_apart(scores, needed("pymcdm.weights").critic_weights)


def deviation(scores: Floats) -> Floats:
    """In proportion to the standard deviation of the scores."""
    return _told_apart(scores, needed("pymcdm.weights").standard_deviation_weights)


def _told_apart(scores: Floats, method: Callable[[Floats], Floats]) -> Floats:
    """The weights of the columns that differ between entities; a column that is the same for all gets none.

    NaN for all where nothing differs, or where all differ in the same way, so that CRITIC finds no conflict. `scores` is
    [entities, metrics].
    """
    weights = np.zeros(scores.shape[1])
    differs = np.ptp(scores, axis=0) > 0
    if differs.sum() == 1:
        weights[differs] = 1.0
    elif differs.any():
        with np.errstate(invalid="ignore"):
            weights[differs] = method(scores[:, differs])
    else:
        weights[:] = np.nan
    return weights


METHODS: Mapping[str, Callable[[Floats], Floats]] = {"entropy": entropy, "critic": critic, "deviation": deviation}
