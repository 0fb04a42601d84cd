"""The ledger and the points lost on small trees that can be followed by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from scorecard.model.definition import Rounding, Scale
from scorecard.scoring.aggregations import Setting, load
from scorecard.scoring.branch import Branch
from scorecard.scoring.ledger import ledger
from scorecard.scoring.lost import lost
from scorecard.scoring.rounding import rounded

nan = np.nan


def metric(node, *scores, best=None) -> Branch:
    score = np.array(scores, dtype=float)
    return Branch(node=node, kind="metric", computed=score, raw=score, score=score, best=best)


def group(node, kind, children, weights, *, scale=None, fillers=None, round=None, rules=(), evaluate=None, **told) -> Branch:
    scale = scale or Scale()
    setting = Setting(scale=scale, **told)
    used = np.stack([child.score for child in children])
    if fillers is not None:
        used = np.where(np.isnan(used), np.array(fillers, dtype=float)[:, None], used)
    weights = np.array(weights, dtype=float)
    computed = evaluate(used) if evaluate else load(kind).combine(used, weights, setting)
    raw = computed if scale.low is None else np.clip(computed, scale.low, scale.high)
    raw = raw if round is None else rounded(raw, Rounding(decimals=round), 100.0)
    score = raw + sum((delta for _, delta in rules), np.zeros_like(raw))
    return Branch(
        node=node, kind="group", computed=computed, raw=raw, score=score, rules=tuple(rules), children=tuple(children), aggregation=kind,
        setting=setting, weights=weights, used=used, evaluate=evaluate,
    )  # fmt: skip


def as_dict(lines):
    return {(line.node, line.kind) if line.rule is None else line.rule: line.amount.tolist() for line in lines}


def total(lines):
    return sum(line.amount for line in lines)


def test_shares_multiply_down():
    root = group("total", "arithmetic", [group("a", "arithmetic", [metric("x", 80), metric("y", 40)], [1, 3]), metric("z", 60)], [1, 1])
    assert as_dict(ledger(root, Scale())) == {("x", "metric"): [10], ("y", "metric"): [15], ("z", "metric"): [30]}
    assert as_dict(lost(root, Scale(), 100.0)) == {("x", "metric"): [2.5], ("y", "metric"): [22.5], ("z", "metric"): [20]}


def test_a_group_that_is_no_plain_mean_adds_its_effect():
    root = group("total", "geometric", [metric("x", 25), metric("y", 100)], [1, 1])
    lines = as_dict(ledger(root, Scale()))
    assert_allclose([lines["x", "metric"], lines["y", "metric"], lines["total", "aggregation"]], [[12.5], [50], [-12.5]])
    losses = as_dict(lost(root, Scale(), 100.0))
    assert_allclose(losses["x", "metric"], [50])
    assert_allclose(losses["y", "metric"], [0], atol=1e-12)


def test_under_the_lowest_score_the_one_that_decides_lost_everything():
    root = group("total", "min", [metric("x", 70, 20), metric("y", 40, 90)], [1, 9])
    assert as_dict(lost(root, Scale(), 100.0)) == {("x", "metric"): [0, 80], ("y", "metric"): [60, 0]}


def test_rounding_and_rules_are_lines():
    """Trap 20: a cap is shown, and the parts add up."""
    root = group("total", "arithmetic", [metric("x", 95.04), metric("y", 90)], [1, 1], round=1, rules=[("cap", np.array([-12.6]))])
    lines = as_dict(ledger(root, Scale()))
    assert_allclose(lines["total", "rounding"], [-0.02])
    assert lines["cap"] == [-12.6]
    assert_allclose(total(ledger(root, Scale())), root.score)
    losses = as_dict(lost(root, Scale(), 100.0))
    assert_allclose([losses["total", "rounding"], losses["cap"]], [[0.02], [12.6]])


def test_the_clamp_after_rules_and_rounding_after_them_are_lines():
    raw = np.array([95.0])
    inner = group("total", "arithmetic", [metric("x", 95)], [1], rules=[("bonus", np.array([20.0])), (None, np.array([-15.0]))])
    root = Branch(
        node="total", kind="group", computed=raw, raw=raw, score=np.array([99.0]), rules=inner.rules, children=inner.children,
        setting=inner.setting, weights=inner.weights, used=inner.used,
    )  # fmt: skip
    assert as_dict(ledger(root, Scale())) == {("x", "metric"): [95], "bonus": [20], ("total", "clamp"): [-15], ("total", "rounding"): [-1]}


def test_what_stands_in_for_a_missing_child_is_a_line_of_its_own():
    inner = group("a", "arithmetic", [metric("x", nan, 50)], [1])
    root = group("total", "arithmetic", [inner, metric("y", 80, 80)], [1, 1], fillers=[0, nan])
    assert as_dict(ledger(root, Scale())) == {("x", "metric"): [0, 25], ("a", "filled"): [0, 0], ("y", "metric"): [40, 40]}
    assert as_dict(lost(root, Scale(), 100.0)) == {("x", "metric"): [0, 25], ("a", "filled"): [50, 0], ("y", "metric"): [10, 10]}


def test_a_child_that_does_not_count_brings_and_costs_nothing():
    root = group("total", "arithmetic", [metric("x", nan), metric("y", 80), metric("z", 10)], [1, 1, 0])
    assert as_dict(ledger(root, Scale())) == {("x", "metric"): [0], ("y", "metric"): [80], ("z", "metric"): [0]}
    assert as_dict(lost(root, Scale(), 100.0)) == {("x", "metric"): [0], ("y", "metric"): [20], ("z", "metric"): [0]}


def test_a_row_without_a_score_has_no_lines():
    root = group("total", "geometric", [metric("x", nan, 50), metric("y", nan, 50)], [1, 1])
    for lines in (ledger(root, Scale()), lost(root, Scale(), 100.0)):
        assert all(np.isnan(line.amount[0]) for line in lines)
        assert all(np.isfinite(line.amount[1]) for line in lines)


def test_in_a_sum_a_metric_brings_its_points_and_only_the_clamp_is_left():
    root = group("total", "sum", [metric("x", 80, 30), metric("y", 90, nan)], [1, 0.5])
    assert as_dict(ledger(root, Scale())) == {("x", "metric"): [80, 30], ("y", "metric"): [45, 0], ("total", "clamp"): [-25, 0]}
    losses = as_dict(lost(root, Scale(), 100.0))
    assert losses["x", "metric"] == [20, 70]
    assert losses["y", "metric"] == [5, 0]
    assert losses["total", "clamp"] == [25, 0]
    assert losses["total", "aggregation"] == [-50, 0]
    assert_allclose(total(lost(root, Scale(), 100.0)), [0, 70])


def test_points_on_an_open_scale_are_lost_against_each_metrics_own_best():
    scale = Scale(low=None, high=None)
    root = group("total", "sum", [metric("x", 5, best=20.0), metric("y", 7, best=10.0)], [1, 2], scale=scale)
    assert as_dict(lost(root, scale, nan)) == {("x", "metric"): [15], ("y", "metric"): [6]}


@pytest.mark.parametrize("kind", ["arithmetic", "geometric", "power"])
def test_points_lost_from_a_baseline_add_up_to_the_way_from_it(kind):
    root = group("total", kind, [metric("x", 50, best=80.0), metric("y", 60, best=55.0)], [1, 2], power=2.0)
    aim = load(kind).combine(np.array([[80.0], [55.0]]), np.array([1.0, 2.0]), Setting(scale=Scale(), power=2.0))
    assert_allclose(total(lost(root, Scale(), 100.0)), aim - root.score)
    assert as_dict(lost(root, Scale(), 100.0))["y", "metric"][0] < 0


def test_where_low_scores_are_good_a_loss_is_still_positive():
    scale = Scale(lower_is_better=True)
    root = group("total", "arithmetic", [metric("x", 30), metric("y", 10)], [1, 1], scale=scale)
    assert as_dict(lost(root, scale, 0.0)) == {("x", "metric"): [15], ("y", "metric"): [5]}


def product(scores):
    return np.where(np.isnan(scores), 1.0, scores / 100).prod(axis=0) * 100


def test_a_formula_shares_its_loss_by_shapley():
    root = group("total", "formula", [metric("x", 50, 100), metric("y", 50, 100), metric("z", 100, 40)], [1, 1, 1], evaluate=product)
    losses = as_dict(lost(root, Scale(), 100.0))
    assert_allclose(losses["x", "metric"], [37.5, 0])
    assert_allclose(losses["y", "metric"], [37.5, 0])
    assert_allclose(losses["z", "metric"], [0, 60], atol=1e-12)
    assert_allclose(total(ledger(root, Scale())), root.score)


def test_a_formula_of_many_children_keeps_its_loss():
    children = [metric(name, 90) for name in "abcdefg"]
    root = group("total", "formula", children, [1] * 7, evaluate=product)
    losses = as_dict(lost(root, Scale(), 100.0))
    assert_allclose(losses["total", "aggregation"], 100 - root.score)
    assert losses["a", "metric"] == [0]


def test_a_formula_without_an_answer_for_some_subset_keeps_its_loss():
    root = group("total", "formula", [metric("x", 50), metric("y", 60)], [1, 1], evaluate=lambda s: np.where(s[0] == 100, nan, s[1]))
    assert as_dict(lost(root, Scale(), 100.0))["total", "aggregation"] == [40]


def test_a_group_without_its_parts_is_refused():
    score = np.array([50.0])
    with pytest.raises(ValueError, match="total"):
        ledger(Branch(node="total", kind="group", computed=score, raw=score, score=score), Scale())


def test_lines_keep_the_order_of_the_tree():
    root = group("total", "arithmetic", [metric("x", 80), metric("y", 40)], [1, 3])
    assert_array_equal([line.node for line in ledger(root, Scale())], ["x", "y"])
