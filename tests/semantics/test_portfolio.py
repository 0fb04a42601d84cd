"""All entities of a period together: counts, means, changes since the period before, losses that add up, what would bring most."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard import app
from scorecard.definition.check import check_text
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.state import Reason
from scorecard.model.text import Text
from scorecard.report.portfolio import Portfolio, portfolio

DEMO = Path(__file__).parents[2] / "configs" / "demo" / "demo.scorecard.yaml"
GIVEN = SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
REGISTRY = Registry(sources={"given": GIVEN})
TEXT = """
schema: scorecard/1
entity: {key: [c], roster: answers}
period: {every: quarter}
direction: %(best)s
bands: %(bands)s
sources: {answers: {type: given, time: at}}
defaults: {metrics: {source: answers}}
groups: {g: {weight: 1, missing: no_score}}
metrics:
  a: {group: g, measure: mean(a), worst: %(worst)s, target: %(target)s, weight: 3, missing: no_score}
  b: {measure: mean(b), worst: %(worst)s, target: %(target)s, weight: 1}
%(more)s
"""
HIGHER = {
    "best": "higher",
    "bands": "{red: {from: 0}, amber: {from: 60}, green: {from: 80}}",
    "worst": 0,
    "target": 100,
    "more": "recommendations: {call: {of: a, when: a.score < 50, action: Call}}",
}
AT = {"2026-Q1": "2026-02-01", "2026-Q2": "2026-05-01", "2026-Q3": "2026-08-01"}


def together(answers: dict[tuple[str, str], tuple[float | None, float | None]], period: str, before: int = 1, **words: object) -> Portfolio:
    """The portfolio of a period, of the values of a and b by entity and period."""
    outcome = check_text(TEXT % {**HIGHER, **words}, "test.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, outcome.issues
    rows = [(name, AT[label], *values) for (name, label), values in answers.items()]
    frame = pd.DataFrame(rows, columns=["c", "at", "a", "b"]).assign(at=lambda table: pd.to_datetime(table["at"]))
    evaluation = app.evaluate(outcome.scorecard, period=period, frames={"answers": frame}, before=before, plugins=REGISTRY)
    return portfolio(evaluation, *list(evaluation.periods)[-1])


NAMES = ("up", "down", "same", "new", "mute")
THREE = {
    ("up", "2026-Q2"): (50.0, 50.0),
    ("down", "2026-Q2"): (90.0, 90.0),
    ("same", "2026-Q2"): (70.0, 70.0),
    ("mute", "2026-Q2"): (80.0, 80.0),
    ("up", "2026-Q3"): (100.0, 60.0),
    ("down", "2026-Q3"): (40.0, 80.0),
    ("same", "2026-Q3"): (70.0, 70.0),
    ("new", "2026-Q3"): (65.0, 65.0),
    ("mute", "2026-Q3"): (None, 80.0),
}


def test_counts_means_and_bands() -> None:
    found = together(THREE, "2026-Q3")
    # a is alone in its group of weight 1, b weighs 1: the score is their mean
    assert found.count == 5
    assert found.scored == 4
    assert found.unscored == {Reason.CHILDREN_MISSING: 1}
    assert found.mean == pytest.approx((80 + 60 + 70 + 65) / 4)
    assert found.median == pytest.approx(67.5)
    assert [(one.band, one.count, one.before) for one in found.bands] == [("green", 1, 2), ("amber", 3, 1), ("red", 0, 1)]
    names = found.evaluation.keys(found.scores)["c"]
    assert [names[row] for row in found.worst] == ["down", "new"]
    assert [names[row] for row in found.best] == ["up", "same"]


def test_changes_name_who_rose_and_who_fell() -> None:
    found = together(THREE, "2026-Q3").changes
    assert found is not None
    assert found.period.label == "2026-Q2"
    assert (found.both, found.risen, found.fallen, found.better, found.worse) == (3, 1, 1, 1, 1)
    assert found.mean == pytest.approx((30 - 30 + 0) / 3)
    assert [(one.then, one.now, one.band_then, one.band_now) for one in found.risers] == [(50, 80, "red", "green")]
    assert [(one.then, one.now, one.band_then, one.band_now) for one in found.fallers] == [(90, 60, "green", "amber")]


def test_where_low_is_good_who_went_down_has_risen() -> None:
    lower = {"best": "lower", "bands": "{green: {from: 0}, amber: {from: 65}, red: {from: 85}}", "worst": 100, "target": 0, "more": ""}
    found = together(THREE, "2026-Q3", **lower)
    changes = found.changes
    assert changes is not None
    assert [one.band for one in found.bands] == ["green", "amber", "red"]
    assert [(one.then, one.now, one.band_then, one.band_now) for one in changes.risers] == [(90, 60, "red", "green")]
    assert [(one.then, one.now, one.band_then, one.band_now) for one in changes.fallers] == [(50, 80, "green", "amber")]
    assert (changes.risen, changes.fallen) == (1, 1)
    assert (changes.better, changes.worse) == (1, 1)


def test_without_a_period_before_nothing_is_compared() -> None:
    first = together(THREE, "2026-Q2")
    assert first.changes is None
    assert {one.before for one in first.bands} == {None}
    assert together(THREE, "2026-Q3", before=0).changes is None


def test_a_period_that_is_not_directly_before_is_no_period_before() -> None:
    gap = {(name, "2026-Q1" if label == "2026-Q2" else label): values for (name, label), values in THREE.items()}
    found = together(gap, "2026-Q3", before=2)
    assert [period.label for period, _ in found.earlier] == ["2026-Q1"]
    assert found.before is None


def test_standings_follow_the_file() -> None:
    found = together(THREE, "2026-Q3").standings
    assert [(one.node, one.metric, one.parent, one.depth, one.scored) for one in found] == [
        ("g", False, "total", 1, 4),
        ("a", True, "g", 2, 4),
        ("b", True, "total", 1, 5),
    ]
    assert found[2].mean == pytest.approx((60 + 80 + 70 + 65 + 80) / 5)
    assert [(period.label, mean) for period, mean in found[2].history] == [("2026-Q2", pytest.approx(72.5))]


def test_what_would_bring_most_and_to_whom_it_is_advised() -> None:
    found = together(THREE, "2026-Q3")
    # half of every score is a's: 40, 70, 65 are short of 100 by 125 together, which is 62.5 points of the totals
    assert [(one.metric, one.entities, one.points) for one in found.potentials] == [
        ("a", 3, pytest.approx(62.5)),
        ("b", 4, pytest.approx(62.5)),
    ]
    assert [(one.recommendation.id, one.entities, one.points) for one in found.advised if not one.library] == [
        ("call", 1, pytest.approx(30.0))
    ]


def test_nobody_scored() -> None:
    found = together({("x", "2026-Q3"): (None, 5.0)}, "2026-Q3")
    assert (found.scored, found.mean, found.median, found.losses, len(found.best), len(found.worst)) == (0, None, None, (), 0, 0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=12))
def test_losses_sum_to_the_best_score_less_the_mean(values: list[tuple[float, float]]) -> None:
    found = together({(f"c{at}", "2026-Q3"): pair for at, pair in enumerate(values)}, "2026-Q3")
    assert found.mean is not None
    assert sum(one.points for one in found.losses) == pytest.approx(100 - found.mean, abs=1e-9)
    assert not set(found.best.tolist()) & set(found.worst.tolist())


def test_the_demo_adds_up() -> None:
    evaluation = app.evaluate(DEMO, period="2026-Q3", before=3)
    found = portfolio(evaluation, *list(evaluation.periods)[-1])
    assert found.mean is not None
    assert found.changes is not None
    assert sum(one.points for one in found.losses) == pytest.approx(100 - found.mean, abs=1e-9)
    assert sum(one.count for one in found.bands) == found.count
    frame = evaluation.scores
    assert found.mean == pytest.approx(frame["score"].mean())
    assert len(found.standings[0].history) == 4
    assert np.all(np.diff([one.points for one in found.potentials]) <= 0)
