"""Finds the parameters under which the customers seen are most likely."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Numbers = NDArray[np.float64]
_FARTHEST = 7.0
"""parameters stay between exp(-7) and exp(7), 0.0009 and 1,100; at either end a model has become a simpler one"""
_FLAT = 1e-3
"""the steepest slope of the mean log-likelihood at which the top is reached"""
_IMPOSSIBLE = 1e10
"""the loss of parameters under which nobody would buy so"""
_PATIENCE = {"maxiter": 2000, "ftol": 1e-14, "gtol": 1e-8}


class NoFitError(Exception):
    """What keeps a model from being fitted, as a sentence."""


def most_likely(loss: Callable[[Numbers], float], starts: Sequence[Sequence[float]], penalizer: float) -> Numbers:
    """The positive parameters with the least `loss`, the mean negative log-likelihood, plus `penalizer` × their squares.

    They are looked for on a logarithmic scale, from one start after the other until the top is reached. Raises NoFitError.
    """

    def penalized(logs: Numbers) -> float:
        parameters = np.exp(logs)
        found = loss(parameters) + penalizer * float(np.sum(parameters**2))
        return found if np.isfinite(found) else _IMPOSSIBLE

    for start in starts:
        limits = [(-_FARTHEST, _FARTHEST)] * len(start)
        found = minimize(penalized, np.log(start), method="L-BFGS-B", bounds=limits, options=_PATIENCE)
        if found.fun < _IMPOSSIBLE and _slope(found.x, found.jac) <= _FLAT:
            return np.asarray(np.exp(found.x), dtype=np.float64)
    raise NoFitError("no parameters fit these purchases; a penalizer such as 0.01 may help")


def _slope(at: Numbers, slope: Numbers) -> float:
    """The steepest slope in a direction that the limits leave free."""
    free = ~((at <= -_FARTHEST) & (slope > 0)) & ~((at >= _FARTHEST) & (slope < 0))
    return float(np.max(np.abs(slope[free]), initial=0.0))
