# ruff: noqa: E501 - a definition stands on one line
"""What is not measured: policies, fillers, coverage, bounds."""

from __future__ import annotations

import pytest

from scorecard.errors import DefinitionError

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
bands: {red: {from: 0}, green: {from: 50}}
defaults: {metrics: {worst: 0, target: 100}}
"""
X, Y = [100.0, 100.0, None], [50.0, None, None]


DATED = HEAD + "period: {every: year}\n"


def exempt(what, when):
    return f"exemptions: {{e: {{of: y, when: '{when}', {what}, until: 2026-12-31, reason: r}}}}\n"


def table(**columns):
    size = len(next(iter(columns.values())))
    return {"c": list("abcdefgh"[:size]), "tier": ["x"] * size, **columns}


@pytest.mark.parametrize(
    ("missing", "expected", "coverage"),
    [
        ("skip", {"a": 75, "b": 100, "c": None}, {"a": 1, "b": 0.5, "c": 0}),
        ("no_score", {"a": 75, "b": None, "c": None}, {"a": 1, "b": 0.5, "c": 0}),
        ("worst", {"a": 75, "b": 50, "c": 0}, {"a": 1, "b": 0.5, "c": 0}),
        ("30", {"a": 75, "b": 65, "c": 30}, {"a": 1, "b": 0.5, "c": 0}),
    ],
)
def test_what_the_parent_does_with_a_gap(evaluate, missing, expected, coverage):
    scored = evaluate(HEAD + f"metrics: {{x: {{}}, y: {{missing: {missing}}}}}", t=table(x=X, y=Y))
    assert scored.total() == expected
    assert scored.total("coverage") == coverage


def test_in_a_sum_a_gap_adds_nothing(evaluate):
    text = HEAD + "total: {aggregation: sum}\nmetrics: {x: {weight: 0.5}, y: {weight: 0.5}}"
    assert evaluate(text, t=table(x=X, y=Y)).total() == {"a": 75, "b": 50, "c": None}


def test_no_score_climbs_until_a_group_speaks(evaluate):
    text = (
        HEAD
        + """
groups: {outer: {missing: 20}, inner: {group: outer, missing: no_score}}
metrics: {x: {group: outer}, y: {group: inner, missing: no_score}, k: {}}
"""
    )
    scored = evaluate(text, t=table(x=X, y=Y, k=[100.0] * 3))
    assert scored.group("outer") == {"a": 75, "b": None, "c": None}
    assert scored.total() == {"a": 87.5, "b": 60, "c": 60}


def test_a_failed_metric_is_never_filled(evaluate):
    text = HEAD + "metrics: {x: {}, y: {missing: worst, curve: {steps: [{up_to: 50, score: 40}]}}}"
    scored = evaluate(text, t=table(x=[100.0, 100.0, 100.0], y=[50.0, 51.0, None]))
    assert scored.metric("y", "reason") == {"a": "", "b": "curve_does_not_cover", "c": "no_value"}
    assert scored.total() == {"a": 70, "b": None, "c": 50}


def test_not_applicable_and_excluded_always_skip(evaluate):
    text = (
        DATED
        + exempt("exclude: true", 'c == "b" or c == "c"')
        + """
