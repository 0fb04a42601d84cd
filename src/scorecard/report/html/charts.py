"""The charts of a page in light and dark, compiled from Vega-Lite to what Vega draws; the page's script gives them rows and width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorecard.model.definition import Scorecard
from scorecard.report.charts.bands import bands_now, bands_over
from scorecard.report.charts.scores import scores
from scorecard.report.charts.shade import Shade
from scorecard.report.charts.theme import THEMES, VERSION, WIDTH, Heading, Spec, Theme
from scorecard.report.charts.trend import trend
from scorecard.report.charts.waterfall import waterfall


def specs(scorecard: Scorecard, bands: Sequence[Shade], marks: Sequence[tuple[float, str]], words: Mapping[str, str]) -> dict[str, Any]:
    """By theme and chart. `marks` are named on the scores."""
    import vl_convert

    return {
        name: {chart: vl_convert.vegalite_to_vega(spec, vl_version=VERSION) for chart, spec in charts.items()}
        for name, theme in THEMES.items()
        for charts in [_in(theme, scorecard, bands, marks, words)]
    }


def _in(
    theme: Theme, scorecard: Scorecard, bands: Sequence[Shade], marks: Sequence[tuple[float, str]], words: Mapping[str, str]
) -> dict[str, Spec]:
    scale = scorecard.scale
    ends = None if scale.low is None or scale.high is None else (scale.low, scale.high)

    def said(key: str) -> Any:
        return {"heading": Heading(description=words[key]), "theme": theme, "width": WIDTH}

    return {
        "bands": bands_now(bands, **said("html.bands_chart")),
        "over": bands_over(bands, **said("html.over_chart")),
        "scores": scores(bands, marks, ends, **said("html.scores_chart")),
        "waterfall": waterfall(bands, scale.low or 0.0, **said("html.lost")),
        "trend": trend(bands, ends, **said("html.trend")),
    }
