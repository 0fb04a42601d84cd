"""Weights fitted to an outcome: those under which the weighted mean of scores tells best for whom it came about."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.needed import needed

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
RIDGE = 1e-6
"""times the squared coefficients: keeps them finite where scores tell everybody apart, and changes nothing else that shows"""


def fitted(goodness: Floats, bad: Flags) -> Floats | None:
    """Weights of 0 or more that sum to one, from a logistic regression of the outcome on scores whose coefficients have one sign.

    logit P(not bad) = a + b·Σ wᵢ sᵢ with b, wᵢ ≥ 0: the likelihood is concave in a and the products b·wᵢ, so there is one best
    answer. None where no score goes with the outcome as it should. `goodness` is [n, m], larger is better; `bad` is [n].
    """
    sign = np.where(bad, -1.0, 1.0)
    columns = np.hstack([np.ones((len(goodness), 1)), goodness / (np.ptp(goodness) or 1.0)])

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        margin = sign * (columns @ coefficients)
        slopes = -sign * np.exp(-np.logaddexp(0.0, margin))
        penalty = RIDGE * coefficients
        return float(np.logaddexp(0.0, -margin).mean() + penalty @ coefficients), columns.T @ slopes / len(columns) + 2 * penalty

    bounds = [(None, None), *[(0.0, None)] * goodness.shape[1]]
    options = {"maxiter": 1_000, "ftol": 1e-12, "gtol": 1e-8}
    start = np.r_[0.0, np.ones(goodness.shape[1])]
    found = needed("scipy.optimize").minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x[1:]
    total = float(found.sum())
    return found / total if total > 1e-6 else None


def area(goodness: Floats, bad: Flags) -> float:
    """The area under the curve: how often one for whom it came about scores lower than one for whom it did not; ties count half.

    J. A. Hanley, B. J. McNeil, Radiology 143 (1982) 29-36. `goodness` and `bad` are [n].
    """
    ranks = needed("scipy.stats").rankdata(-goodness)
    count = int(bad.sum())
    above = float(ranks[bad].sum()) - count * (count + 1) / 2
    return above / (count * (len(bad) - count))


def folds(bad: Flags, count: int, seed: int) -> Iterator[Flags]:
    """Which entities each of `count` folds holds out; both outcomes are spread evenly over them, in an order drawn from the seed."""
    draw = np.random.default_rng(seed)
    fold = np.empty(len(bad), dtype=np.intp)
    for rows in (np.flatnonzero(bad), np.flatnonzero(~bad)):
        fold[draw.permutation(rows)] = np.arange(len(rows)) % count
    for each in range(count):
        yield fold == each
