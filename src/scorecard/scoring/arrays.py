"""The shapes of what scoring works on: one number per row of a block, or one for all rows; NaN = no value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.model.state import Fired, Reason, State

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.integer[Any]]
Reasons = NDArray[np.int8]
"""codes of `model.state.Reason`, 0 = fine"""

Num = float | Array

Children = Sequence[Array] | Array
"""the scores of k children: [k, n], or [n] after [n]"""


def having(codes: NDArray[np.int8], first: State | Reason | Fired, *others: State) -> Flags:
    """The rows with one of these codes. A member of an enumeration is no plain int, and numpy compares it ten times as slowly."""
    found: Flags = codes == int(first)
    for other in others:
        found |= codes == int(other)
    return found


def blank(values: Array, where: Flags) -> Array:
    """The values with NaN in some rows; where they are NaN there already, the same array."""
    return np.where(where, np.nan, values) if (where & ~np.isnan(values)).any() else values
