"""From full marks to the score: one bar per loss, where the one before ended.

Rows `waterfall`: order (0, 1, …), label, kind ("whole", "lost", "gained", "score"), band (of the score, else null), points (signed
as drawn: full marks, then changes, 0 for the score) and text (the points as printed).
"""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.report.charts.shade import Shade
from scorecard.report.charts.theme import LIGHT, WIDTH, Heading, Spec, Theme, bars_by_name, length, palette, spec

NAME = "waterfall"
_STEP = 30
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
