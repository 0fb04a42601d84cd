"""For programs: frames say what the command line says, and reports are written by the names of their files."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import scorecard
from scorecard.advice.levers import by_row
from scorecard.advice.levers import levers as found
from scorecard.errors import UsageError

TEXT = """
schema: scorecard/1
entity: {key: [c, p], roster: roster, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
total: {round: {decimals: 1}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster, worst: 0, target: 100}}
metrics:
  a: {weight: 2, title: {en: Alpha, zh: 甲}, unit: points}
  b: {weight: 3, applies_when: tier != "small"}
recommendations:
  ask:
    of: a
    when: a.score < 60
    action: {en: "{a.value}: ask", zh: "{a.value}：回访"}
    owner: Kim
    effort: 2
    tasks: [{what: Call}, {what: Visit, owner: Lee}]
library: off
"""
ROSTER = {
    "c": ["x", "x", "y"],
    "p": ["1", "2", "1"],
    "tier": ["big", "small", None],
    "a": [30.0, 55.0, None],
    "b": [90.0, 10.0, 100.0],
}


@pytest.fixture
def evaluation(evaluate):
    return evaluate(TEXT, roster=ROSTER).evaluation


def test_levers_are_those_of_every_entity_the_greatest_first(evaluation):
    ((_, scores),) = evaluation.periods
    rows = np.arange(len(scores))
    keys = zip(ROSTER["c"], ROSTER["p"], strict=True)
    expected = [
        (*key, one.metric, one.goal, one.value, one.needed, one.score, one.band, one.gain, one.total_band)
        for key, own in zip(keys, by_row(found(evaluation, scores, rows), rows), strict=True)
        for one in own
    ]
    frame = scorecard.levers(evaluation)
    assert list(frame.itertuples(index=False, name=None)) == expected
    assert set(frame["metric"]) == {"a", "b"}


def test_levers_of_one_entity_and_of_one_without_any(evaluation):
    assert set(scorecard.levers(evaluation, c="x", p=2)["metric"]) == {"a"}
    nobody = scorecard.levers(evaluation, c="y", p=1)
    assert nobody.empty
    assert list(nobody) == list(scorecard.levers(evaluation))


def test_what_is_advised_is_what_the_command_says(evaluation):
    frame = scorecard.advise(evaluation, language="zh")
    assert frame[["c", "p", "recommendation", "about", "action", "owner", "gain", "value", "target", "library"]].to_dict("records") == [
        {"c": "x", "p": "2", "recommendation": "ask", "about": "甲", "action": "55 分：回访", "owner": "Kim"}
        | {"gain": 45.0, "value": 55.0, "target": 100.0, "library": False},
        {"c": "x", "p": "1", "recommendation": "ask", "about": "甲", "action": "30 分：回访", "owner": "Kim"}
        | {"gain": 28.0, "value": 30.0, "target": 100.0, "library": False},
    ]
    assert frame["tasks"][0] == [{"what": "Call", "owner": "Kim", "due": None}, {"what": "Visit", "owner": "Lee", "due": None}]
    assert scorecard.advise(evaluation, c="y", p="1").empty


def test_what_would_be_is_a_row_per_entity_and_number(evaluation):
    frame = scorecard.whatif(evaluation, "a=50..70/20", "weight.b=2")
    assert frame.to_dict("list") == {
        "c": ["x", "x", "y"] * 2,
        "p": ["1", "2", "1"] * 2,
        "a": [50.0] * 3 + [70.0] * 3,
        "weight.b": [2.0] * 6,
        "score": [66.0, 55.0, 100.0] * 2,
        "band": ["amber", "red", "green"] * 2,
        "score_then": [70.0, 50.0, 75.0, 80.0, 70.0, 85.0],
        "band_then": ["amber", "red", "amber", "green", "amber", "green"],
        "change": pytest.approx([4.0, -5.0, -25.0, 14.0, 15.0, -15.0]),
    }
    assert list(scorecard.whatif(evaluation, "a=50", c="x", p="1")["score_then"]) == [74.0]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda e: scorecard.levers(e, c="z", p="1"), "SC707"),
        (lambda e: scorecard.advise(e, c="x"), "SC708"),
        (lambda e: scorecard.whatif(e, "a=1", period="2020"), "SC704"),
        (lambda e: scorecard.whatif(e, "nothing=1"), "SC731"),
        (lambda e: scorecard.write(e, "report.unheard"), "SC712"),
    ],
)
def test_what_is_not_there_is_said(evaluation, ask, code):
    with pytest.raises(UsageError) as stopped:
        ask(evaluation)
    assert [issue.code for issue in stopped.value.issues] == [code]


def test_reports_are_written_by_the_names_of_their_files(evaluation, tmp_path):
    written = scorecard.write(evaluation, tmp_path / "all.json", f"{tmp_path}/{{c}}/scores.csv", language="zh")
    assert written == [tmp_path / "all.json", tmp_path / "x" / "scores.csv", tmp_path / "y" / "scores.csv"]
    assert len(json.loads((tmp_path / "all.json").read_text("utf-8"))["entities"]) == 3
    assert list(pd.read_csv(tmp_path / "x" / "scores.csv")["p"]) == [1, 2]