metrics: {x: {}, z: {missing: worst, applies_when: tier == "x"}, y: {missing: no_score}}
"""
    )
    t = table(x=[100.0] * 4, z=[None, None, 50.0, 50.0], y=[100.0, None, 0.0, None], tier=["x", "y", "y", "x"])
    scored = evaluate(text, "2026", t=t)
    assert scored.metric("z", "state") == {"a": "missing", "b": "not_applicable", "c": "not_applicable", "d": "measured"}
    assert scored.metric("y", "state") == {"a": "measured", "b": "excluded", "c": "excluded", "d": "missing"}
    assert scored.total() == {"a": pytest.approx(200 / 3), "b": 100, "c": 100, "d": None}
    assert scored.total("coverage")["b"] == 1


def test_a_group_with_only_those_is_not_applicable(evaluate):
    text = HEAD + 'groups: {g: {missing: worst}}\nmetrics: {x: {}, y: {group: g, applies_when: tier == "x"}}'
    scored = evaluate(text, t=table(x=[80.0] * 2, y=[None, None], tier=["x", "y"]))
    assert scored.group("g", "state") == {"a": "missing", "b": "not_applicable"}
    assert scored.total() == {"a": 40, "b": 80}


def test_what_is_shown_and_not_counted_does_not_make_a_group_applicable(evaluate):
    groups = "groups: {g: {missing: no_score}}\n"
    text = HEAD + groups + "metrics: {x: {group: g, weight: 0}, y: {group: g, applies_when: tier != 'x'}, z: {}}"
    scored = evaluate(text, t=table(x=X, y=X, z=X))
    assert scored.total() == {"a": 100, "b": 100, "c": None}


def test_an_unknown_applies_when_applies_and_is_reported(evaluate):
    scored = evaluate(HEAD + 'metrics: {x: {}, y: {applies_when: tier == "x"}}', t=table(x=[100.0] * 3, y=[0.0] * 3, tier=["x", "y", None]))
    assert scored.total() == {"a": 50, "b": 100, "c": 50}
    assert scored.notes()["SC640"] == 1


def test_an_unknown_exemption_does_not_exempt_and_is_reported(evaluate):
    text = DATED + exempt("exclude: true", 'tier == "y"') + "metrics: {x: {}, y: {}}"
    scored = evaluate(text, "2026", t=table(x=[100.0] * 3, y=[0.0] * 3, tier=["x", "y", None]))
    assert scored.total() == {"a": 50, "b": 100, "c": 50}
    assert scored.notes()["SC641"] == 1


def test_an_exemption_may_give_a_value_which_counts_as_not_measured(evaluate):
    text = DATED + exempt("value: 40", 'c == "b"') + "metrics: {x: {}, y: {}}"
    scored = evaluate(text, "2026", t=table(x=[100.0] * 2, y=[0.0, None]))
    assert scored.metric("y") == {"a": 0, "b": 40}
    assert scored.total() == {"a": 50, "b": 70}
    assert scored.total("coverage") == {"a": 1, "b": 0.5}


def test_an_exemption_that_gives_nothing_leaves_the_metric_missing(evaluate):
    text = DATED + exempt("value: 'if_else(tier == \"y\", 1, null)'", 'c == "b"') + "metrics: {x: {}, y: {}}"
    scored = evaluate(text, "2026", t=table(x=[100.0] * 2, y=[0.0, 0.0]))
    assert scored.metric("y", "state") == {"a": "measured", "b": "missing"}


@pytest.mark.parametrize(
    ("dates", "period", "excluded"),
    [
        ("until: 2026-06-30", "2026-Q2", True),
        ("until: 2026-06-29", "2026-Q2", False),
        ("from: 2026-06-30, until: 2027-01-01", "2026-Q2", True),
        ("from: 2026-07-01, until: 2027-01-01", "2026-Q2", False),
        ("from: 2026-07-01, until: 2027-01-01", "2026-Q3", True),
        ("from: 2026-07-01, until: 2027-01-01", "2027-Q1", False),
    ],
)
def test_an_exemption_is_judged_on_the_periods_last_day(evaluate, dates, period, excluded):
    text = DATED.replace("every: year", "every: quarter")
    text += f"exemptions: {{e: {{of: y, when: 'c == \"a\"', exclude: true, {dates}, reason: r}}}}\nmetrics: {{x: {{}}, y: {{}}}}"
    assert evaluate(text, period, t=table(x=[100.0], y=[0.0])).total() == {"a": 100 if excluded else 50}


def test_coverage_below_the_least_leaves_no_score_and_the_band_insufficient(evaluate):
    text = HEAD + "total: {coverage: 0.7}\nmetrics: {x: {weight: 7}, y: {weight: 3}}"
    scored = evaluate(text, t=table(x=[100.0, 100.0, None], y=[50.0, None, 50.0]))
    assert scored.total() == {"a": 85, "b": 100, "c": None}
    assert scored.total("band") == {"a": "green", "b": "green", "c": "insufficient"}
    assert scored.total("reason")["c"] == "coverage_too_low"
    assert scored.total("low")["c"] == 15
    assert scored.total("high")["c"] == 85


def test_coverage_of_a_group_lets_its_own_missing_speak_and_is_not_inherited(evaluate):
    text = HEAD + "groups: {g: {coverage: 0.6, missing: 10}}\nmetrics: {x: {group: g}, y: {group: g}, z: {}}"
    scored = evaluate(text, t=table(x=[100.0, 100.0], y=[50.0, None], z=[100.0, None]))
    assert scored.group("g") == {"a": 75, "b": None}
    assert scored.total() == {"a": 87.5, "b": 10}
    assert scored.total("coverage") == {"a": 1, "b": 0.25}


def test_weight_zero_is_in_neither_sum(evaluate):
    scored = evaluate(HEAD + "metrics: {x: {}, y: {weight: 0, missing: no_score}}", t=table(x=X, y=Y))
    assert scored.total() == {"a": 100, "b": 100, "c": None}
    assert scored.total("coverage") == {"a": 1, "b": 1, "c": 0}


@pytest.mark.parametrize(
    "groups", ["groups: {g: {}}\nmetrics: {x: {}, y: {group: g, weight: 0}}", "groups: {g: {}}\nmetrics: {x: {}, y: {}}"]
)
def test_a_group_of_nothing_that_weighs_is_in_neither_sum(evaluate, groups):
    scored = evaluate(HEAD + "total: {coverage: 0.9}\n" + groups, t=table(x=[40.0], y=[40.0]))
    assert scored.total() == {"a": 40.0}
    assert scored.total("coverage") == {"a": 1.0}
    assert scored.group("g") == {"a": None}


def test_a_weight_that_is_the_sum_of_the_children(evaluate):
    text = HEAD + "groups: {g: {weight: sum}}\nmetrics: {x: {group: g, weight: 2}, y: {group: g, weight: 1}, z: {weight: 3}}"
    scored = evaluate(text, t=table(x=[100.0, 100.0, None], y=[40.0, None, None], z=[0.0] * 3))
    assert scored.total() == {"a": 40, "b": 40, "c": 0}
    assert scored.total("coverage") == {"a": 1, "b": pytest.approx(5 / 6), "c": 0.5}


@pytest.mark.parametrize(("missing", "expected"), [("no_score", None), ("worst", 50), ("40", 70)])
def test_a_group_that_weighs_what_its_children_do_is_missing_with_its_full_weight(evaluate, missing, expected):
    text = (
        HEAD
        + f"groups: {{g: {{weight: sum, missing: {missing}}}}}\nmetrics: {{x: {{group: g, weight: 2}}, y: {{group: g, weight: 1}}, z: {{weight: 3}}}}"
    )
    assert evaluate(text, t=table(x=[None], y=[None], z=[100.0])).total() == {"a": expected}


def test_everything_missing_under_groups_that_weigh_their_children_says_so(evaluate):
    text = HEAD + "total: {coverage: 0.5}\ngroups: {g: {weight: sum}}\nmetrics: {x: {group: g}}"
    scored = evaluate(text, t=table(x=[None, 1.0]))
    assert scored.total("reason") == {"a": "coverage_too_low", "b": ""}
    assert scored.total("coverage") == {"a": 0, "b": 1}


def test_bounds_are_the_score_with_gaps_at_worst_and_at_best(evaluate):
    text = HEAD + "metrics: {x: {weight: 3}, y: {weight: 1, worst: 72, target: 8}}"
    scored = evaluate(text, t=table(x=[100.0, None], y=[None, 8.0]))
    assert (scored.total("low"), scored.total("high")) == ({"a": 75, "b": 25}, {"a": 100, "b": 100})
    assert scored.explain("a").guaranteed


def test_bounds_where_lower_is_better(evaluate):
    text = HEAD + "direction: lower\nmetrics: {x: {}, y: {missing: worst}}"
    scored = evaluate(text, t=table(x=[100.0, 60.0], y=[None, 100.0]))
    assert scored.total() == {"a": 50, "b": 20}
    assert (scored.total("low"), scored.total("high")) == ({"a": 0, "b": 20}, {"a": 50, "b": 20})


def test_bounds_take_a_rule_that_asks_for_gaps_as_if_there_were_none(evaluate):
    text = HEAD + 'metrics: {x: {}, y: {missing: 80}}\nrules: {r: {when: y.state == "missing", cap: 40}}'
    scored = evaluate(text, t=table(x=[100.0], y=[None]))
    assert scored.total() == {"a": 40}
    assert (scored.total("low"), scored.total("high")) == ({"a": 40}, {"a": 100})


def test_bounds_widen_by_a_rule_whose_condition_is_unknown(evaluate):
    text = HEAD + "metrics: {x: {}, y: {}}\nrules: {r: {when: y.score < 60 and y.score > 20, cap: 30}}"
    scored = evaluate(text, t=table(x=[100.0], y=[None]))
    assert (scored.total("low"), scored.total("high")) == ({"a": 30}, {"a": 100})


@pytest.mark.parametrize(
    ("more", "guaranteed"),
    [
        ("rules: {r: {when: 'tier == \"x\"', add: 1}}", True),
        ("rules: {r: {when: y.value > 3, add: 1}}", True),
        ("rules: {r: {when: g.score > 3, add: 1}}", False),
        ("rules: {r: {when: 'tier == \"x\"', add: g.score / 10}}", False),
        ("total: {aggregation: {formula: 'x.score'}}", False),
        ("segments: {s: {when: 'tier == \"x\"', metrics: {x: {target: y.value}}}}", False),
    ],
)
def test_bounds_are_marked_where_a_formula_over_nodes_is_involved(evaluate, more, guaranteed):
    text = HEAD + f"groups: {{g: {{}}}}\nmetrics: {{x: {{}}, y: {{group: g}}}}\n{more}"
    assert evaluate(text, t=table(x=[50.0], y=[None])).explain("a").guaranteed is guaranteed


def test_a_formula_sees_what_fills_a_gap(evaluate):
    text = HEAD + "total: {aggregation: {formula: 'min_of(x.score, y.score)'}}\nmetrics: {x: {}, y: {missing: worst}}"
    scored = evaluate(text, t=table(x=X, y=Y))
    assert scored.total() == {"a": 50, "b": 0, "c": 0}


@pytest.mark.parametrize("aggregation", ["min", "{worst: 1}", "geometric"])
def test_a_missing_veto_vetoes(evaluate, aggregation):
    text = HEAD + f"total: {{aggregation: {aggregation}}}\nmetrics: {{x: {{}}, y: {{missing: worst}}}}"
    assert evaluate(text, t=table(x=X, y=Y)).total()["b"] == 0


def test_an_open_scale_fills_with_the_worst_of_the_curve(evaluate):
    text = HEAD.replace("bands: {red: {from: 0}, green: {from: 50}}", "bands: {red: {from: 0}, green: {from: 5}}")
    text = (
        text.replace("defaults: {metrics: {worst: 0, target: 100}}\n", "")
        + """
