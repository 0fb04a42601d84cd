"""How far the score at which a band begins may be moved before a verdict turns, the scores being as they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.certainty.intervals import Interval
from scorecard.advice.certainty.written import Key
from scorecard.model.definition import Scorecard
from scorecard.scoring.arrays import Array, Codes


def band_starts(scorecard: Scorecard, score: Array, bands: Codes) -> Iterator[tuple[Key, Interval]]:
    """For every band but the lowest where it may begin, for rows with these scores and places of bands, -1 for those to leave out.

    A row stays in its band while that begins at its score or below, and the next one above it. Metrics whose thresholds earn
    the start of a band are left as they were scored.
    """
    starts = [(band.id, band.start) for band in scorecard.bands if band.start is not None]
    told = (bands >= 0) & (bands < len(starts))
    for place, (id, start) in enumerate(starts[1:], start=1):
        least = starts[place - 1][1]
        following = starts[place + 1][1] if place + 1 < len(starts) else scorecard.scale.high
        most = np.inf if following is None else following
        written, lowest, highest = (np.where(told, number, np.nan) for number in (start, least, most))
        low, high = np.where(bands == place - 1, score, lowest), np.where(bands == place, score, highest)
        yield ("total", ("bands", id)), Interval(written=written, low=low, high=high, least=lowest, most=highest)
