"""From full marks to the score: one bar per loss, where the one before ended.

Rows `waterfall`: order (0, 1, …), label, kind ("whole", "lost", "gained", "score"), band (of the score, else ""), points (signed
as drawn: full marks, then changes, 0 for the score) and text (the points as printed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.charts.shade import NONE, Shade
from scorecard.report.charts.theme import LIGHT, WIDTH, Heading, Row, Spec, Theme, bars_by_name, length, palette, spec
from scorecard.report.points import Said, change_of, printed_once, rounding
from scorecard.report.reasons import line_label

NAME = "waterfall"
_STEP = 30
_MOST = 12
"""losses that have a bar of their own"""
_ROOM = 56
"""pixels behind a bar for its number"""
_SCORE = "score"


def waterfall(
    bands: Sequence[Shade], base: float, *, heading: Heading | None = None, theme: Theme = LIGHT, width: int | str = WIDTH
) -> Spec:
    """Horizontal bars that add up. `base` is where full marks and the score begin: the low end of the scale."""
    kinds = [("whole", theme.mark), ("lost", theme.lost), ("gained", theme.gained), (_SCORE, theme.mark)]
    colors = palette([*kinds, *((f"{_SCORE} {band.id}", band.color) for band in bands)])
    x = {"type": "quantitative", "axis": None, "scale": {"zero": False, "nice": False, **length(_ROOM)}}
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height={"step": _STEP},
        transform=[
            {"window": [{"op": "sum", "field": "points", "as": "end"}], "sort": [{"field": "order"}]},
            {"calculate": f"indexof(['lost', 'gained'], datum.kind) < 0 ? {base!r} : datum.end - datum.points", "as": "start"},
            {"calculate": "datum.band ? datum.kind + ' ' + datum.band : datum.kind", "as": "colour"},
            {"calculate": "max(datum.start, datum.end)", "as": "right"},
            {"calculate": "datum.order + 1", "as": "next"},
        ],
        encoding={"y": bars_by_name(NAME)},
        layer=[
            {
                "mark": {"type": "rule", "strokeDash": [2, 2], "color": theme.line},
                "transform": [{"filter": f"datum.kind != '{_SCORE}'"}],
                "encoding": {"x": {"field": "end", **x}, "y2": {"field": "next"}},
            },
            {
                "mark": {"type": "bar", "height": {"band": 0.66}, "cornerRadius": 2},
                "encoding": {
                    "x": {"field": "start", **x},
                    "x2": {"field": "end"},
                    "color": {"field": "colour", "type": "nominal", "scale": colors, "legend": None},
                    "tooltip": [{"field": "label", "type": "nominal", "title": " "}, {"field": "text", "type": "nominal", "title": " "}],
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"x": {"field": "right", **x}, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    )


def waterfall_rows(
    scorecard: Scorecard, lost: Mapping[Said, float], score: float, band: str | None, decimals: int, language: str
) -> list[Row]:
    """Full marks, the points lost with the largest first, and the score; as printed they add up, at so many decimals."""
    scale = scorecard.scale
    parts, total = printed_once(lost, decimals, score, scale)
    bars = [(line_label(scorecard, said, language), points) for said, points in parts.items()]
    if len(bars) > _MOST:
        rest = [points for _, points in bars[_MOST - 1 :]]
        bars = [*bars[: _MOST - 1], (say("chart.others", language, count=len(rest)), sum(rest))]
    end = float(rounding(np.array([score]), decimals, scale)[0])
    whole = end - change_of(total, scale)
    rows = [(say("chart.full_marks", language), "whole", NONE, whole, _plain(whole, decimals, language))]
    rows += [
        (label, "lost" if points > 0 else "gained", NONE, change, _signed(change, decimals, language))
        for label, points in bars
        for change in [change_of(points, scale)]
    ]
    rows += [(say("explain.total", language), _SCORE, band or NONE, 0.0, figures.fixed(end, decimals, language))]
    fields = ("label", "kind", "band", "points", "text")
    return [{"order": order, **dict(zip(fields, row, strict=True))} for order, row in enumerate(rows)]


def _signed(points: float, decimals: int, language: str) -> str:
    return figures.gained(points, decimals, language) or figures.fixed(0.0, decimals, language)


def _plain(whole: float, decimals: int, language: str) -> str:
    return figures.fixed(whole, 0 if whole.is_integer() else decimals, language)
