"""The shapes of what scoring works on: one number per row of a block, or one for all rows; NaN = no value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.integer[Any]]
Reasons = NDArray[np.int8]
"""codes of `model.state.Reason`, 0 = fine"""

Num = float | Array


CHUNK = 16_384
"""rows that fit the processor's cache with the working arrays beside them, which are then small enough to be used again"""


def chunks(rows: int) -> Iterator[slice]:
    """The rows of a block in pieces that stay in the cache."""
    for start in range(0, rows, CHUNK):
        yield slice(start, start + CHUNK)


def blank(values: Array, where: Flags) -> Array:
    """The values with NaN in some rows; where they are NaN there already, the same array."""
    return np.where(where, np.nan, values) if (where & ~np.isnan(values)).any() else values
