"""What would bring the most: a bar per metric, as long as the points of the total that it would bring.

Rows `levers`: order, label, points and text (as printed behind the bar).
"""

from __future__ import annotations

import numpy as np

from scorecard.advice.levers import by_row
from scorecard.advice.levers import levers as levers_of
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.charts.theme import LIGHT, WIDTH, Heading, Row, Spec, Theme, bars_by_name, length, spec
from scorecard.report.labels import node_of
from scorecard.report.points import change_of
from scorecard.report.portfolio import Portfolio

NAME = "levers"
_STEP = 32
_MOST = 12
"""bars"""
_ROOM = 190
"""pixels behind a bar for what it says"""


def levers(*, heading: Heading | None = None, theme: Theme = LIGHT, width: int | str = WIDTH) -> Spec:
    """Horizontal bars, the longest on top."""
    return spec(
        NAME,
        theme,
        heading or Heading(),
        width,
        height={"step": _STEP},
        encoding={
            "y": bars_by_name(NAME),
            "x": {"field": "points", "type": "quantitative", "axis": None, "scale": {"nice": False, **length(_ROOM)}},
        },
        layer=[
            {"mark": {"type": "bar", "height": {"band": 0.66}, "color": theme.lost}},
            {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {"text": {"field": "text", "type": "nominal"}}},
        ],
    )


def everybody_rows(portfolio: Portfolio, language: str) -> list[Row]:
    """The metrics that would bring the most over everybody at their targets, each alone."""
    scorecard = portfolio.evaluation.scorecard
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    found = []
    for order, one in enumerate(portfolio.potentials[:_MOST]):
        points = figures.gained(change_of(-one.points, scorecard.scale), decimals, language)
        text = say(
            "chart.lever.one" if one.entities == 1 else "chart.lever", language, points=points, count=figures.count(one.entities, language)
        )
        found.append({"order": order, "label": node_of(scorecard, one.metric, language), "points": one.points, "text": text})
    return found


def entity_rows(portfolio: Portfolio, row: int, language: str) -> list[Row]:
    """The metrics that would bring one entity the most at their targets, each alone, with the value that takes."""
    scorecard = portfolio.evaluation.scorecard
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    rows = np.array([row], dtype=np.intp)
    own = by_row(levers_of(portfolio.evaluation, portfolio.scores, rows), rows)[0]
    found: list[Row] = []
    for one in [lever for lever in own if lever.goal == "target"][:_MOST]:
        metric = scorecard.metrics[one.metric]
        change = figures.change(*(figures.value(end, metric.unit, metric.decimals, language) for end in (one.value, one.needed)))
        text = say("chart.lever.own", language, points=figures.gained(one.gain, decimals), change=change)
        found.append({"order": len(found), "label": node_of(scorecard, one.metric, language), "points": abs(one.gain), "text": text})
    return found
