"""Changes split among causes: Shapley values over the scores that each set of causes gives by itself.

The score is worked out for every set of causes that could have changed alone. A cause counts as much as the score moves when it is
added, as a mean over all orders in which the causes can come; so the parts add up to the whole change, a cause that moves nothing
counts for nothing, and the way back gives the same parts with the other sign (L. S. Shapley, A Value for n-Person Games, 1953).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from math import factorial
from typing import TypeVar

import numpy as np

from scorecard.advice.steps import Floats, moves

T = TypeVar("T")


def shapley(totals: Floats) -> Floats:
    """The part of each of k causes in each row, [k, n], of what every set of them gives, [2**k, n]: in set `s` are the bits of `s`.

    First and last must be there. Where a set between them gives no score, what happens over the gap counts half with the cause that
    opened it and half with the one that closed it.
    """
    count = len(totals).bit_length() - 1
    gaps = np.isnan(totals).any(axis=0)
    if not gaps.any():
        return _weights(count) @ totals
    points = np.empty((count, totals.shape[1]))
    points[:, ~gaps] = _weights(count) @ totals[:, ~gaps]
    points[:, gaps] = _by_orders(totals[:, gaps])
    return points


def _weights(count: int) -> Floats:
    """What each set counts for each cause, [k, 2**k]: a set with it as the end of its step, a set without it as the beginning."""
    sizes = range(count + 1)
    orders = np.array([factorial(size) * factorial(count - size) / factorial(count) for size in sizes])
    ending, beginning = (orders / np.maximum(steps, 1) for steps in (np.arange(count + 1), count - np.arange(count + 1)))
    sets = np.arange(1 << count)
    size = np.array([one.bit_count() for one in sets.tolist()])
    within = (sets >> np.arange(count)[:, None] & 1).astype(bool)
    weights: Floats = np.where(within, ending[size], -beginning[size])
    return weights


def _by_orders(totals: Floats) -> Floats:
    """The same, order by order."""
    count = len(totals).bit_length() - 1
    points = np.zeros((count, totals.shape[1]))
    for order in permutations(range(count)):
        way = np.cumsum([0, *(1 << cause for cause in order)])
        points[list(order)] += moves(totals[way].T).T
    return points / factorial(count)


def finest(causes: Sequence[T], holds: Callable[[frozenset[T]], bool]) -> tuple[tuple[T, ...], ...]:
    """The causes in as many groups as can be, so that every set of whole groups `holds`; of equally many the first there is.

    All of them together, and none, must hold.
    """
    for groups in sorted(_groupings(causes), key=len, reverse=True):
        if all(holds(union(groups, chosen)) for chosen in range(1 << len(groups))):
            return groups
    raise ValueError("not even all causes together hold")


def union(groups: Sequence[Sequence[T]], chosen: int) -> frozenset[T]:
    """The causes of the groups whose bits are set."""
    return frozenset(cause for place, group in enumerate(groups) for cause in group if chosen >> place & 1)


def _groupings(causes: Sequence[T]) -> Iterator[tuple[tuple[T, ...], ...]]:
    """Every way to put the causes into groups."""
    if not causes:
        yield ()
        return
    *rest, last = causes
    for groups in _groupings(rest):
        for place, group in enumerate(groups):
            yield (*groups[:place], (*group, last), *groups[place + 1 :])
        yield (*groups, (last,))
