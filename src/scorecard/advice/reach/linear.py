"""A mixed-integer linear program, put together from named sums and solved by HiGHS through scipy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scorecard.advice.needed import needed


@dataclass(frozen=True, slots=True)
class Sum:
    """Variables with factors, and a number."""

    terms: tuple[tuple[int, float], ...] = ()
    number: float = 0.0

    def __add__(self, other: Sum | float) -> Sum:
        return Sum(self.terms, self.number + other) if isinstance(other, float | int) else added((self, other))

    def __sub__(self, other: Sum | float) -> Sum:
        return self + -1.0 * other if isinstance(other, float | int) else self + other * -1.0

    def __mul__(self, factor: float) -> Sum:
        return Sum(tuple((place, factor * own) for place, own in self.terms), factor * self.number)

    def at(self, solution: Any) -> float:
        """The sum in a solution."""
        return float(self.number + sum(factor * solution[place] for place, factor in self.terms))


def added(sums: Iterable[Sum]) -> Sum:
    terms: dict[int, float] = {}
    number = 0.0
    for one in sums:
        number += one.number
        for place, factor in one.terms:
            terms[place] = terms.get(place, 0.0) + factor
    return Sum(tuple(terms.items()), number)


@dataclass(slots=True)
class Program:
    """Variables, and sums that must not be negative."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[Sum] = field(default_factory=list)

    def variable(self, low: float, high: float) -> Sum:
        return self._variable(low, high, 0)

    def choice(self) -> Sum:
        """A variable that is 0 or 1."""
        return self._variable(0.0, 1.0, 1)

    def not_negative(self, one: Sum) -> None:
        self.rows.append(one)

    def equal(self, one: Sum, other: Sum | float) -> None:
        self.rows += [one - other, (one - other) * -1.0]

    def least(self, objective: Sum) -> Any | None:
        """The variables that make a sum least, [n]; None where nothing fits or none is found. Raises UsageError without scipy."""
        optimize, sparse = needed("scipy.optimize"), needed("scipy.sparse")
        cost = np.zeros(len(self.low))
        for place, factor in objective.terms:
            cost[place] += factor
        cost /= max(np.abs(cost).max(initial=0.0), 1e-300)
        entries = [(row, place, factor) for row, one in enumerate(self.rows) for place, factor in one.terms]
        shape = (len(self.rows), len(self.low))
        matrix = sparse.csr_array(
            ([factor for *_, factor in entries], ([row for row, *_ in entries], [place for _, place, _ in entries])), shape=shape
        )
        found = optimize.milp(
            cost,
            integrality=np.array(self.whole),
            bounds=optimize.Bounds(np.array(self.low), np.array(self.high)),
            constraints=optimize.LinearConstraint(matrix, lb=np.array([-one.number for one in self.rows])),
            options={"mip_rel_gap": 0.0},
        )
        return found.x if found.status == 0 else None

    def _variable(self, low: float, high: float, whole: int) -> Sum:
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return Sum(((len(self.low) - 1, 1.0),))
