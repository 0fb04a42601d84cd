"""How two columns of figures go together, by their ranks."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def mid_ranks(figures: Floats) -> Floats:
    """1 for the least; equal figures share the mean of their ranks. [n]."""
    _, places, counts = np.unique(figures, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Floats = (last - (counts - 1) / 2)[places]
    return ranks


def spearman(first: Floats, second: Floats) -> float:
    """The correlation of the ranks, NaN where one column is all alike. Spearman, American Journal of Psychology 15 (1904)."""
    return correlation(mid_ranks(first), mid_ranks(second))


def correlation(first: Floats, second: Floats) -> float:
    """Pearson's correlation, NaN where one column is all alike."""
    first, second = first - first.mean(), second - second.mean()
    length = math.sqrt(float(first @ first) * float(second @ second))
    return float(first @ second) / length if length else math.nan


def area(figures: Floats, happened: Flags) -> float:
    """How often one for whom it happened has the higher figure than one for whom it did not, ties half; NaN without one of each.

    The area under the ROC curve: Hanley and McNeil, Radiology 143 (1982).
    """
    yes, no = int(happened.sum()), int((~happened).sum())
    if not yes or not no:
        return math.nan
    return (float(mid_ranks(figures)[happened].sum()) - yes * (yes + 1) / 2) / (yes * no)


def area_error(yes: int, no: int) -> float:
    """The standard error of the area where figures and outcome have nothing to do with each other: that of Mann and Whitney's U."""
    return math.sqrt((yes + no + 1) / (12 * yes * no))


def at_least(count: int, of: int) -> float:
    """The probability of at least so many heads in `of` throws of a fair coin, exact."""
    places = np.arange(1, of + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log((of + 1 - places) / places))]) - of * math.log(2)
    return float(min(np.exp(logs[count:]).sum(), 1.0))
