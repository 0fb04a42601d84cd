"""How a series of figures moves: its slope, and the limits within which it moves of itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NATURAL = 2.66
"""mean moving ranges from the mean to a natural process limit of an individuals chart: 3 / 1.128"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`slope` is what a figure changes by in one period; `rising` and `falling` count the pairs of periods that do."""

    slope: float
    rising: int
    falling: int
    pairs: int


def pace(at: NDArray[np.intp], figures: Floats) -> Pace:
    """The Theil-Sen slope: the median of the slopes between any two periods, which no single odd period can turn.

    `at` are the places of the periods, ascending, [n] with n >= 2. Sen, Estimates of the regression coefficient based on
    Kendall's tau, Journal of the American Statistical Association 63 (1968).
    """
    first, second = np.triu_indices(len(at), k=1)
    rises = figures[second] - figures[first]
    slopes = rises / (at[second] - at[first])
    return Pace(slope=float(np.median(slopes)), rising=int((rises > 0).sum()), falling=int((rises < 0).sum()), pairs=len(rises))


def natural_limits(figures: Floats) -> tuple[float, float]:
    """The limits between which a process that nobody changes moves: the mean less and plus 2.66 mean moving ranges.

    The individuals (XmR) chart of Shewhart, Economic Control of Quality of Manufactured Product (1931), as Wheeler,
    Understanding Variation (1993), sets it out. Figures in the order of time, [n] with n >= 2.
    """
    mean, moving = float(figures.mean()), float(np.abs(np.diff(figures)).mean())
    return mean - NATURAL * moving, mean + NATURAL * moving
