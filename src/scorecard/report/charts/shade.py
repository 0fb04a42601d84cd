"""The bands of a definition as charts draw them: name, colour, and where each begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scorecard.describe import width as columns_of
from scorecard.model.definition import Scorecard
from scorecard.report.charts.theme import Spec, palette
from scorecard.report.colors import GREY, band_color, letters_on
from scorecard.report.labels import INSUFFICIENT, band_of

_SYMBOL = 26
"""pixels that a name in a legend takes beside its letters"""
_COLUMN = 6.4
"""pixels of a letter's width"""
_LIMIT = 160
_BESIDE = 80
"""pixels that a chart takes beside its plot"""
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


def legend(bands: Sequence[Shade], width: int | str) -> Spec:
    """The names of the bands above a chart, the best scores first, too little measured last; the chart has a param `titles` with them.

    A chart of a width in pixels has them in as many lines as they need.
    """
    measured = [band.id for band in bands if band.id != INSUFFICIENT]
    ids = [*reversed(measured), *(band.id for band in bands[len(measured) :])]
    return {
        "title": None,
        "orient": "top",
        "values": ids,
        "labelExpr": "titles[datum.value]",
        "labelLimit": _LIMIT,
        **({} if isinstance(width, str) else _columns(bands, width - _BESIDE)),
    }


def _columns(bands: Sequence[Shade], room: int) -> Spec:
    lengths = [_SYMBOL + min(columns_of(band.title) * _COLUMN, _LIMIT) for band in bands]
    return {} if sum(lengths) <= room else {"columns": max(1, int(room / max(lengths)))}


def titles(bands: Sequence[Shade]) -> Spec:
    """The param that gives bands their names."""
    return {"name": "titles", "value": {band.id: band.title for band in bands}}


def colors(bands: Sequence[Shade]) -> Spec:
    """The scale that gives bands their colours."""
    return palette([*((band.id, band.color) for band in bands), (NONE, GREY)])


def letters(bands: Sequence[Shade]) -> Spec:
    """The scale that gives letters upon bands their colours."""
    return palette([*((band.id, band.letters) for band in bands), (NONE, letters_on(GREY))])
