"""Recommendations: given where their condition holds, in words with the numbers put in, once, in the order of what they bring."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from scorecard.report.advice import as_csv, as_json, given

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [manager]}
period: {every: quarter}
bands: {red: {from: 0, title: {en: At risk, zh: 预警}}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}, answers: {type: given, time: at}}
groups: {g: {}}
defaults: {metrics: {source: answers, worst: 0, target: 100}}
metrics:
  a: {group: g, measure: mean(a), title: {en: Alpha, zh: 甲}, unit: points, decimals: 1}
  b: {group: g, measure: mean(b), weight: 3, applies_when: manager != "Lee"}
recommendations:
  ask:
    of: a
    when: a.band == "red"
    action: {en: "{a.value} of {a.target}: ask", zh: "{a.value}：回访"}
    owner: "{manager}"
    due: 14 days
    effort: 2
  again: {of: a, when: a.value < 50, action: {en: "{a.value} of {a.target}: ask", zh: "{a.value}：回访"}}
  train: {of: b, when: b.value < 50, action: Train the team, due: 2026-12-31, priority: 0}
  whole: {when: total.rank == 3, action: "Look at {c}, {total.band} {g.score}"}
total: {rank: {}}
"""
ROSTER = {"c": ["x", "y", "=z"], "manager": ["Kim", "Lee", "Kim"]}
ANSWERS = {"c": ["x", "y", "=z"], "at": ["2026-08-01"] * 3, "a": [30.0, 20.0, 90.0], "b": [40.0, 10.0, 95.0]}


@pytest.fixture
def evaluation(evaluate):
    return evaluate(TEXT, "2026-Q3", roster=ROSTER, answers=ANSWERS).evaluation


def by_key(evaluation, language="en", key=None):
    return {lines[0].key[0]: lines for lines in given(evaluation, key or {}, language)}


def test_each_is_given_where_its_condition_holds_with_its_numbers(evaluation):
    found = by_key(evaluation)
    assert list(found) == ["y", "x"]
    train, ask = found["x"]
    assert (train.recommendation, train.action, train.due, train.owner, train.gain) == (
        "train",
        "Train the team",
        "2026-12-31",
        None,
        pytest.approx(45),
    )
    assert (ask.recommendation, ask.action, ask.owner) == ("ask", "30.0 points of 100.0 points: ask", "Kim")
    assert (ask.value, ask.target, ask.gain, ask.effort) == ("30.0 points", "100.0 points", pytest.approx(17.5), 2)


def test_two_that_say_the_same_are_one_and_what_does_not_apply_is_left_alone(evaluation):
    assert [line.recommendation for line in by_key(evaluation)["y"]] == ["ask", "whole"]
    assert by_key(evaluation)["y"][1].action == "Look at y, At risk 20.0"


def test_languages(evaluation):
    assert by_key(evaluation, "zh")["x"][1].action == "30.0 分：回访"
    assert by_key(evaluation, "zh")["y"][1].action == "Look at y, 预警 20.0"


def test_one_entity_alone(evaluation):
    assert list(by_key(evaluation, key={"c": "y"})) == ["y"]
    assert by_key(evaluation, key={"c": "=z"}) == {}


@pytest.mark.parametrize(
    ("written", "due"), [("14 days", "2026-10-14"), ("2 weeks", "2026-10-14"), ("1 month", "2026-10-30"), ("year", "2027-09-30")]
)
def test_a_stretch_begins_where_the_period_ends(evaluate, written, due):
    found = evaluate(TEXT.replace("due: 14 days", f"due: {written}"), "2026-Q3", roster=ROSTER, answers=ANSWERS).evaluation
    assert by_key(found)["x"][1].due == due


def test_or_on_the_day_as_of_which_the_data_are_read(evaluate):
    found = evaluate(TEXT, "2026-Q3", as_of=date(2026, 9, 1), roster=ROSTER, answers=ANSWERS).evaluation
    assert by_key(found)["x"][1].due == "2026-09-15"


def test_records(evaluate):
    answers = {**ANSWERS, "a": [30.0, 20.0, 10.0]}
    found = evaluate(TEXT, "2026-Q3", roster=ROSTER, answers=answers).evaluation
    lines = [line for own in given(found, {}, "en") for line in own]
    records = json.loads(as_json(found, lines))
    assert records[0]["key"] == {"c": "y"}
    assert {record["recommendation"] for record in records} == {"ask", "train", "whole"}
    rows = list(csv.DictReader(io.StringIO(as_csv(found, lines))))
    assert {row["c"] for row in rows} == {"x", "y", "'=z"}
    assert [row["gain"] for row in rows if row["recommendation"] == "whole"] == [""]


@pytest.mark.parametrize("due", ["soon", "all", "2026-13-01"])
def test_a_due_date_that_cannot_be_read(codes, due):
    assert codes(TEXT.replace("due: 14 days", f"due: {due}")) == ["SC473"]
