"""Rules act in a fixed order of kinds and answer for every point they move."""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from scorecard.model.definition import RuleKind, Scale
from scorecard.scoring.rules import Applied, apply, widened

ALWAYS = np.array([True])
NEVER = np.array([False])
OPEN = Scale(low=None, high=None)


def rule(name, kind, amount, holds=ALWAYS, unknown=None) -> Applied:
    return Applied(rule=name, kind=RuleKind(kind), amount=amount, holds=holds, unknown=unknown)


def applied(score, *rules, scale=None, gaps="as they are"):
    found, deltas = apply(np.array([score]), rules, scale or Scale(), gaps)
    return float(found[0]), [(name, float(delta[0])) for name, delta in deltas]


def test_kinds_act_in_order_whatever_the_order_of_the_file():
    rules = [
        rule("c", "cap", 90.0),
        rule("r", "raise_to", 30.0),
        rule("m", "multiply", 2.0),
        rule("a", "add", 10.0),
        rule("a2", "add", -5.0),
    ]
    assert applied(40.0, *rules) == (90.0, [("a", 10.0), ("a2", -5.0), ("m", 45.0), ("r", 0.0), ("c", 0.0)])
    assert applied(50.0, *rules) == (90.0, [("a", 10.0), ("a2", -5.0), ("m", 55.0), ("r", 0.0), ("c", -20.0)])


def test_the_lowest_cap_wins_and_answers():
    assert applied(95.0, rule("x", "cap", 79.9), rule("y", "cap", 59.9), rule("z", "cap", 59.9))[1] == [
        ("x", 0.0),
        ("y", -35.1),
        ("z", 0.0),
    ]
    assert applied(95.0, rule("x", "cap", 79.9), rule("y", "cap", 59.9, NEVER))[0] == 79.9


def test_the_highest_raise_wins_and_a_cap_stands_above_it():
    assert applied(10.0, rule("x", "raise_to", 30.0), rule("y", "raise_to", 50.0), rule("c", "cap", 40.0)) == (
        40.0,
        [("x", 0.0), ("y", 40.0), ("c", -10.0)],
    )


def test_the_clamp_is_a_line_of_its_own():
    assert applied(95.0, rule("a", "add", 20.0)) == (100.0, [("a", 20.0), (None, -15.0)])
    assert applied(95.0, rule("a", "add", 20.0), scale=OPEN) == (115.0, [("a", 20.0)])


def test_a_rule_acts_only_where_it_holds_and_on_scores_that_are_there():
    score, deltas = apply(np.array([50.0, 50.0, np.nan]), [rule("a", "add", 5.0, np.array([True, False, True]))], Scale())
    assert_array_equal(score, [55, 50, np.nan])
    assert_array_equal(deltas[0][1], [5, 0, 0])


def test_an_amount_that_is_missing_where_the_rule_holds_leaves_no_score():
    """Trap 4: a veto never disappears quietly."""
    score, _ = apply(np.array([50.0, 50.0]), [rule("c", "cap", np.array([np.nan, np.nan]), np.array([True, False]))], Scale())
    assert_array_equal(score, [np.nan, 50])


def test_a_rule_on_the_band_changes_no_score():
    assert applied(50.0, rule("b", "band", float("nan"))) == (50.0, [])


def test_unknown_rules_widen_only_the_way_that_is_asked():
    unknown = [rule("a", "add", 5.0, NEVER, ALWAYS), rule("a2", "add", -3.0, NEVER, ALWAYS), rule("r", "raise_to", 70.0, NEVER, ALWAYS)]
    cap = rule("c", "cap", 40.0, NEVER, ALWAYS)
    score = np.array([50.0])
    assert apply(score, [*unknown, cap], Scale())[0][0] == 50
    assert widened(score, [*unknown, cap], Scale(), low=True)[0] == 40
    assert widened(score, [*unknown, cap], Scale(), low=False)[0] == 70
    assert widened(score, unknown[:2], Scale(), low=True)[0] == 47
    assert widened(score, unknown[:2], Scale(), low=False)[0] == 55
    assert widened(score, [rule("m", "multiply", 0.5, NEVER, ALWAYS)], Scale(), low=False)[0] == 50


def test_bounds_turn_with_the_direction_of_the_scale():
    cap = rule("c", "cap", 40.0, NEVER, ALWAYS)
    risk = Scale(lower_is_better=True)
    assert applied(50.0, cap, gaps="worst")[0] == 40
    assert applied(50.0, cap, gaps="best")[0] == 50
    assert applied(50.0, cap, scale=risk, gaps="worst")[0] == 50
    assert applied(50.0, cap, scale=risk, gaps="best")[0] == 40


def test_deltas_add_up_to_the_change():
    random = np.random.default_rng(4)
    kinds = ["cap", "add", "raise_to", "multiply", "add", "cap", "raise_to"]
    rules = [
        rule(str(i), kind, random.uniform(0, 2 if kind == "multiply" else 100, 300), random.random(300) < 0.5)
        for i, kind in enumerate(kinds)
    ]
    before = random.uniform(0, 100, 300)
    after, deltas = apply(before, rules, Scale())
    assert_allclose(before + sum(delta for _, delta in deltas), after, atol=1e-10)
    assert {name for name, _ in deltas} == {*map(str, range(7)), None}
