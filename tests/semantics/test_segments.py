# ruff: noqa: E501 - a definition stands on one line
"""Segments: layers under a condition; two that disagree; what they may change."""

from __future__ import annotations

import pytest

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier, region]}
sources: {t: {type: given}}
bands: {red: {from: 0}, amber: {from: 50}, green: {from: 80}}
defaults: {metrics: {worst: 0, target: 100}}
"""


def table(**columns):
    size = len(next(iter(columns.values())))
    return {"c": list("abcdefgh"[:size]), "tier": ["x"] * size, "region": ["n"] * size, **columns}


def test_a_segment_changes_its_keys_and_no_other(evaluate):
    text = (
        HEAD
        + """
groups: {g: {weight: 3}}
metrics: {x: {group: g, thresholds: {amber: 40, green: 60}}, y: {}, z: {group: g, weight: 0}}
segments:
  s: {when: tier == "s", metrics: {x: {worst: 20, target: 220, thresholds: {amber: null, green: 120}}, y: {weight: 0}}, groups: {g: {weight: 5, round: {decimals: 0}}}}
  t: {when: tier == "t", total: {coverage: 0.9}, metrics: {y: {missing: worst}}}
"""
    )
    scored = evaluate(text, t=table(x=[60.0] * 4, y=[None, 100.0, 100.0, None], z=[0.0] * 4, tier=["x", "s", None, "t"]))
    assert scored.metric("x", "score") == {"a": 80, "b": pytest.approx(32), "c": 80, "d": 80}
    assert scored.metric("x", "band") == {"a": "green", "b": "red", "c": "green", "d": "green"}
    assert scored.total() == {"a": 80, "b": 32, "c": 85, "d": None}
    assert scored.total("reason")["d"] == "coverage_too_low"
    assert scored.notes()["SC618"] == 1


def test_two_that_set_one_key_differently_fail_the_metric_and_are_named(evaluate):
    text = (
        HEAD
        + """
metrics: {x: {}, y: {}}
segments:
  s: {when: tier == "s", metrics: {x: {target: 200}, y: {target: 50}}}
  r: {when: region == "r", metrics: {x: {target: 150}, y: {target: 50, worst: 10}}}
"""
    )
    scored = evaluate(text, t=table(x=[50.0] * 3, y=[50.0] * 3, tier=["s", "s", "x"], region=["n", "r", "r"]))
    assert scored.metric("x", "reason") == {"a": "", "b": "segments_disagree", "c": ""}
    assert scored.metric("x", "score") == {"a": 25, "b": None, "c": pytest.approx(100 / 3)}
    assert scored.metric("y", "score")["b"] == 100
    assert set(scored.explain("b").total.children[0].disputed) == {"s", "r"}


@pytest.mark.parametrize("target", ["tier_target + 1", "120", "peer_max() * 2", "[40, 60]"])
def test_two_that_say_the_same_agree(evaluate, target):
    text = (
        HEAD.replace("region]", "region, tier_target]")
        + f"""
metrics: {{x: {{{"worst: [0, 100], target: [10, 90]" if "[" in target else ""}}}}}
segments:
  s: {{when: tier == "x", metrics: {{x: {{target: {target}}}}}}}
  r:   {{when: region == "n", metrics: {{x: {{target: {target}}}}}}}
"""
    )
    assert evaluate(text, t=table(x=[50.0], tier_target=[99.0])).metric("x", "state") == {"a": "measured"}


def test_the_order_of_segments_is_nothing(evaluate):
    parts = ["s: {when: tier == 's', metrics: {x: {target: 200}}}", "r: {when: region == 'r', metrics: {x: {worst: 10}, y: {weight: 3}}}"]
    given = table(x=[50.0, 60.0], y=[80.0, 90.0], tier=["s", "s"], region=["r", "n"])
    found = [
        evaluate(HEAD + "metrics: {x: {}, y: {}}\nsegments: {" + ", ".join(order) + "}", t=given).total() for order in (parts, parts[::-1])
    ]
    assert found[0] == found[1]
    assert found[0]["a"] == pytest.approx(((50 - 10) / 190 * 100 + 3 * 80) / 4)


def test_a_segment_may_change_where_a_metric_applies_and_its_curve(evaluate):
    text = (
        HEAD
        + """
metrics: {x: {}, y: {}}
segments: {s: {when: tier == "s", metrics: {x: {applies_when: region == "n"}, y: {curve: {steps: [{up_to: 10, score: 1}, {otherwise: 2}]}}}}}
"""
    )
    scored = evaluate(text, t=table(x=[50.0] * 3, y=[20.0] * 3, tier=["s", "s", "x"], region=["n", "m", "m"]))
    assert scored.metric("x", "state") == {"a": "measured", "b": "not_applicable", "c": "measured"}
    assert scored.metric("y", "score") == {"a": 2, "b": 2, "c": 20}


def test_many_segments_at_once(evaluate):
    segments = ", ".join(f"s{i}: {{when: 'x_{i} > 0', metrics: {{m{i}: {{target: 200}}}}}}" for i in range(20))
    metrics = ", ".join(f"m{i}: {{}}" for i in range(20))
    text = (
        HEAD.replace("region]", "region, " + ", ".join(f"x_{i}" for i in range(20)) + "]")
        + f"metrics: {{{metrics}}}\nsegments: {{{segments}}}"
    )
    given = table(**{f"m{i}": [100.0, 100.0] for i in range(20)}, **{f"x_{i}": [float(i % 2), 1.0] for i in range(20)})
    assert evaluate(text, t=given).total() == {"a": 75, "b": 50}


def test_a_segment_may_round_where_a_cap_by_band_needs_it_not(evaluate, codes):
    text = HEAD + "total: {round: {decimals: 0}}\nmetrics: {x: {}}\nrules: {r: {when: 'tier == \"s\"', cap: amber}}\n"
    text += "segments: {s: {when: tier == 's', total: {round: null}}}"
    if codes(text):
        return
    assert evaluate(text, t=table(x=[90.0], tier=["s"])).total()["a"] < 80


def test_the_origin_of_a_target_is_the_segment(evaluate):
    text = HEAD + "metrics: {x: {}}\nsegments: {s: {when: tier == 's', metrics: {x: {target: 0.9 * 100}}}}"
    scored = evaluate(text, t=table(x=[90.0, 90.0], tier=["s", "x"]))
    origins = [scored.explain(c).total.children[0].target_origin for c in "ab"]
    assert [(o.written, o.segment) for o in origins] == [("0.9 * 100", "s"), ("100", None)]


@pytest.mark.parametrize("truths", [[1.0, 0.0, None], ["是", "否", None], [True, False, None]])
def test_a_condition_may_be_nothing_but_an_attribute_of_yes_and_no(evaluate, truths):
    text = HEAD.replace("region", "vip") + "metrics: {x: {applies_when: vip}, y: {}}\nsegments: {s: {when: vip, metrics: {y: {weight: 3}}}}"
    records = {"c": list("abc"), "tier": ["x"] * 3, "vip": truths, "x": [100.0] * 3, "y": [0.0] * 3}
    assert evaluate(text, t=records).total() == {"a": 25, "b": 0, "c": 50}
