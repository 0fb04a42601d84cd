"""Metric types whose formula reads other metrics: they need no source, and are checked as a measure over nodes is."""

from __future__ import annotations

from scorecard import app
from scorecard.definition.check import check_text

HEAD = """
entity: {key: [id]}
period: {every: quarter}
sources:
  orders: {type: inline, time: at, rows: [{id: a, at: 2026-01-01, v: 10}, {id: a, at: 2026-04-01, v: 13}, {id: a, at: 2026-07-01, v: 14}]}
  visits: {type: inline, rows: [{id: a}]}
"""
LEVEL = "level: {source: orders, measure: sum(v), worst: 0, target: 100}"


def _outcome(metrics: str, head: str = HEAD):
    return check_text(f"{head}\nmetrics: {{{metrics}}}", "test.scorecard.yaml", app.registry())


def test_of_several_sources_none_is_asked_for() -> None:
    outcome = _outcome(f"{LEVEL}, pace: {{type: trend, params: {{of: level, periods: 3}}, worst: 0, target: 4}}", _with_roster())
    assert outcome.issues == ()
    assert outcome.scorecard is not None
    assert outcome.scorecard.metrics["pace"].source is None


def test_the_explanation_shows_the_formula_and_what_it_read() -> None:
    outcome = _outcome(f"{LEVEL}, pace: {{type: trend, params: {{of: level, periods: 3}}, worst: 0, target: 4}}", _with_roster())
    assert outcome.scorecard is not None
    story = app.evaluate(outcome.scorecard, period="2026-Q3").explain("2026-Q3", id="a")
    pace = next(node for node in story.total.children if node.id == "pace")
    assert pace.measure == "(2 * level.value + 0 * previous(level.value) - 2 * previous(level.value, 2)) / 4"
    assert (pace.value, pace.score, pace.records) == (2, 50, None)
    assert dict(pace.inputs) == {"level.value": 14, "previous(level.value)": 13, "previous(level.value, 2)": 10}


def test_what_chooses_records_means_nothing() -> None:
    codes = [
        issue.code for issue in _outcome(f"{LEVEL}, pace: {{type: trend, params: {{of: level}}, window: year}}", _with_roster()).issues
    ]
    assert codes == ["SC217"]


def test_a_default_source_and_window_are_no_fault() -> None:
    head = _with_roster() + "defaults: {metrics: {source: orders, window: year, worst: 0, target: 1}}"
    assert _outcome("level: {measure: sum(v)}, pace: {type: trend, params: {of: level}}", head).issues == ()


def test_without_periods_there_is_nothing_to_look_back_to() -> None:
    head = _with_roster().replace("period: {every: quarter}\n", "")
    issues = _outcome(f"{LEVEL}, pace: {{type: trend, params: {{of: level}}}}", head).issues
    assert {issue.code for issue in issues} == {"SC310"}


def test_a_circle_through_the_past_is_found_without_data() -> None:
    metrics = "a: {measure: 2 * b.value, worst: 0, target: 1}, b: {type: volatility, params: {of: a}, worst: 0, target: 1}"
    assert [issue.code for issue in _outcome(metrics, _with_roster()).issues] == ["SC218"]


def _with_roster() -> str:
    return HEAD.replace("{key: [id]}", "{key: [id], roster: visits}")
