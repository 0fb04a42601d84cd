"""Which values meet a target: those at or above it, at or below it, or within it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from scorecard.advice.observed import Flags, Floats, Observed

_NEAR = 1e-9


class Side(IntEnum):
    """On which side of a target the better values lie; of a range, between its ends."""

    ABOVE = 1
    WITHIN = 0
    BELOW = -1


def side_of(observed: Observed) -> Side | None:
    """Told by worst and target, else by the first and the last threshold; None where nothing tells."""
    low, high = observed.target
    given = ~np.isnan(low)
    if bool((low < high)[given].any()) or bool((observed.worst[0] < observed.worst[1])[given].any()):
        return Side.WITHIN
    rises = (low - observed.worst[0])[given]
    rises = rises[~np.isnan(rises)]
    if len(rises):
        return Side.BELOW if np.median(rises) < 0 else Side.ABOVE
    edges = list(observed.thresholds.values())
    rises = edges[-1] - edges[0] if len(edges) > 1 else np.array([])
    rises = rises[~np.isnan(rises)]
    if not len(rises) or not np.median(rises):
        return None
    return Side.BELOW if np.median(rises) < 0 else Side.ABOVE


def meets(value: Floats, low: Any, high: Any, side: Side) -> Flags:
    """Whether values meet a target, equal ones at 1e-9 included; a value or a target that is not there does not."""
    above = value >= low - _NEAR * np.maximum(np.abs(value), np.abs(low))
    below = value <= high + _NEAR * np.maximum(np.abs(value), np.abs(high))
    return np.asarray(above if side is Side.ABOVE else below if side is Side.BELOW else above & below)
