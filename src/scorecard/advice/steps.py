"""What each step of a way from one score to another moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def moves(totals: Floats) -> Floats:
    """What each step of each order moves, [orders, steps].

    Where a step in between has no score, what happens over the gap counts half with the change that opened it and half with
    the one that closed it.
    """
    onwards = _carried(totals)
    backwards = _carried(totals[:, ::-1])[:, ::-1]
    return (np.diff(onwards, axis=1) + np.diff(backwards, axis=1)) / 2


def _carried(totals: Floats) -> Floats:
    """Each total, or the last one before it that is there."""
    steps = np.where(np.isnan(totals), 0, np.arange(totals.shape[1]))
    return np.take_along_axis(totals, np.maximum.accumulate(steps, axis=1), axis=1)
