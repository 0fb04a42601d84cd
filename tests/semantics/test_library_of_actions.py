"""The library: one action of a metric's type where its target is missed, reaching it brings points, and nothing else is written."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest

from scorecard import app
from scorecard.advice.playbook import advice
from scorecard.builtin.metrics import METRIC_TYPES
from scorecard.definition.check import check_text
from scorecard.hooks.conformance import record_issues
from scorecard.hooks.contracts import MetricType, SourceType
from scorecard.hooks.registry import Registry, resolve
from scorecard.model.action import Action
from scorecard.model.text import Text
from scorecard.report.advice import as_csv, given

URGENT = Action(id="urgent", text=Text({"en": "Call today", "zh": "今天致电"}), below=0.5, due="7 days", effort=1)
STEADY = Action(id="steady", text=Text.of("Make a plan for {c}"), due="1 month")
OTHER = Action(id="other", text=Text.of("Train the team"), due="2 weeks")


def mean_of(id, *actions):
    params = {"type": "object", "properties": {"column": {"type": "string"}}, "required": ["column"]}
    return MetricType(
        id=id, title=Text.of(id), params=params, doc="A mean.", formula=lambda params: f"mean({params['column']})", actions=actions
    )


GIVEN = SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="nowhere:open")
REGISTRY = Registry(sources={"given": GIVEN}, metric_types={"care": mean_of("care", URGENT, STEADY), "skill": mean_of("skill", OTHER)})
TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
groups: {g: {owner: Desk}}
defaults: {metrics: {source: roster, worst: 0, target: 100}}
metrics:
  a: {type: care, params: {column: a}, owner: Kim, weight: 2}
  b: {type: care, params: {column: b}, group: g}
  d: {type: skill, params: {column: d}, target: 80, applies_when: tier != "small"}
  e: {measure: mean(e)}
"""
ROSTER = {
    "c": ["v", "w", "x", "y", "z"],
    "tier": ["big", "big", "small", "big", "big"],
    "a": [20.0, 60.0, 100.0, None, 40.0],
    "b": [30.0, 90.0, 40.0, 100.0, 100.0],
    "d": [10.0, 80.0, 10.0, 95.0, 70.0],
    "e": [10.0] * 5,
}


def advised(text=TEXT, most=3, language="en", **changes):
    outcome = check_text(text, "test.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, outcome.issues
    evaluation = app.evaluate(outcome.scorecard, frames={"roster": pd.DataFrame({**ROSTER, **changes})}, plugins=REGISTRY)
    return evaluation, {lines[0].key[0]: lines for lines in given(evaluation, {}, language, most)}


def ids(lines):
    return [line.recommendation for line in lines]


def test_a_metric_gets_the_first_action_that_fits_and_that_no_metric_before_it_got():
    _, found = advised()
    assert {key: ids(lines) for key, lines in found.items()} == {
        "v": ["a.urgent", "d.other", "b.steady"],
        "w": ["a.steady"],
        "x": ["b.urgent"],
        "z": ["a.urgent", "d.other"],
    }


def test_each_says_what_who_when_and_what_it_brings():
    _, found = advised()
    first, _, third = found["v"]
    assert (first.action, first.owner, first.value, first.target, first.effort, first.library) == (
        "Call today",
        "Kim",
        "20",
        "100",
        1,
        True,
    )
    assert first.gain == pytest.approx(2 * 80 / 5)
    assert first.due is not None
    assert (third.action, third.owner) == ("Make a plan for v", "Desk")
    assert advised(language="zh")[1]["v"][0].action == "今天致电"


def test_nothing_is_offered_at_the_target_or_where_a_metric_is_missing_excluded_or_fixed():
    _, found = advised()
    assert "y" not in found
    assert all(line.about != "d" for line in found["x"])
    _, fixed = advised(TEXT.replace("owner: Kim", "fixed: true"))
    assert all(line.about != "a" for lines in fixed.values() for line in lines)
    exempt = """
period: {every: quarter}
exemptions: {e1: {of: a, when: c == "v", until: 2099-12-31, reason: moved, value: 10}}
"""
    assert all(line.about != "a" for line in advised(TEXT + exempt)[1]["v"])


def test_nothing_is_offered_that_a_rule_would_take_back():
    capped = TEXT + "rules: {stop: {when: e.value < 50, cap: red}}\ntotal: {round: {decimals: 1}}\n"
    low = {"a": [59.0] * 5, "b": [100.0] * 5, "d": [80.0] * 5, "e": [49.0] * 5}
    _, found = advised(capped, **low)
    assert not [line for lines in found.values() for line in lines if line.gain is None or abs(line.gain) < 1e-9]
    _, held = advised(capped, **{**low, "a": [99.0] * 5})
    assert held == {}


def test_what_is_written_about_a_metric_takes_the_place_of_the_library():
    written = TEXT + 'recommendations: {own: {of: a, when: a.value < 30, action: "Visit {c}"}}\n'
    _, found = advised(written)
    assert {key: ids(lines) for key, lines in found.items()} == {
        "v": ["own", "d.other", "b.urgent"],
        "w": ["b.steady"],
        "x": ["b.urgent"],
        "z": ["d.other"],
    }


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("schema: scorecard/1", "schema: scorecard/1\nlibrary: off", set()),
        ("owner: Kim", "owner: Kim, library: off", {"b.urgent", "b.steady", "d.other"}),
        ("schema: scorecard/1\n", "schema: scorecard/1\nlibrary: off\n", set()),
        ("{source: roster,", "{source: roster, library: off,", set()),
    ],
)
def test_the_library_can_be_off(old, new, left):
    _, found = advised(TEXT.replace(old, new))
    assert {line.recommendation for lines in found.values() for line in lines} == left


