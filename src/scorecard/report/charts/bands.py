"""How entities spread over the bands: now, and from period to period.

Rows `bands`: order (of the bar), label (of the bar), band ("" without one), count and text (as printed in or beside it); over periods
also `period` and `place` (of the band in its bar, 0 at the bottom).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.show import band_counts
from scorecard.language.words import say
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.charts.shade import NONE, Shade, colors, legend, letters, titles
from scorecard.report.charts.theme import LIGHT, WIDTH, Heading, Row, Spec, Theme, bars_by_name, counts, length, spec
from scorecard.report.labels import band_of, period_of
from scorecard.report.portfolio import Portfolio
from scorecard.scoring.score import PeriodScores

NAME = "bands"
_STEP = 36
_ROOM = 110
"""pixels behind a bar for its number"""
_HEIGHT = 260
_LEAST = 0.05
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
                "encoding": {"color": {"field": "band", "type": "nominal", "scale": colors(bands), "legend": None}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"text": {"field": "text", "type": "nominal"}},
            },
        ],
    )


def bands_over(bands: Sequence[Shade], *, heading: Heading | None = None, theme: Theme = LIGHT, width: int | str = WIDTH) -> Spec:
    """A column per period with its bands one upon the other, each with its count."""
    y = counts()
    shown = [{"field": field, "type": "nominal", "title": " "} for field in ("label", "text")]
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height=_HEIGHT,
        params=[titles(bands)],
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
                    "y": {"field": "low", **y},
                    "y2": {"field": "high"},
                    "color": {"field": "band", "type": "nominal", "scale": colors(bands), "legend": legend(bands, width)},
                    "tooltip": shown,
                },
            },
            {
                "mark": {"type": "text", "baseline": "middle"},
                "transform": [
                    {"filter": f"datum.count > {_LEAST} * datum.tallest"},
                    {"calculate": "(datum.low + datum.high) / 2", "as": "middle"},
                ],
                "encoding": {
                    "y": {"field": "middle", **y},
                    "text": {"field": "text", "type": "nominal"},
                    "fill": {"field": "band", "type": "nominal", "scale": letters(bands), "legend": None},
                },
            },
        ],
    )


def rows_now(portfolio: Portfolio, language: str) -> list[Row]:
    """The bands of a portfolio from the best to the worst, then those without a score."""
    scorecard = portfolio.evaluation.scorecard
    counted = [(one.band, one.count) for one in portfolio.bands]
    lacking = portfolio.count - sum(count for _, count in counted)
    return [
        {
            "order": order,
            "band": band or NONE,
            "label": band_of(scorecard, band, language) or say("footer.no_score", language),
            "count": count,
            "text": say(
                "chart.count", language, count=figures.count(count, language), share=figures.share(count / portfolio.count, language)
            )
            if count
            else "0",
        }
        for order, (band, count) in enumerate([*counted, *([(None, lacking)] if lacking else [])])
    ]


def rows_over(evaluation: Evaluation, periods: Iterable[tuple[Period, PeriodScores]], language: str) -> list[Row]:
    """The bands of some periods, oldest first; in each from the lowest score up."""
    found: list[Row] = []
    for period, scores in periods:
        label = period_of(period, language)
        for place, (band, count) in enumerate(band_counts(evaluation, scores).items()):
            name = f"{label} · {band_of(evaluation.scorecard, band, language)}"
            own = {"band": band, "place": place, "count": count, "text": figures.count(count, language)}
            found.append({"order": len(found), "period": label, "label": name, **own})
    return found
