"""Which band a score or a value is in, and where a band begins. Bands are given by their starts, from the lowest score up.

`from` belongs to the band, whichever way is better: [start, next start). Comparisons are made after the tidy-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from scorecard.model.definition import Scale
from scorecard.scoring.arrays import Array, Flags
from scorecard.scoring.curves.at import At, Ends
from scorecard.scoring.rounding import reaching, span_of

BandCodes = NDArray[np.int16]


def band_of(score: Array, starts: Sequence[float], scale: Scale | float) -> BandCodes:
    """The place of each score's band among the starts, [n]; -1 for no score.

    A score below every start has no band (-1) on a closed scale; on an open one the first band has no lower end.
    A number in place of the scale is the span of a closed one.
    """
    span = span_of(scale) if isinstance(scale, Scale) else scale
    codes = np.full(np.shape(score), -1, dtype=np.int16)
    for start in starts:
        codes += reaching(score, start, span)
    if isinstance(scale, Scale) and scale.open and starts:
        codes = np.where(np.isnan(score), codes, np.maximum(codes, np.int16(0)))
    return codes


def band_by_thresholds(value: Array, at: At, places: Sequence[int], count: int, scale: Scale) -> BandCodes:
    """The place of each value's band among `count` bands, [n]; -1 for no value or where a number is missing.

    `places` are the places of the bands that have thresholds, ascending; `at.thresholds` holds them from the worst band to
    the best. An edge belongs to the better side, which is where target lies from worst (where one is not known the threshold
    next to it stands for it; a threshold alone: above). A value that reaches no threshold is in the worst band.
    """
    edges = [np.asarray(edge, dtype=np.float64) for _, edge in at.thresholds]
    from_worst = sorted(places, reverse=scale.lower_is_better)
    rising = _known_or(at.target, edges[-1]) >= _known_or(at.worst, edges[0])
    largest = reduce(np.maximum, (np.abs(edge) for edge in edges))
    near = 0.5e-9 * np.where(largest > 0, largest, 1.0)
    worst = count - 1 if scale.lower_is_better else 0
    ladder = np.zeros(value.shape, dtype=np.min_scalar_type(-count))
    for place, edge in zip(from_worst, edges, strict=True):
        np.maximum(ladder, np.multiply(_reached(value, edge, near, rising), ladder.dtype.type(abs(place - worst))), out=ladder)
    codes = (worst - ladder if scale.lower_is_better else ladder).astype(np.int16)
    known = ~(np.isnan(value) | np.isnan(largest))
    return codes if known.all() else (codes + np.int16(1)) * known - np.int16(1)


def _known_or(end: Ends, edge: Array) -> Array:
    """An end, the first of a pair, or an edge where it is not known."""
    number = end[0] if isinstance(end, tuple) else end
    return edge if number is None else np.where(np.isnan(number), edge, number)


def _reached(value: Array, edge: Array, near: Array, rising: Flags) -> Flags:
    """Whether each value is at an edge or beyond it, on the way that is rising or not."""
    if np.ndim(rising):
        return np.where(rising, value >= edge - near, value <= edge + near)
    found: Flags = value >= edge - near if rising else value <= edge + near
    return found


def anchor_score(place: int, starts: Sequence[float], scale: Scale) -> float:
    """The score at which a band begins, coming from the worst side; a threshold earns it.

    Where lower is better that is the band's upper edge, the start of the next band: a value on the threshold is in the better
    band by its value, while a score on the edge is shown in the band that starts there.
    """
    if not scale.lower_is_better:
        return starts[place]
    if place + 1 < len(starts):
        return starts[place + 1]
    return np.inf if scale.high is None else scale.high
