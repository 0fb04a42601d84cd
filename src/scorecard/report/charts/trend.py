"""A score or a value from period to period, with its target and, behind a score, the bands.

Rows `trend`: order, period, value, text (as printed); target and target_text where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from scorecard.evaluation.details import Detail, details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.charts.shade import Shade
from scorecard.report.charts.theme import LIGHT, WIDTH, Ends, Heading, Row, Spec, Theme, spec
from scorecard.report.labels import period_of
from scorecard.scoring.score import PeriodScores

NAME = "trend"
_HEIGHT = 220
_ROOM = 0.07
"""of the height, which the name of a band takes"""
_MOST_NUMBERS = 8
"""periods; of more, only the last has its number beside it"""
Scored = tuple[Period, PeriodScores]


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
    number: Spec = {"type": "text", "baseline": "bottom", "dy": -8, "fontWeight": 600}
    halos: tuple[Spec, ...] = ({"stroke": theme.paper, "strokeWidth": 3, "strokeJoin": "round"}, {})
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
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": theme.quiet, "strokeWidth": 1.5},
                "transform": [
                    {"filter": "isValid(datum.target)"},
                    {"joinaggregate": [{"op": "count", "as": "count"}]},
                    {"filter": "datum.count == 1"},
                ],
                "encoding": {"y": target},
            },
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
                "mark": {"type": "text", "align": "left", "dx": 8, "color": theme.quiet},
                "transform": [
                    {"filter": "isValid(datum.target)"},
                    {"joinaggregate": [{"op": "max", "field": "order", "as": "last"}]},
                    {"filter": "datum.order == datum.last"},
                ],
                "encoding": {"x": {"value": "width"}, "y": target, "text": {"field": "target_text", "type": "nominal"}},
            },
            *(
                {
                    "mark": number | halo,
                    "transform": [
                        {"joinaggregate": [{"op": "max", "field": "order", "as": "last"}]},
                        {"filter": f"datum.last < {_MOST_NUMBERS} || datum.order == datum.last"},
                    ],
                    "encoding": {"x": x, "y": value, "text": {"field": "text", "type": "nominal"}},
                }
                for halo in halos
            ),
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


def mean_rows(evaluation: Evaluation, periods: Iterable[Scored], node: str, language: str) -> list[Row]:
    """The mean score of a node over everybody, in some periods, oldest first."""
    scorecard = evaluation.scorecard
    decimals = figures.decimals_of(scorecard.node(node), scorecard.scale)
    found: list[Row] = []
    for period, scores in periods:
        known = np.asarray(scores.cells[f"{node}.score"], dtype=np.float64)
        mean = float(known[np.isfinite(known)].mean()) if np.isfinite(known).any() else np.nan
        found.append(_row(len(found), period, mean, figures.fixed(mean, decimals), language))
    return _from_first(found)


def entity_rows(evaluation: Evaluation, periods: Iterable[Scored], entity: int, node: str, language: str) -> list[Row]:
    """One entity's score of a node in some periods; of a metric its value, with the target where that is one number."""
    found: list[Row] = []
    for period, scores in periods:
        place = int(np.searchsorted(scores.table.entity, entity))
        if place == len(scores) or scores.table.entity[place] != entity:
            continue
        detail = next(details(evaluation.plan, scores, np.array([place], dtype=np.intp)))
        found.append(_entity_row(detail, node, len(found), period, language))
    return _from_first(found)


def _entity_row(detail: Detail, node: str, order: int, period: Period, language: str) -> Row:
    metric = detail.scorecard.metrics.get(node)
    if metric is None or not has_values(detail, node):
        score = float(detail.numbers(f"{node}.score")[0])
        band = detail.band(node).decode()[0] if detail.scorecard.bands else None
        return _row(order, period, score, figures.score(score, band, detail.scorecard.node(node), detail.scorecard), language)
    value, target = (float(detail.numbers(f"{node}.{name}")[0]) for name in ("value", "target"))
    unit = "percent" if metric.unit == "percent" else None
    text, wanted = (figures.value(number, unit, metric.decimals, language) for number in (value, target))
    said = say("chart.target", language, target=wanted) if np.isfinite(target) else ""
    return {**_row(order, period, value, text, language), "target": _known(target), "target_text": said}


def has_values(detail: Detail, metric: str) -> bool:
    """Whether a metric's values are numbers, which can be drawn."""
    return np.asarray(detail.block.cells[f"{metric}.value"]).dtype.kind in "fiu"


def _row(order: int, period: Period, value: float, text: str, language: str) -> Row:
    known = np.isfinite(value)
    return {"order": order, "period": period_of(period, language), "value": _known(value), "text": text if known else ""}


def _known(number: float) -> float | None:
    return number if np.isfinite(number) else None


def _from_first(rows: list[Row]) -> list[Row]:
    """The rows from the first one with a value on."""
    first = next((place for place, row in enumerate(rows) if row["value"] is not None), len(rows))
    return [{**row, "order": order} for order, row in enumerate(rows[first:])]
