# ruff: noqa: E501 - a definition stands on one line
"""Rules: order of kinds, caps by band, rounding, dates, unknown conditions."""

from __future__ import annotations

import pytest

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}, frozen: {}}
defaults: {metrics: {worst: 0, target: 100}}
"""
METRICS = "metrics: {x: {}, y: {weight: 0}}\n"


def table(**columns):
    size = len(next(iter(columns.values())))
    return {"c": list("abcdefgh"[:size]), "tier": ["x"] * size, "y": [1.0] * size, **columns}


def total(evaluate, rules, x, column="score", more="", period=None):
    text = HEAD + METRICS + more + f"rules: {{{rules}}}\n"
    return list(evaluate(text, period, t=table(x=x)).total(column).values())


ALWAYS = "'tier == \"x\"'"


def test_the_kinds_act_in_a_fixed_order_whatever_the_order_written(evaluate):
    rules = [
        f"c: {{when: {ALWAYS}, cap: 90}}",
        f"r: {{when: {ALWAYS}, raise_to: 70}}",
        f"m: {{when: {ALWAYS}, multiply: 2}}",
        f"a: {{when: {ALWAYS}, add: 10}}",
    ]
    for order in (rules, rules[::-1]):
        assert total(evaluate, ", ".join(order), [0.0, 10.0, 30.0, 40.0]) == [70, 70, 80, 90]


def test_adds_add_up_the_lowest_cap_and_the_highest_raise_win(evaluate):
    rules = f"a: {{when: {ALWAYS}, add: 5}}, b: {{when: {ALWAYS}, add: -10}}"
    assert total(evaluate, rules, [50.0, 3.0, 0.0]) == [45, 0, 0]
    rules = f"a: {{when: {ALWAYS}, cap: 50}}, b: {{when: {ALWAYS}, cap: 30}}, d: {{when: 'tier == \"q\"', cap: 10}}"
    assert total(evaluate, rules, [100.0, 20.0]) == [30, 20]
    rules = f"a: {{when: {ALWAYS}, raise_to: 50}}, b: {{when: {ALWAYS}, raise_to: 30}}"
    assert total(evaluate, rules, [0.0, 60.0]) == [50, 60]


@pytest.mark.parametrize(("decimals", "expected"), [(0, 79), (1, 79.9), (2, 79.99)])
def test_a_cap_by_band_is_the_highest_score_shown_as_that_band(evaluate, decimals, expected):
    more = f"total: {{round: {{decimals: {decimals}}}}}\n"
    assert total(evaluate, f"c: {{when: {ALWAYS}, cap: amber}}", [100.0, 40.0], more=more) == [expected, 40]
    assert total(evaluate, f"c: {{when: {ALWAYS}, cap: amber}}", [100.0, 40.0], "band", more) == ["amber", "red"]


def test_a_cap_by_band_needs_rounding(codes):
    assert codes(HEAD + METRICS + f"rules: {{c: {{when: {ALWAYS}, cap: amber}}}}") == ["SC420"]


def test_a_raise_to_a_band_is_where_it_begins(evaluate):
    assert total(evaluate, f"c: {{when: {ALWAYS}, raise_to: amber}}", [10.0, 90.0]) == [60, 90]


def test_a_band_rule_changes_the_band_alone(evaluate):
    assert total(evaluate, f"c: {{when: {ALWAYS}, band: frozen}}", [10.0, None]) == [10, None]
    assert total(evaluate, f"c: {{when: {ALWAYS}, band: frozen}}", [10.0, None], "band") == ["frozen", None]


def test_rounding_comes_before_rules_and_after_them(evaluate):
    more = "total: {round: {decimals: 0}}\n"
    assert total(evaluate, "c: {when: total.score >= 60, add: 0.4}", [59.5, 59.4, 60.4], more=more) == [60, 59, 60]


def test_a_rule_sees_the_score_before_its_own_rules(evaluate):
    rules = "a: {when: total.score < 50, add: 20}, b: {when: total.score > 50, add: 1}"
    assert total(evaluate, rules, [40.0, 60.0]) == [60, 61]
    rules = "a: {when: total.score < 50, add: 20}, b: {when: 'total.band == \"red\"', add: 1}"
    assert total(evaluate, rules, [40.0, 59.0]) == [61, 60]


def test_a_rule_acts_on_its_node_before_the_parent_is_computed(evaluate):
    text = (
        HEAD
        + "groups: {g: {}}\nmetrics: {x: {group: g}, y: {}}\n"
        + f"rules: {{c: {{of: g, when: {ALWAYS}, cap: 50}}, d: {{of: x, when: x.value > 99, cap: 80}}}}"
    )
    scored = evaluate(text, t=table(x=[100.0, 90.0, 40.0], y=[0.0] * 3))
    assert scored.metric("x", "score") == {"a": 80, "b": 90, "c": 40}
    assert scored.group("g", "raw") == {"a": 80, "b": 90, "c": 40}
    assert scored.total() == {"a": 25, "b": 25, "c": 20}
    rules = scored.explain("a").total.children[0].rules
    assert [(rule.id, rule.change) for rule in rules] == [("c", -30)]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("from: 2026-06-30", 10),
        ("from: 2026-07-01", 50),
        ("until: 2026-06-30", 10),
        ("until: 2026-06-29", 50),
        ("from: 2026-01-01, until: 2026-12-31", 10),
    ],
)
def test_dates_are_judged_on_the_last_day(evaluate, dates, expected):
    more = "period: {every: quarter}\n"
    assert total(evaluate, f"c: {{when: {ALWAYS}, cap: 10, {dates}}}", [50.0], more=more, period="2026-Q2") == [expected]


def test_an_unknown_rule_does_not_fire_is_counted_and_keeps_gates_open(evaluate):
    text = (
        HEAD
        + "metrics: {x: {}, y: {weight: 0}}\nrules: {v: {when: y.value > 0, cap: 20}}\ngates: {g: {require: total.score >= 10}, h: {require: total.score < 10}}"
    )
    scored = evaluate(text, t=table(x=[80.0, 80.0, 80.0], y=[1.0, None, 0.0]))
    assert scored.total() == {"a": 20, "b": 80, "c": 80}
    assert scored.notes()["SC619"] == 1
    assert scored.total("low") == {"a": 20, "b": 20, "c": 80}
    gates = scored.gates()
    assert (gates["g"].holds, gates["g"].unknown, gates["g"].passed) == (2, 1, False)
    assert gates["g"].unjudged == ("b",)
    assert gates["h"].fails == 3


def test_an_amount_that_is_missing_leaves_no_score_and_says_so(evaluate):
    scored = evaluate(
        HEAD + "metrics: {x: {}, y: {weight: 0}}\nrules: {v: {when: x.value > 0, add: y.value}}", t=table(x=[80.0, 80.0], y=[1.0, None])
    )
    assert scored.total() == {"a": 81, "b": None}
    assert scored.total("state") == {"a": "measured", "b": "missing"}
    assert scored.total("band") == {"a": "green", "b": None}


def test_amounts_do_not_turn_where_lower_is_better(evaluate):
    text = HEAD + "direction: lower\n" + METRICS + f"rules: {{a: {{when: {ALWAYS}, add: 5}}, c: {{when: {ALWAYS}, cap: 50}}}}"
    scored = evaluate(text, t=table(x=[100.0, 60.0, 0.0]))
    assert scored.total() == {"a": 5, "b": 45, "c": 50}
    assert scored.total("band") == {"a": "red", "b": "red", "c": "red"}


def test_a_rule_that_moves_nothing_still_fired(evaluate):
    scored = evaluate(HEAD + METRICS + f"rules: {{c: {{when: {ALWAYS}, cap: 90}}}}", t=table(x=[40.0]))
    (rule,) = scored.explain("a").total.rules
    assert (rule.fired.name, rule.change) == ("YES", 0)


def test_no_score_stays_no_score(evaluate):
    assert total(evaluate, f"c: {{when: {ALWAYS}, raise_to: 90}}", [None]) == [None]


@pytest.mark.parametrize(
    "when", ["x.value > 0 and y.value > 0", "y.value > 0 or x.value > 0", "not (y.value > 0)", "y.value in (1, 2)", "is_null(y.value)"]
)
def test_unknown_is_three_valued(evaluate, when):
    expected = {
        "x.value > 0 and y.value > 0": 80,
        "y.value > 0 or x.value > 0": 10,
        "not (y.value > 0)": 80,
        "y.value in (1, 2)": 80,
        "is_null(y.value)": 10,
    }
    text = HEAD + f"metrics: {{x: {{}}, y: {{weight: 0}}}}\nrules: {{v: {{when: '{when}', cap: 10}}}}"
    assert evaluate(text, t=table(x=[80.0], y=[None])).total() == {"a": expected[when]}


def test_the_target_of_a_metric_without_one_is_unknown(evaluate):
    text = (
        HEAD.replace("defaults: {metrics: {worst: 0, target: 100}}", "")
        + """
metrics: {x: {worst: 0, target: 100}, y: {weight: 0}}
rules: {v: {when: x.score > y.target, cap: 10}, w: {when: is_null(y.target), add: 1}}
segments: {s: {when: 'tier == "q"', metrics: {y: {worst: 0, target: 5}}}}
"""
    )
    assert evaluate(text, t=table(x=[80.0, 80.0], tier=["x", "q"])).total() == {"a": 81, "b": 10}


def test_the_target_of_a_range_cannot_be_compared(evaluate):
    text = HEAD + "metrics: {x: {worst: [0, 100], target: [40, 60]}, y: {weight: 0}}\nrules: {v: {when: x.value > x.target, cap: 10}}"
    assert evaluate(text, t=table(x=[50.0])).total() == {"a": 100}


def test_the_weight_of_a_metric_can_be_read(evaluate):
    assert total(evaluate, "v: {when: x.weight > 0.5, add: -1}", [50.0]) == [49]
