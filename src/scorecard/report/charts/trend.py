"""A score or a value from period to period, with its target and, behind a score, the bands.

Rows `trend`: order, period, value, text (as printed); target and target_text where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.report.charts.shade import Shade
from scorecard.report.charts.theme import LIGHT, WIDTH, Heading, Spec, Theme, spec

NAME = "trend"
_HEIGHT = 220
_ROOM = 0.07
"""of the height, which the name of a band takes"""
_MOST_NUMBERS = 8
"""periods; of more, only the last has its number beside it"""
Ends = tuple[float, float]


def trend(
    bands: Sequence[Shade] = (),
    ends: Ends | None = None,
    *,
    heading: Heading | None = None,
    theme: Theme = LIGHT,
    width: int | str = WIDTH,
    height: int = _HEIGHT,
    format: str = ",~r",
) -> Spec:
    """A line with a point per period. `ends` are those of a closed scale, which bands need; without, the values' own."""
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "grid": False},
    }
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": list(ends), "nice": False} if ends else {"zero": False, "nice": True},
        "axis": {"format": format, "tickCount": 5, "domain": False, "ticks": False, "grid": not bands},
    }
    value, target = ({"field": field, **y} for field in ("value", "target"))
    shown = [{"field": field, "type": "nominal", "title": " "} for field in ("period", "text")]
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height=height,
        layer=[
            *(_behind(bands, ends, theme) if ends else ()),
            {
                "mark": {"type": "line", "strokeDash": [5, 4], "color": theme.quiet, "strokeWidth": 1.5, "interpolate": "step"},
                "transform": [{"filter": "isValid(datum.target)"}],
                "encoding": {"x": x, "y": target},
            },
            {
                "mark": {"type": "line", "color": theme.ink, "strokeWidth": 2, "point": {"color": theme.ink, "size": 40, "filled": True}},
                "encoding": {"x": x, "y": value, "tooltip": shown},
            },
            {
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "dy": -4, "color": theme.quiet},
                "transform": [{"filter": "isValid(datum.target) && datum.order == 0"}],
                "encoding": {"x": {"value": 4}, "y": target, "text": {"field": "target_text", "type": "nominal"}},
            },
            {
                "mark": {"type": "text", "baseline": "bottom", "dy": -8, "fontWeight": 600},
                "transform": [
                    {"joinaggregate": [{"op": "max", "field": "order", "as": "last"}]},
                    {"filter": f"datum.last < {_MOST_NUMBERS} || datum.order == datum.last"},
                ],
                "encoding": {"x": x, "y": value, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    )


def _behind(bands: Sequence[Shade], ends: Ends, theme: Theme) -> tuple[Spec, ...]:
    """The bands as stripes, each with its name at the right."""
    low, high = ends
    stripes = [
        {"title": band.title, "color": band.color, "low": band.start, "high": end, "middle": (band.start + end) / 2}
        for band in bands
        if band.start is not None and (end := high if band.end is None else band.end) - band.start > _ROOM * (high - low)
    ]
    edge = {"field": "low", "type": "quantitative"}
    return (
        {
            "data": {"values": stripes},
            "mark": {"type": "rect", "opacity": theme.shade},
            "encoding": {"y": edge, "y2": {"field": "high"}, "color": {"field": "color", "type": "nominal", "scale": None}},
        },
        {
            "data": {"values": stripes},
            "mark": {"type": "text", "align": "left", "dx": 8, "color": theme.quiet},
            "encoding": {"x": {"value": "width"}, "y": {**edge, "field": "middle"}, "text": {"field": "title", "type": "nominal"}},
        },
    )