scale: open
total: {aggregation: sum}
metrics:
  x: {curve: {steps: [{up_to: 10, score: 2}, {otherwise: 6}]}}
  y: {missing: worst, curve: {points: [[0, -3], [10, 7]]}}
"""
    )
    scored = evaluate(text, t=table(x=[5.0, 11.0, 1.0], y=[5.0, None, 20.0]))
    assert scored.total() == {"a": 4, "b": 3, "c": 9}
    assert (scored.total("low")["b"], scored.total("high")["b"]) == (3, 13)
    assert scored.total("band") == {"a": "red", "b": "red", "c": "green"}


def test_a_group_on_an_open_scale_has_no_worst(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
scale: open
groups: {g: {missing: worst}}
metrics: {x: {curve: identity}, y: {group: g, curve: identity}}
"""
    with pytest.raises(DefinitionError):
        evaluate(text, t=table(x=[1.0], y=[None]))


@pytest.mark.parametrize(
    ("metrics", "reason"),
    [
        ("{x: {weight: 'if_else(tier == \"x\", 0, 1)'}}", "no_weight"),
        ('{x: {applies_when: tier == "q"}}', "nothing_applies"),
        ("{x: {}}", "children_missing"),
    ],
)
def test_each_way_to_have_no_score_has_its_own_message(evaluate, metrics, reason):
    scored = evaluate(HEAD + f"metrics: {metrics}", t=table(x=[None if reason == "children_missing" else 100.0]))
    assert scored.total() == {"a": None}
    assert scored.total("reason") == {"a": reason}
    assert scored.total("band") == {"a": None}


def test_a_total_without_coverage_is_insufficient_even_where_its_own_missing_would_fill(evaluate):
    text = HEAD + "total: {coverage: 1}\nmetrics: {x: {}, y: {missing: 50}}"
    scored = evaluate(text, t=table(x=[100.0], y=[None]))
    assert scored.total() == {"a": None}
    assert scored.total("band") == {"a": "insufficient"}


@pytest.mark.parametrize("aggregation", ["arithmetic", "geometric", "sum", "min", "max", "{worst: 2}", "{power: 2}"])
@pytest.mark.parametrize("weight", ["2", "sum"])
def test_a_group_without_children_has_no_score_and_takes_part_in_nothing(evaluate, aggregation, weight):
    text = f"""
schema: scorecard/1
entity: {{key: [c]}}
sources: {{t: {{type: given}}}}
groups: {{empty: {{aggregation: {aggregation}, weight: {weight}}}}}
metrics: {{a: {{worst: 0, target: 100}}}}
"""
    scored = evaluate(text, t={"c": ["A"], "a": [40.0]})
    assert scored.group("empty") == {"A": None}
    assert scored.total() == {"A": 40.0}