def test_a_metric_may_turn_it_on_again():
    text = TEXT.replace("schema: scorecard/1", "schema: scorecard/1\nlibrary: off").replace("owner: Kim", "owner: Kim, library: on")
    assert {line.about for lines in advised(text)[1].values() for line in lines} == {"a"}


def test_a_library_that_is_neither_on_nor_off_is_refused():
    outcome = check_text(TEXT.replace("schema: scorecard/1", "schema: scorecard/1\nlibrary: maybe"), "test.scorecard.yaml", REGISTRY)
    assert [issue.code for issue in outcome.issues] == ["SC103"]


def test_few_are_given_and_those_that_bring_the_most():
    assert ids(advised(most=1)[1]["v"]) == ["a.urgent"]
    assert ids(advised(most=2)[1]["v"]) == ["a.urgent", "d.other"]
    assert ids(advised(most=0)[1]["v"]) == ["a.urgent", "d.other", "b.steady"]
    written = TEXT + "recommendations: {e1: {of: e, when: e.value < 50, action: one}, e2: {of: e, when: e.value < 50, action: two}}\n"
    assert ids(advised(written, most=1)[1]["v"]) == ["e1", "e2"]
    assert ids(advised(written, most=3)[1]["v"]) == ["e1", "e2", "a.urgent"]


def test_no_two_say_the_same_for_one_entity_and_each_brings_points():
    rng = np.random.default_rng(5)
    size = 200
    roster = {name: rng.uniform(0, 110, size) for name in "abde"}
    outcome = check_text(TEXT, "test.scorecard.yaml", REGISTRY)
    frame = pd.DataFrame({"c": [f"k{row}" for row in range(size)], "tier": rng.choice(["big", "small"], size), **roster})
    evaluation = app.evaluate(outcome.scorecard, frames={"roster": frame}, plugins=REGISTRY)
    ((_, scores),) = evaluation.periods
    found = advice(evaluation, scores, np.arange(size), most=0)
    said = [(row, found.recommendations[which].action.into("en")) for row, which in zip(found.row, found.which, strict=True)]
    about = [(row, found.recommendations[which].of) for row, which in zip(found.row, found.which, strict=True)]
    assert len(said) == len(set(said)) == len(set(about)) > size
    assert (found.gain > 1e-9).all()


def test_tasks_have_their_own_owners_and_days_or_those_of_the_recommendation():
    text = (
        TEXT
        + """
recommendations:
  visit:
    of: a
    when: a.value < 30
    action: {en: "Visit {c}", zh: "拜访 {c}"}
    owner: "{tier} desk"
    due: 2026-12-31
    tasks:
      - {what: {en: "Call about {a.value}", zh: "就 {a.value} 致电"}, owner: Lee, due: 2026-12-01}
      - {what: "=Write it down"}
"""
    )
    evaluation, found = advised(text)
    visit = found["v"][0]
    assert [(step.what, step.owner, step.due) for step in visit.tasks] == [
        ("Call about 20", "Lee", "2026-12-01"),
        ("=Write it down", "big desk", "2026-12-31"),
    ]
    assert advised(text, language="zh")[1]["v"][0].tasks[0].what == "就 20 致电"
    rows = list(csv.DictReader(io.StringIO(as_csv(evaluation, [visit]))))
    assert [(row["recommendation"], row["task"], row["action"], row["owner"], row["due"]) for row in rows] == [
        ("visit", "", "Visit v", "big desk", "2026-12-31"),
        ("visit", "1", "Call about 20", "Lee", "2026-12-01"),
        ("visit", "2", "'=Write it down", "big desk", "2026-12-31"),
    ]
    assert [row["gain"] for row in rows][1:] == ["", ""]


@pytest.mark.parametrize(
    ("task", "code"),
    [("{what: 'Ask {nobody}'}", "SC213"), ("{what: x, due: soon}", "SC473"), ("{owner: Lee}", "SC102"), ("{what: x, who: y}", "SC104")],
)
def test_tasks_that_cannot_be_read(task, code):
    text = TEXT + f"recommendations: {{visit: {{of: a, when: a.value < 30, action: Visit, tasks: [{task}]}}}}\n"
    assert [issue.code for issue in check_text(text, "test.scorecard.yaml", REGISTRY).issues] == [code]


@pytest.mark.parametrize(
    "action",
    [
        Action(id="two words", text=Text.of("x")),
        Action(id="x", text=Text()),
        Action(id="x", text=Text.of("x"), due="soon"),
        Action(id="x", text=Text.of("x"), due="all"),
        Action(id="x", text=Text.of("x"), below=0),
        Action(id="x", text=Text.of("x"), effort=-1),
        "call them",
    ],
)
def test_an_action_that_cannot_be_used_is_an_issue_of_its_plugin(action):
    assert [issue.code for issue in record_issues(mean_of("own", action), "scorecard_metric_types")] == ["SC515"]
    assert not list(record_issues(mean_of("own", URGENT), "scorecard_metric_types"))
    assert [issue.code for issue in record_issues(mean_of("own", URGENT, URGENT), "scorecard_metric_types")] == ["SC515"]


@pytest.mark.parametrize("later", METRIC_TYPES, ids=lambda later: later.id)
def test_every_type_of_ours_says_what_to_do_far_from_the_target_and_near_it(later):
    actions = resolve(later.record).actions
    assert len(actions) >= 2
    assert actions[0].below < 1
    assert actions[-1].below == 1
    for action in actions:
        assert set(action.text.by_language) == {"en", "zh"}
        assert all(text and "{" not in text for text in action.text.by_language.values())
