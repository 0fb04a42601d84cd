"""Counts, sums, means and extremes at numbered places, of records that come block by block.

Records carry the number of whom they belong to, so nothing is left to hash: a value is added at its place. Values are added in
the order of the records, whatever the engine and the blocks, and so give the same bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Moments = NDArray[np.datetime64]
Places = NDArray[np.intp]

COUNTED = frozenset({"rows", "count"})
ADDED = frozenset({"sum", "mean", "share"})
EXTREMES = {"min": np.minimum, "single": np.minimum, "max": np.maximum}


class Accumulated:
    """What a function gives at each of `size` places. Null is skipped: a place without a value has 0 of a count, else nothing."""

    def __init__(self, function: str, size: int) -> None:
        if function not in COUNTED | ADDED | EXTREMES.keys():
            raise ValueError(function)
        self._function = function
        self._size = size
        self._counts = np.zeros(size, dtype=np.int64)
        self._found: NDArray[Any] = np.zeros(size if function in ADDED else 0)
        self._of_moments = False

    def add(self, at: Places, values: Numbers | Moments | None = None) -> None:
        """Adds records: `at` has the place of each, `values` its number or moment, NaN or NaT = null; without them all count.

        Of `rows` the values are 1 for a record that counts and 0 for one that does not.
        """
        if values is None:
            np.add.at(self._counts, at, 1)
            return
        if (null := np.isnan(values) if values.dtype.kind == "f" else np.isnat(values)).any():
            at, values = at[~null], values[~null]
        np.add.at(self._counts, at, values.astype(np.int64) if self._function == "rows" else 1)
        if self._function in ADDED:
            np.add.at(self._found, at, values)
        elif self._function in EXTREMES:
            self._see(at, values)

    def result(self) -> Numbers | Moments:
        if self._function in COUNTED:
            return self._counts.astype(np.float64)
        known = self._counts > 0
        if self._of_moments:
            return np.where(known, self._found.view("datetime64[us]"), np.datetime64("NaT", "us"))
        found = self._found if len(self._found) else np.full(self._size, np.nan)
        if self._function in ("mean", "share"):
            found = found / np.maximum(self._counts, 1)
        return np.where(known, found, np.nan)

    def _see(self, at: Places, values: Numbers | Moments) -> None:
        """Moments are compared by their microseconds."""
        self._of_moments = values.dtype.kind == "M"
        seen: NDArray[Any] = values.view(np.int64) if self._of_moments else values
        if not len(self._found):
            edges = np.iinfo(np.int64) if self._of_moments else np.finfo(np.float64)
            self._found = np.full_like(seen, edges.min if self._function == "max" else edges.max, shape=self._size)
        EXTREMES[self._function].at(self._found, at, seen)
