"""The BG/NBD model: how often customers buy, and when they have stopped.

Fader, Hardie and Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005), 275-284. A customer buys at a rate
that is gamma distributed over customers (r, alpha), and stops after any purchase with a chance that is beta distributed (a, b).
Of each only three numbers matter: `again`, the purchases after the first (x in the paper); `last`, the time of the last one (t_x);
`age`, the time that has passed (T). Both times count from the first purchase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln, hyp2f1

from scorecard_clv.fitting import most_likely

Numbers = NDArray[np.float64]
_NEXT_TO_ONE = 1e-6
_LARGEST = 700.0
"""exp of more is no number"""


@dataclass(frozen=True, slots=True)
class Buying:
    """The fitted model; times are in the unit it was fitted in."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, again: Numbers, last: Numbers, age: Numbers) -> Numbers:
        """The chance that a customer has not stopped; who bought once cannot have."""
        return np.asarray(1 / (1 + self._odds_of_having_stopped(again, last, age)))

    def expected(self, time: float, again: Numbers, last: Numbers, age: Numbers) -> Numbers:
        """How many purchases a customer makes in the next `time`: equation (10) of the paper.

        Its hypergeometric function is turned by Euler's transformation, so that it stays within bounds where customers bought
        hundreds of times. At a = 1, where the equation is 0 / 0, it is taken next to it.
        """
        r, alpha, b = self.r, self.alpha, self.b
        a = self.a if abs(self.a - 1) > _NEXT_TO_ONE else 1 + _NEXT_TO_ONE
        z = time / (alpha + age + time)
        rest = (1 - z) ** (a - 1) * hyp2f1(a + b - r - 1, a - 1, a + b + again - 1, z)
        still_buying = (a + b + again - 1) / (a - 1) * (1 - rest)
        return np.asarray(np.maximum(still_buying, 0) * self.alive(again, last, age))

    def _odds_of_having_stopped(self, again: Numbers, last: Numbers, age: Numbers) -> Numbers:
        x = np.maximum(again, 1)
        logs = np.log(self.a) - np.log(self.b + x - 1) + (self.r + x) * np.log((self.alpha + age) / (self.alpha + last))
        return np.asarray(np.where(again > 0, np.exp(np.minimum(logs, _LARGEST)), 0.0))


def fit(again: Numbers, last: Numbers, age: Numbers, penalizer: float = 0.0) -> Buying:
    """The model under which these customers are most likely. Raises NoFitError.

    Times are fitted as shares of the longest one, so that the search is the same in days and in years.
    """
    customers, counts = np.unique(np.column_stack([again, last, age]), axis=0, return_counts=True)
    unit = float(np.max(customers[:, 2]))
    history = (customers[:, 0], customers[:, 1] / unit, customers[:, 2] / unit)

    def loss(parameters: Numbers) -> float:
        return -float(np.average(log_likelihood(Buying(*parameters), *history), weights=counts))

    r, alpha, a, b = most_likely(loss, [(1.0, 0.5, 1.0, 1.0), (0.3, 0.1, 0.5, 3.0), (1.0, 0.05, 0.1, 1.0)], penalizer)
    return Buying(float(r), float(alpha) * unit, float(a), float(b))


def log_likelihood(model: Buying, again: Numbers, last: Numbers, age: Numbers) -> Numbers:
    """Of each customer: equation (6) of the paper, its two terms added by their logarithms."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    x = np.maximum(again, 1)
    buys = gammaln(r + again) - gammaln(r) + r * np.log(alpha)
    goes_on = betaln(a, b + again) - betaln(a, b) - (r + again) * np.log(alpha + age)
    stopped = np.where(again > 0, betaln(a + 1, b + x - 1) - betaln(a, b) - (r + x) * np.log(alpha + last), -np.inf)
    return np.asarray(buys + np.logaddexp(goes_on, stopped))
