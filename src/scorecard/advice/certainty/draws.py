"""Weights drawn at random around those that are written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorecard.scoring.arrays import Array

MOST_SPREAD = 0.9
"""beyond it a draw of two siblings gives nearly all weight to one of them"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How many draws of all weights there are, how far they spread, and the seed that makes them the same each time.

    `spread` is how far a weight of average size moves: the standard deviation of its share, as a part of the share.
    """

    count: int = 1_000
    spread: float = 0.25
    seed: int = 0

    def weights(self, group: int, written: Array) -> Array:
        """Weights of the siblings of a group, by its place in the definition, [k, draws]; each draw adds up to what is written.

        Shares are drawn from the Dirichlet distribution whose means are the written shares. Its concentration c follows from
        the spread s: a share p has the variance p (1 - p) / (c + 1), so that p = 1 / k spreads by s where c = (k - 1) / s² - 1.
        """
        siblings, total = len(written), written.sum()
        if siblings < 2:
            return np.repeat(written[:, None], self.count, axis=1)
        concentration = (siblings - 1) / self.spread**2 - 1
        shares = self.numbers(group).dirichlet(concentration * written / total, self.count)
        return np.ascontiguousarray(shares.T * total)

    def numbers(self, purpose: int) -> np.random.Generator:
        """Random numbers for a purpose of their own, so that one group more does not change the draws of another."""
        return np.random.default_rng([self.seed, purpose])
