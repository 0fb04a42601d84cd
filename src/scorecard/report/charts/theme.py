"""How charts look: colours in light and dark, fonts that show Chinese, and what all specs have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scorecard.report.wrap import wrapped

Spec = dict[str, Any]
"""a Vega-Lite spec"""
Row = dict[str, Any]
Ends = tuple[float, float]
"""the low and the high end of a closed scale"""
VERSION = "6.1"
"""of Vega-Lite, as the converter calls it"""
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CJK_FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei")
FONTS = ", ".join([*CJK_FONTS, "sans-serif"])
WIDTH = 640
LABEL = 12
_TITLE = 15
_LINES = 2
_COLUMN = 0.58
"""of its size, the width of a letter"""
_LIMIT = 240
"""pixels that the name of a bar may take"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours for one kind of background; ink and quiet have a contrast of 4.5 or more on it. Hues are left to the bands."""

    name: str
    paper: str
    ink: str
    quiet: str
    line: str
    mark: str
    """full marks, and what has no band"""
    lost: str
    gained: str
    shade: float
    """how strongly bands colour a background"""


LIGHT = Theme(
    name="light",
    paper="#FFFFFF",
    ink="#1F2328",
    quiet="#59636E",
    line="#DDE2E7",
    mark="#C4CBD3",
    lost="#6E7781",
    gained="#A3ADB8",
    shade=0.16,
)
DARK = Theme(
    name="dark",
    paper="#14181D",
    ink="#E6EAEE",
    quiet="#A3ADB8",
    line="#333B44",
    mark="#4A545F",
    lost="#8D97A2",
    gained="#65707C",
    shade=0.22,
)
THEMES: Mapping[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above a chart, and what a screen reader says in its place. Without a title the page has one."""

    title: str = ""
    subtitle: str = ""
    description: str = ""


def spec(name: str, theme: Theme, heading: Heading, width: int | str, **parts: Any) -> Spec:
    """A spec over the data of a name. `width` in pixels, all that is beside the plot included, or "container" in a page."""
    return {
        "$schema": SCHEMA,
        "description": heading.description or heading.title,
        **({"title": _title(heading, width)} if heading.title else {}),
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": theme.paper,
        "padding": 12,
        "data": {"name": name},
        **parts,
        "config": _config(theme),
    }


def bars_by_name(data: str) -> Spec:
    """The encoding of bars that stand below each other in the order of their rows, each with its name beside it."""
    name = f"data('{data}')[datum.value].label"
    axis = {"title": None, "labelExpr": name, "labelLimit": _LIMIT, "labelPadding": 8, "domain": False, "ticks": False, "grid": False}
    return {"field": "order", "type": "ordinal", "axis": axis}


def counts() -> Spec:
    """The encoding of how many there are; halves of a thing are not named."""
    whole = "datum.value == floor(datum.value) ? datum.label : ''"
    axis = {"tickCount": 5, "tickMinStep": 1, "format": ",~r", "labelExpr": whole, "domain": False, "ticks": False}
    return {"type": "quantitative", "title": None, "scale": {"nice": True}, "axis": axis}


def length(pixels: int) -> Spec:
    """A scale from 0 to the longest bar that leaves room for the number behind it."""
    return {"range": [0, {"expr": f"width - {pixels}"}]}


def palette(colors: Iterable[tuple[str, str]]) -> Spec:
    """A scale that gives each id its colour."""
    pairs = list(colors)
    return {"domain": [id for id, _ in pairs], "range": [color for _, color in pairs]}


def _title(heading: Heading, width: int | str) -> Spec:
    room = WIDTH if isinstance(width, str) else width
    text, subtitle = (
        wrapped(line, max(int(room / (size * _COLUMN)), 1), _LINES) for line, size in ((heading.title, _TITLE), (heading.subtitle, LABEL))
    )
    return {"text": text, **({"subtitle": subtitle} if heading.subtitle else {})}


def _config(theme: Theme) -> Spec:
    """Marks say nothing to a screen reader: the description does, in the reader's language."""
    return {
        "aria": False,
        "font": FONTS,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "color": theme.ink,
            "subtitleColor": theme.quiet,
            "fontSize": _TITLE,
            "fontWeight": 600,
            "subtitleFontSize": LABEL,
            "subtitlePadding": 5,
            "offset": 14,
        },
        "axis": {
            "labelColor": theme.quiet,
            "titleColor": theme.quiet,
            "titleFontWeight": "normal",
            "labelFontSize": LABEL,
            "titleFontSize": LABEL,
            "labelPadding": 6,
            "gridColor": theme.line,
            "domainColor": theme.line,
            "tickColor": theme.line,
        },
        "axisY": {"labelColor": theme.ink},
        "legend": {
            "labelColor": theme.ink,
            "titleColor": theme.quiet,
            "labelFontSize": LABEL,
            "symbolType": "square",
            "symbolSize": 120,
            "offset": 10,
        },
        "text": {"color": theme.ink, "fontSize": LABEL},
        "bar": {"cornerRadiusEnd": 2},
    }
