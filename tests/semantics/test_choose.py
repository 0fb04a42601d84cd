"""`choose`: decision tables of labels and of values."""

from __future__ import annotations

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
defaults: {metrics: {worst: 0, target: 100}}
"""


def table(**columns):
    size = len(next(iter(columns.values())))
    return {"c": list("abcdefgh"[:size]), "tier": ["x"] * size, **columns}


def test_the_first_that_matches(evaluate):
    text = (
        HEAD
        + """
metrics:
  x: {}
  name: {weight: 0, choose: [{when: x.value >= 80, label: gold}, {when: x.value >= 50, label: silver}, {otherwise: tin}]}
  points: {choose: [{when: 'name.value == "gold"', value: x.value}, {when: 'name.value == "silver"', value: x.value / 2}, {otherwise: 7}]}
"""
    )
    scored = evaluate(text, t=table(x=[80.0, 79.999999999999, 60.0, 10.0, None]))
    assert scored.metric("name", "text") == {"a": "gold", "b": "gold", "c": "silver", "d": "tin", "e": None}
    assert scored.metric("points")["a"] == 80
    assert [scored.metric("points")[c] for c in "cde"] == [30, 7, None]
    assert scored.metric("points", "state")["e"] == "missing"


def test_an_unknown_condition_leaves_the_value_missing_unless_one_before_it_matched(evaluate):
    text = (
        HEAD
        + "metrics: {x: {}, y: {weight: 0}, z: {choose: [{when: x.value > 50, value: 1}, {when: y.value > 50, value: 2}, {otherwise: 3}]}}"
    )
    scored = evaluate(text, t=table(x=[60.0, 40.0, 40.0, None], y=[None, None, 60.0, 60.0]))
    assert scored.metric("z") == {"a": 1, "b": None, "c": 2, "d": None}


def test_nothing_matches_and_nothing_else_is_said(evaluate):
    text = HEAD + "metrics: {x: {}, z: {weight: 0, choose: [{when: x.value > 50, label: hi}]}}"
    scored = evaluate(text, t=table(x=[60.0, 40.0]))
    assert scored.metric("z", "text") == {"a": "hi", "b": None}
    assert scored.metric("z", "reason") == {"a": "", "b": "no_value"}


def test_labels_score_by_lookup(evaluate):
    text = (
        HEAD
        + "metrics: {x: {weight: 0}, z: {choose: [{when: x.value > 50, label: hi}, {otherwise: lo}], curve: {lookup: {hi: 90, lo: 10}}}}"
    )
    assert evaluate(text, t=table(x=[60.0, 40.0, None])).total() == {"a": 90, "b": 10, "c": None}


def test_a_decision_over_attributes_and_peers(evaluate):
    text = (
        HEAD
        + """
metrics:
  x: {}
  z: {choose: [{when: 'tier == "x" and peer_rank(x.value) == 1', value: 100}, {otherwise: 0}]}
"""
    )
    assert evaluate(text, t=table(x=[60.0, 40.0, 70.0], tier=["x", "x", "y"])).metric("z") == {"a": 0, "b": 0, "c": 0}
    assert evaluate(text, t=table(x=[60.0, 40.0, 70.0], tier=["x", "x", "x"])).metric("z") == {"a": 0, "b": 0, "c": 100}
