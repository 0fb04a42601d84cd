# ruff: noqa: E501 - a definition stands on one line
"""What explains a score adds up to it: the ledger, the points lost, shares and contributions."""

from __future__ import annotations

import math

import pytest

HEAD = """
schema: scorecard/1
entity: {key: [c], attributes: [tier]}
sources: {t: {type: given}}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
defaults: {metrics: {worst: 0, target: 100}}
"""
T = {
    "c": list("abcdef"),
    "tier": ["x", "x", "q", "x", "q", "x"],
    "x": [100.0, 40.0, 0.0, 73.3, None, 99.0],
    "y": [55.5, None, 20.0, 0.0, 80.0, 64.2],
    "z": [10.0, 90.0, None, 33.3, None, 50.0],
}
TREES = [
    "metrics: {x: {weight: 3}, y: {}, z: {weight: 0}}",
    "groups: {g: {weight: 2}}\nmetrics: {x: {group: g}, y: {group: g, missing: worst}, z: {missing: 30}}",
    "total: {aggregation: geometric}\ngroups: {g: {aggregation: {power: -1}}}\nmetrics: {x: {group: g}, y: {group: g}, z: {}}",
    "total: {aggregation: min, round: {decimals: 0}}\ngroups: {g: {aggregation: max}}\nmetrics: {x: {group: g}, y: {group: g}, z: {}}",
    "total: {aggregation: {worst: 2}}\nmetrics: {x: {}, y: {weight: 5}, z: {}}",
    "total: {aggregation: sum}\nmetrics: {x: {weight: 0.8}, y: {weight: 0.5}, z: {weight: 0.3}}",
    "total: {aggregation: {formula: 'min_of(g.score, z.score) + 2'}}\ngroups: {g: {}}\nmetrics: {x: {group: g}, y: {group: g}, z: {missing: worst}}",
    "groups: {g: {weight: sum, round: {decimals: 0}}}\nmetrics: {x: {group: g, weight: 2}, y: {group: g}, z: {missing: {impute: mean, by: tier}}}\n"
    "rules: {a: {of: g, when: 'tier == \"x\"', cap: 50}, b: {when: total.score > 30, add: -7.7}, d: {when: y.value > 50, raise_to: 45}}",
    "direction: lower\ntotal: {aggregation: geometric, round: {decimals: 1}}\nmetrics: {x: {}, y: {missing: worst}, z: {}}\nrules: {a: {when: x.value > 50, add: 200}}",
]


@pytest.mark.parametrize("tree", TREES)
def test_the_ledger_and_the_points_lost_sum_exactly(evaluate, tree):
    scored = evaluate(HEAD + tree, t=T)
    best = 0 if "direction: lower" in tree else 100
    for key, score in scored.total().items():
        explained = scored.explain(key)
        brought, lost = (math.fsum(line.amount[0] for line in lines) for lines in (explained.ledger, explained.lost))
        if score is None:
            continue
        assert brought == pytest.approx(score, abs=1e-9)
        assert lost == pytest.approx(abs(best - score), abs=1e-9)
        assert all(line.amount[0] >= -1e-9 for line in explained.lost if line.kind in ("metric", "filled"))


def test_a_skipped_metric_stays_in_the_report_with_no_share(evaluate):
    scored = evaluate(HEAD + "metrics: {x: {weight: 3}, y: {}, z: {}}", t=T)
    assert scored.metric("y", "share") == {"a": 0.2, "b": 0, "c": 0.25, "d": 0.2, "e": 1, "f": 0.2}
    assert scored.metric("y", "state")["b"] == "missing"
    assert scored.metric("x", "share")["b"] == 0.75
    assert scored.metric("x", "contribution")["b"] == 30


def test_the_weight_shown_and_the_share_used(evaluate):
    scored = evaluate(HEAD + "groups: {g: {weight: 3}}\nmetrics: {x: {group: g, weight: 2}, y: {group: g, weight: 6}, z: {weight: 1}}", t=T)
    assert scored.metric("y", "weight")["a"] == 6
    assert scored.metric("y", "share")["a"] == 0.75
    assert scored.metric("y", "contribution")["a"] == pytest.approx(0.75 * 0.75 * 55.5)
    assert sum(scored.metric(m, "contribution")["a"] for m in "xyz") == pytest.approx(scored.total()["a"])


def test_a_cap_on_a_group_has_its_line(evaluate):
    scored = evaluate(HEAD + "groups: {g: {}}\nmetrics: {x: {group: g}, z: {}}\nrules: {cap: {of: g, when: x.value > 90, cap: 60}}", t=T)
    lines = {(line.node, line.kind, line.rule): line.amount[0] for line in scored.explain("a").ledger}
    assert lines == {("x", "metric", None): 50, ("g", "rule", "cap"): -20, ("z", "metric", None): 5}


def test_what_fills_a_gap_has_its_line(evaluate):
    scored = evaluate(HEAD + "metrics: {x: {}, y: {missing: 30}}", t=T)
    lines = {(line.node, line.kind): line.amount[0] for line in scored.explain("b").ledger}
    assert lines[("y", "filled")] == 15
    assert scored.explain("b").total.children[1].filled == 30


def test_the_effect_of_a_geometric_mean(evaluate):
    scored = evaluate(HEAD + "total: {aggregation: geometric}\nmetrics: {x: {}, y: {}}", t=T)
    lines = {(line.node, line.kind): line.amount[0] for line in scored.explain("a").ledger}
    assert lines[("total", "aggregation")] == pytest.approx(math.sqrt(5550) - 77.75)


def test_a_filled_veto_is_what_a_minimum_was_lost_to(evaluate):
    scored = evaluate(HEAD + "total: {aggregation: min}\nmetrics: {x: {}, y: {missing: worst}}", t=T)
    (line,) = [line for line in scored.explain("b").lost if line.amount[0]]
    assert (line.node, line.kind, line.amount[0]) == ("y", "filled", 100)
