"""The bands of a definition as charts draw them: name, colour, and where each begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scorecard.model.definition import Scorecard
from scorecard.report.charts.theme import Spec, palette
from scorecard.report.colors import GREY, band_color, letters_on
from scorecard.report.labels import INSUFFICIENT, band_of

NONE = ""
"""in rows, the band of what has none"""


@dataclass(frozen=True, slots=True)
class Shade:
    """One band; `start` and `end` are None where it has none, or only rules give it."""

    id: str
    title: str
    color: str
    start: float | None = None
    end: float | None = None

    @property
    def letters(self) -> str:
        """The colour of letters upon it."""
        return letters_on(self.color)


def shades(scorecard: Scorecard, language: str) -> tuple[Shade, ...]:
    """The bands from the lowest score up, those that only rules give, and that of too little data."""
    starts = [band.start for band in scorecard.bands if band.start is not None]
    ends = dict(pairwise([*starts, scorecard.scale.high]))
    found = [
        Shade(band.id, band_of(scorecard, band.id, language), band_color(scorecard, band.id), band.start, ends.get(band.start))
        for band in scorecard.bands
    ]
    return (*found, Shade(INSUFFICIENT, band_of(scorecard, INSUFFICIENT, language), band_color(scorecard, None))) if found else ()


def legend(bands: Sequence[Shade]) -> Spec:
    """The names of the bands above a chart, the best scores first; the chart has a param `titles` with them."""
    ids = [band.id for band in reversed(bands)]
    return {"title": None, "orient": "top", "labelExpr": "titles[datum.value]", "values": ids, "labelLimit": 160}


def titles(bands: Sequence[Shade]) -> Spec:
    """The param that gives bands their names."""
    return {"name": "titles", "value": {band.id: band.title for band in bands}}


def colors(bands: Sequence[Shade]) -> Spec:
    """The scale that gives bands their colours."""
    return palette([*((band.id, band.color) for band in bands), (NONE, GREY)])


def letters(bands: Sequence[Shade]) -> Spec:
    """The scale that gives letters upon bands their colours."""
    return palette([*((band.id, band.letters) for band in bands), (NONE, letters_on(GREY))])
