"""What a period comes to in sentences: the signs where low scores are good, the same numbers as in the chart, owners of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from scorecard import app
from scorecard.definition.check import check_text
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.text import Text
from scorecard.report import figures, markdown
from scorecard.report.advised import to_many
from scorecard.report.charts.waterfall import waterfall_rows
from scorecard.report.headline import Headline
from scorecard.report.html.overview import Overview
from scorecard.report.office.everybody import Everybody
from scorecard.report.portfolio import Portfolio, portfolio

GIVEN = SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
REGISTRY = Registry(sources={"given": GIVEN})
DEMO = Path(__file__).parents[2] / "configs" / "demo" / "demo.scorecard.yaml"
TEXT = """
schema: scorecard/1
entity: {key: [c], roster: answers, attributes: [manager]}
direction: %(best)s
sources: {answers: {type: given}}
defaults: {metrics: {source: answers}}
metrics:
  x: {measure: mean(x), worst: %(worst)s, target: %(target)s}
  y: {measure: mean(y), worst: %(worst)s, target: %(target)s}
recommendations: {call: {of: y, when: y.score != %(target)s, action: Call, owner: "{manager}"}}
"""
LOWER = {"best": "lower", "worst": 100, "target": 0}
HIGHER = {"best": "higher", "worst": 0, "target": 100}


def together(answers: Sequence[tuple[float, float]], **ends: object) -> Portfolio:
    """Everybody's portfolio, of the values of x and y."""
    outcome = check_text(TEXT % ends, "test.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, outcome.issues
    rows = [(f"c{place}", f"m{place}", *values) for place, values in enumerate(answers)]
    frame = pd.DataFrame(rows, columns=["c", "manager", "x", "y"])
    evaluation = app.evaluate(outcome.scorecard, frames={"answers": frame}, plugins=REGISTRY)
    return portfolio(evaluation, *list(evaluation.periods)[-1])


def low() -> Portfolio:
    """Two whose y costs 40 and 35 points of a score that should be low."""
    return together([(10.0, 80.0), (20.0, 70.0)], **LOWER)


@pytest.mark.parametrize(
    ("language", "lever"),
    [
        ("en", "y at its target for 2 entities would lower the mean the most: by 37.5 points."),
        ("zh", "若 2 个对象的“y”达到目标，平均得分降低最多：37.5 分。"),
    ],
)
def test_where_low_is_good_a_target_lowers_the_mean(language: str, lever: str) -> None:
    assert Headline(low(), language).lever() == lever


def test_a_target_lifts_the_mean_where_high_is_good() -> None:
    found = Headline(together([(90.0, 20.0), (80.0, 30.0)], **HIGHER), "en")
    assert found.lever() == "y at its target for 2 entities would lift the mean the most: by 37.5 points."
    assert found.costs() == "What costs the most points on average: y (−37.5), x (−7.5)."


def test_a_cost_raises_a_score_that_should_be_low_in_every_report() -> None:
    found = low()
    said = "What costs the most points on average: y (+37.5), x (+7.5)."
    told = Overview(found, "en").told()
    assert said in told["headline"]
    assert [(row["label"], row["text"]) for row in told["charts"]["waterfall"]][1:3] == [("y", "+37.5"), ("x", "+7.5")]
    assert [(one["mean"], one["each"]) for one in told["potentials"]] == [("−37.5", "−37.5"), ("−7.5", "−7.5")]
    assert next(one["points"] for one in told["advised"]) == "−37.5"
    text = b"".join(markdown.write(found.evaluation, {})).decode()
    assert "y (+37.5)" in text
    assert "| +40.0 y, +5.0 x |" in text
    cells = [cell for page in Everybody(found, "en").pages() for table in page.tables for row in table.rows for cell in row]
    assert {"+37.5", "−37.5 (2)"} <= {cell for cell in cells if isinstance(cell, str)}


def test_costs_are_the_bars_of_the_chart() -> None:
    evaluation = app.evaluate(DEMO, period="2026-Q3")
    found = portfolio(evaluation, *list(evaluation.periods)[-1])
    headline = Headline(found, "en")
    assert found.mean is not None
    lost = {one.said: one.points for one in found.losses}
    bars = waterfall_rows(evaluation.scorecard, lost, found.mean, None, headline.decimals, "en")[1:4]
    assert headline.costs().endswith(": " + ", ".join(f"{bar['label']} ({bar['text']})" for bar in bars) + ".")


def test_costs_that_round_alike_still_add_up_as_in_the_chart() -> None:
    found = together([(100 - 2 * 3.25, 100 - 2 * 3.25)], **HIGHER)
    headline = Headline(found, "en")
    shown = [figures.points(points, 1) for points in headline.losses.values()]
    assert shown == ["3.3", "3.2"]
    assert headline.costs() == "What costs the most points on average: x (−3.3), y (−3.2)."


@pytest.mark.parametrize(("language", "owner"), [("en", "each one's manager"), ("zh", "各自的 manager")])
def test_an_owner_that_differs_is_each_ones(language: str, owner: str) -> None:
    found = low()
    assert to_many(found, next(one for one in found.advised if not one.library), 1, language).owner == owner
