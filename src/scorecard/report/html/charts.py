"""The charts of a page in light and dark, compiled from Vega-Lite to what Vega draws; the page's script gives them rows and width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report.charts.bands import bands_now, bands_over
from scorecard.report.charts.scores import scores
from scorecard.report.charts.shade import Shade, shades
from scorecard.report.charts.theme import THEMES, VERSION, WIDTH, Heading, Row, Spec, Theme
from scorecard.report.charts.trend import trend
from scorecard.report.charts.waterfall import waterfall

Rows = Mapping[str, Sequence[Row]]
Marks = Sequence[tuple[float, str]]
_LINES = "data('waterfall')[datum.value].lines"


def specs(scorecard: Scorecard, rows: Rows, marks: Marks, language: str) -> dict[str, dict[str, Any]]:
    """By theme and chart. Legends name the bands that the rows of a chart have; `marks` are named among the scores."""
    import vl_convert

    return {
        name: {chart: vl_convert.vegalite_to_vega(spec, vl_version=VERSION) for chart, spec in charts.items()}
        for name, theme in THEMES.items()
        for charts in [_in(theme, scorecard, rows, marks, language)]
    }


def _in(theme: Theme, scorecard: Scorecard, rows: Rows, marks: Marks, language: str) -> dict[str, Spec]:
    every, scale = shades(scorecard, language), scorecard.scale
    ends = None if scale.low is None or scale.high is None else (scale.low, scale.high)

    def used(chart: str) -> list[Shade]:
        found = {row["band"] for row in rows[chart]}
        return [shade for shade in every if shade.id in found]

    def said(key: str) -> Any:
        return {"heading": Heading(description=say(key, language)), "theme": theme, "width": WIDTH}

    return {
        "bands": bands_now(used("bands"), **said("html.bands_chart")),
        "over": bands_over(used("over"), **said("html.over_chart")),
        "scores": scores(used("scores"), marks, ends, **said("html.scores_chart")),
        "waterfall": _folded(waterfall(every, scale.low or 0.0, **said("html.lost"))),
        "trend": trend(every, ends, **said("html.trend")),
    }


def _folded(spec: Spec) -> Spec:
    """Names of bars in the lines that the page's script folds them into, by the room there is."""
    axis = spec["encoding"]["y"]["axis"]
    return {**spec, "encoding": {**spec["encoding"], "y": {**spec["encoding"]["y"], "axis": {**axis, "labelExpr": _LINES}}}}
