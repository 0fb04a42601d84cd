"""How entities spread over the bands: now, and from period to period.

Rows `bands`: order (of the bar), label (of the bar), band, count and text (as printed in or beside it); over periods also `period`
and `place` (of the band in its bar, 0 at the bottom).
"""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.report.charts.shade import Shade
from scorecard.report.charts.theme import LIGHT, WIDTH, Heading, Spec, Theme, bars_by_name, length, palette, spec

NAME = "bands"
_STEP = 36
_ROOM = 150
"""pixels behind a bar for its number"""
_HEIGHT = 260
_LEAST = 0.06
"""of the tallest bar; what is smaller has no room for its number"""


def bands_now(bands: Sequence[Shade], *, heading: Heading | None = None, theme: Theme = LIGHT, width: int | str = WIDTH) -> Spec:
    """A horizontal bar per band with its count."""
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height={"step": _STEP},
        encoding={
            "y": bars_by_name(NAME),
            "x": {"field": "count", "type": "quantitative", "axis": None, "scale": {"nice": False, **length(_ROOM)}},
        },
        layer=[
            {
                "mark": {"type": "bar", "height": {"band": 0.68}},
                "encoding": {"color": {"field": "band", "type": "nominal", "scale": _colors(bands), "legend": None}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"text": {"field": "text", "type": "nominal"}},
            },
        ],
    )


def bands_over(bands: Sequence[Shade], *, heading: Heading | None = None, theme: Theme = LIGHT, width: int | str = WIDTH) -> Spec:
    """A column per period with its bands one upon the other, each with its count."""
    titles = {band.id: band.title for band in bands}
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height=_HEIGHT,
        params=[{"name": "titles", "value": titles}],
        transform=[
            {"joinaggregate": [{"op": "sum", "field": "count", "as": "whole"}], "groupby": ["period"]},
            {"joinaggregate": [{"op": "max", "field": "whole", "as": "tallest"}]},
            {"stack": "count", "groupby": ["period"], "sort": [{"field": "place"}], "as": ["low", "high"]},
        ],
        encoding={
            "x": {
                "field": "period",
                "type": "ordinal",
                "sort": None,
                "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "ticks": False, "domain": False},
            },
        },
        layer=[
            {
                "mark": {"type": "bar", "width": {"band": 0.7}, "stroke": theme.paper, "strokeWidth": 1, "cornerRadius": 0},
                "encoding": {
                    "y": {
                        "field": "low",
                        "type": "quantitative",
                        "title": None,
                        "axis": {"tickMinStep": 1, "domain": False, "tickCount": 5},
                    },
                    "y2": {"field": "high"},
                    "color": {
                        "field": "band",
                        "type": "nominal",
                        "scale": _colors(bands),
                        "legend": {
                            "title": None,
                            "orient": "top",
                            "labelExpr": "titles[datum.value]",
                            "values": [band.id for band in reversed(bands)],
                        },
                    },
                    "tooltip": [{"field": "label", "type": "nominal", "title": " "}, {"field": "text", "type": "nominal", "title": " "}],
                },
            },
            {
                "mark": {"type": "text", "baseline": "middle"},
                "transform": [
                    {"filter": f"datum.count > {_LEAST} * datum.tallest"},
                    {"calculate": "(datum.low + datum.high) / 2", "as": "middle"},
                ],
                "encoding": {
                    "y": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "text", "type": "nominal"},
                    "fill": {
                        "field": "band",
                        "type": "nominal",
                        "scale": palette((band.id, band.letters) for band in bands),
                        "legend": None,
                    },
                },
            },
        ],
    )


def _colors(bands: Sequence[Shade]) -> Spec:
    return palette((band.id, band.color) for band in bands)
