"""How the scores of everybody spread: a histogram whose columns are cut where bands begin.

Rows `scores`: low and high (of a column), band ("" without one), place (of the band, 0 at the bottom) and count; several bands in one
column stand one upon the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Coded
from scorecard.model.definition import Scorecard
from scorecard.report.charts.shade import NONE, Shade, colors, legend, titles
from scorecard.report.charts.theme import LIGHT, WIDTH, Ends, Heading, Row, Spec, Theme, counts, spec
from scorecard.report.portfolio import Portfolio

NAME = "scores"
_HEIGHT = 260
_COLUMNS = (20, 25, 24, 30, 40, 50)
"""how many a scale may be cut into, those asked first that are tried first"""
_NICE = (1, 2, 5, 10)
_TOUCH = 1e-9
_TICKS = {"expr": "clamp(floor(width / 56), 2, 10)"}
"""so few that numbers of five figures stand apart"""


def scores(
    bands: Sequence[Shade],
    marks: Sequence[tuple[float, str]] = (),
    ends: Ends | None = None,
    *,
    heading: Heading | None = None,
    theme: Theme = LIGHT,
    width: int | str = WIDTH,
) -> Spec:
    """Columns in the colours of the bands; `marks` are scores that are named, such as the median; `ends` those of a closed scale."""
    scale = {"zero": False, "nice": False, **({"domain": list(ends)} if ends else {})}
    x = {
        "type": "quantitative",
        "title": None,
        "scale": scale,
        "axis": {"grid": False, "tickCount": _TICKS, "labelOverlap": "greedy", "labelSeparation": 8},
    }
    y = counts()
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height=_HEIGHT,
        params=[titles(bands)],
        layer=[
            {
                "mark": {"type": "bar", "stroke": theme.paper, "strokeWidth": 1, "cornerRadius": 0},
                "transform": [{"stack": "count", "groupby": ["low"], "sort": [{"field": "place"}], "as": ["bottom", "top"]}],
                "encoding": {
                    "x": {"field": "low", **x},
                    "x2": {"field": "high"},
                    "y": {"field": "bottom", **y},
                    "y2": {"field": "top"},
                    "color": {
                        "field": "band",
                        "type": "nominal",
                        "scale": colors(bands),
                        "legend": legend(bands, width) | {"offset": 24} if bands else None,
                    },
                },
            },
            *(_named(marks, x, theme) if marks else ()),
        ],
    )


def _named(marks: Sequence[tuple[float, str]], x: Spec, theme: Theme) -> Iterator[Spec]:
    """Lines at scores, with their names upon a halo."""
    data = {"values": [{"score": score, "name": name} for score, name in marks]}
    at = {"field": "score", **x}
    yield {"data": data, "mark": {"type": "rule", "color": theme.ink, "strokeDash": [4, 3], "strokeWidth": 1.5}, "encoding": {"x": at}}
    for halo in ({"stroke": theme.paper, "strokeWidth": 4, "strokeJoin": "round"}, {}):
        yield {
            "data": data,
            "mark": {"type": "text", "align": "center", "baseline": "bottom", "y": -4, "fontWeight": 600, **halo},
            "encoding": {"x": at, "text": {"field": "name", "type": "nominal"}},
        }


def score_rows(portfolio: Portfolio) -> list[Row]:
    """Everybody with a score, counted by column and band."""
    own = portfolio.scores.cells.get("total.band")
    names = own.decode() if isinstance(own, Coded) else [None] * portfolio.count
    order = {band.id: place for place, band in enumerate(portfolio.evaluation.scorecard.bands)}
    scored = np.isfinite(portfolio.total)
    low, step, most = _cut(portfolio.evaluation.scorecard, portfolio.total[scored])
    columns = np.clip(np.floor((portfolio.total[scored] - low) / step + _TOUCH), 0, most)
    counted = Counter(zip(columns.tolist(), np.array(names, dtype=object)[scored].tolist(), strict=True))
    return [
        {"low": low + column * step, "high": low + (column + 1) * step, "band": band or NONE, "place": order.get(band, -1), "count": count}
        for (column, band), count in sorted(counted.items(), key=lambda pair: (pair[0][0], order.get(pair[0][1], -1)))
    ]


def _cut(scorecard: Scorecard, known: NDArray[np.float64]) -> tuple[float, float, float]:
    """Where the first column begins, how wide each is, and the place of the last: cut where bands begin, as far as that can be."""
    low, high = scorecard.scale.low, scorecard.scale.high
    if low is None or high is None:
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
        step = _nice((high - low) / _COLUMNS[0])
        return float(np.floor(low / step) * step), step, np.inf
    starts = [(band.start - low) / (high - low) for band in scorecard.bands if band.start is not None]
    count = next((each for each in _COLUMNS if all(abs(start * each - round(start * each)) < _TOUCH for start in starts)), _COLUMNS[0])
    return low, (high - low) / count, count - 1


def _nice(step: float) -> float:
    """The next round number that is not smaller."""
    if step <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(step))
    return float(next(nice * power for nice in _NICE if nice * power >= step * (1 - _TOUCH)))
