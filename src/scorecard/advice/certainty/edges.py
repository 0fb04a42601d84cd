"""Between which unrounded scores of the total its band stays."""

from __future__ import annotations

import numpy as np

from scorecard.model.definition import Group, Scorecard
from scorecard.scoring.arrays import Array, Codes
from scorecard.scoring.bands import band_of
from scorecard.scoring.rounding import rounded, span_of

_HALVINGS = 60
"""more than there are doubles between the ends of a bracket"""


def edges(scorecard: Scorecard, total: Group) -> Array:
    """The least score before rounding that is shown in each band, from the lowest up; -inf before them and +inf after.

    Found by halving with the rounding and the comparison that bands are read off with, to the double.
    """
    scale = scorecard.scale
    starts = np.array([band.start for band in scorecard.bands if band.start is not None], dtype=np.float64)
    reach = 2 * 10.0 ** -(total.round.decimals if total.round is not None else 6) + 1e-6 * span_of(scale)
    below, within = starts - reach, starts + reach
    for _ in range(_HALVINGS):
        middle = below + (within - below) / 2
        shown = middle if total.round is None else rounded(middle, total.round, span_of(scale))
        reached = band_of(shown, starts.tolist(), scale) >= np.arange(len(starts))
        below, within = np.where(reached, below, middle), np.where(reached, middle, within)
    if scale.open and len(within):
        within[0] = -np.inf
    return np.concatenate([[-np.inf], within, [np.inf]])


def around(edges: Array, bands: Codes) -> tuple[Array, Array]:
    """From which score on and below which one each row keeps its band, [n]; the row's band by its place, -1 below all of them."""
    return edges[bands + 1], edges[bands + 2]
