"""Sums, counts, means and extremes of numbers at numbered places.

Records carry the number of whom they belong to, so nothing is left to hash: a number is added at its place. Both engines add in
the order of the records, and so give the same bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]

OF_NUMBERS = frozenset({"rows", "sum", "mean", "share"})
"""functions that are always accumulated"""
OF_ANY = frozenset({"count", "min", "max", "single"})
"""functions that are accumulated where the column holds numbers"""


def accumulate(function: str, at: Places, size: int, values: Numbers | None) -> Numbers:
    """What a function gives at each of `size` places; `at` has the place of each record, `values` its number, NaN = null.

    Null is skipped; a place without any number has 0 under `rows` and `count`, else NaN. Of `rows` the values, if given, are
    1 for a record that counts and 0 for one that does not.
    """
    if values is None:
        return _count(at, size)
    if (null := np.isnan(values)).any():
        at, values = at[~null], values[~null]
    if function == "rows":
        return _sum(at, size, values)
    count = _count(at, size)
    match function:
        case "count":
            return count
        case "min" | "single":
            found = np.full(size, np.inf)
            np.minimum.at(found, at, values)
        case "max":
            found = np.full(size, -np.inf)
            np.maximum.at(found, at, values)
        case "sum":
            found = _sum(at, size, values)
        case "mean" | "share":
            found = _sum(at, size, values) / np.maximum(count, 1.0)
        case _:
            raise ValueError(function)
    return np.where(count > 0, found, np.nan)


def _count(at: Places, size: int) -> Numbers:
    return np.bincount(at, minlength=size).astype(np.float64)


def _sum(at: Places, size: int, values: Numbers) -> Numbers:
    return np.asarray(np.bincount(at, weights=values, minlength=size), dtype=np.float64)
