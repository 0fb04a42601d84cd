"""The Gamma-Gamma model: what a customer's purchases are worth.

Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). Purchases vary around a mean of the customer's own by a gamma
distribution (p, nu), and nu is gamma distributed over customers (q, gamma).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from scorecard_clv.fitting import NoFitError, most_likely

Numbers = NDArray[np.float64]
_SAME = 1e-9
_DIGITS = 9
"""sums in another order differ behind these, and must not lead the search elsewhere"""


@dataclass(frozen=True, slots=True)
class Spending:
    """The fitted model; gamma is in money."""

    p: float
    q: float
    gamma: float

    def expected(self, x: Numbers, mean: Numbers) -> Numbers:
        """What a purchase of a customer is worth: equation (5) of the paper, between its mean so far and everybody's."""
        seen = np.where(x > 0, x * mean, 0.0)
        return np.asarray(self.p * (self.gamma + seen) / (self.p * x + self.q - 1))


@dataclass(frozen=True, slots=True)
class SameSpending:
    """Everybody's purchases are worth the same."""

    amount: float

    def expected(self, x: Numbers, mean: Numbers) -> Numbers:
        return np.full(len(x), self.amount)


def fit(x: Numbers, mean: Numbers, penalizer: float = 0.0) -> Spending | SameSpending:
    """The model for customers with x purchases, at least one each, of a mean worth above 0. Raises NoFitError."""
    unit = float(np.mean(mean))
    if np.ptp(mean) <= _SAME * unit:
        return SameSpending(unit)
    worth = np.round(mean / unit, _DIGITS)

    def loss(parameters: Numbers) -> float:
        return -float(np.mean(log_likelihood(Spending(*parameters), x, worth)))

    p, q, gamma = (float(each) for each in most_likely(loss, [(5.0, 4.0, 0.6), (1.0, 3.0, 2.0), (30.0, 10.0, 0.3)], penalizer))
    if q <= 1:
        raise NoFitError("spending is so uneven that it has no mean; leave out what is not a usual purchase by where")
    return Spending(p, q, gamma * unit)


def log_likelihood(model: Spending, x: Numbers, mean: Numbers) -> Numbers:
    """Of each customer: the logarithm of equation (1a) of the paper."""
    p, q, gamma = model.p, model.q, model.gamma
    constant = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
    return np.asarray(constant + (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(x * mean + gamma))
