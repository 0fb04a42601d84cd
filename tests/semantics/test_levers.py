"""Levers keep what they promise: records with the value they name score as they say; none goes past a target or against a rule."""

from __future__ import annotations

import numpy as np
import pytest

from scorecard.advice.hindered import hindered_of
from scorecard.advice.levers import by_row, levers, levers_of

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
%s
total: {aggregation: %s, round: {decimals: 1}}
sources: {roster: {type: given}}
groups: {g: {weight: 2, aggregation: %s}}
defaults: {metrics: {source: roster}}
metrics:
  a: {group: g, worst: 0, thresholds: {amber: 50, green: 90}, target: 100}
  b: {group: g, worst: 100, target: 10}
  d: {worst: [0, 100], target: [40, 60], missing: worst}
  e: {curve: {points: [[0, 0], [20, 70], [100, 100]]}}
  f: {curve: {steps: [{below: 30, score: 10}, {below: 60, score: 50}, {otherwise: 100}]}}
  h: {curve: log, worst: 1, target: 100}
  i: {worst: 0, target: 100, weight: 0}
  j: {worst: 0, target: 100, applies_when: tier == "big"}
segments: {big: {when: tier == "big", metrics: {a: {weight: 4, target: 95}}}}
rules:
  low: {when: b.value > 80, cap: amber}
  bonus: {of: g, when: a.value >= 95, add: 3}
"""
METRICS = "abdefhij"
AGGREGATIONS = [
    ("arithmetic", "arithmetic"),
    ("arithmetic", "min"),
    ("geometric", "arithmetic"),
    ("min", "geometric"),
    ("{worst: 2}", "{power: -1}"),
]


def roster(size=60, seed=3):
    rng = np.random.default_rng(seed)
    columns = {name: np.where(rng.random(size) < 0.1, np.nan, np.round(rng.random(size) * 100, 1)) for name in METRICS}
    return {
        "c": [f"c{row:03d}" for row in range(size)],
        "tier": rng.choice(["big", "small"], size).tolist(),
        **{n: v.tolist() for n, v in columns.items()},
    }


def scored(evaluate, total, group, given, more=""):
    return evaluate(TEXT % (more, total, group), roster=given).evaluation


def rows_of_levers(evaluation, scores):
    rows = np.arange(len(scores))
    return by_row(levers(evaluation, scores, rows), rows)


@pytest.mark.parametrize(("total", "group"), AGGREGATIONS)
def test_a_lever_keeps_what_it_promises(evaluate, total, group):
    given = roster()
    evaluation = scored(evaluate, total, group, given)
    ((_, scores),) = evaluation.periods
    found = rows_of_levers(evaluation, scores)
    assert sum(map(len, found)) > 100
    before = np.asarray(scores.cells["total.score"])
    for metric in METRICS:
        for goal in ("target", "band"):
            mine = {row: lever for row, own in enumerate(found) for lever in own if (lever.metric, lever.goal) == (metric, goal)}
            changed = {**given, metric: [mine[row].needed if row in mine else value for row, value in enumerate(given[metric])]}
            after = scored(evaluate, total, group, changed)
            totals, bands, own = (
                after.scores["score"],
                after.scores["band"],
                after.metrics.query(f"metric == '{metric}'")["score"].to_numpy(),
            )
            for row, lever in mine.items():
                assert totals[row] == pytest.approx(before[row] + lever.gain, abs=1e-9)
                assert bands[row] == lever.total_band
                assert own[row] == pytest.approx(lever.score, abs=1e-9)
                assert lever.gain > 0


OWN_TARGETS = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [goal]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster}}
metrics:
  a: {worst: 0, thresholds: {amber: 40, green: 60}, target: goal}
  b: {worst: 0, target: 100}
"""


@pytest.mark.parametrize("size", [1, 3, 4, 7])
def test_everybody_may_have_a_target_and_all_the_same_thresholds(evaluate, size):
    given = {
        "c": [f"c{row}" for row in range(size)],
        "goal": [70.0 + row for row in range(size)],
        "a": [5.0 + 11 * row for row in range(size)],
        "b": [50.0] * size,
    }
    evaluation = evaluate(OWN_TARGETS, roster=given).evaluation
    ((_, scores),) = evaluation.periods
    for goal in ("target", "band"):
        mine = [
            next((lever for lever in own if (lever.metric, lever.goal) == ("a", goal)), None) for own in rows_of_levers(evaluation, scores)
        ]
        changed = {**given, "a": [value if lever is None else lever.needed for value, lever in zip(given["a"], mine, strict=True)]}
        after = evaluate(OWN_TARGETS, roster=changed).evaluation.scores["score"]
        assert any(mine)
        for row, lever in enumerate(mine):
            if lever is not None:
                assert lever.needed == (given["goal"][row] if goal == "target" else 40 if given["a"][row] < 40 else 60)
                assert after[row] == pytest.approx(scores.cells["total.score"][row] + lever.gain, abs=1e-9)


def test_none_goes_past_its_target_or_where_nothing_counts(evaluate):
    given = roster()
    evaluation = scored(evaluate, "arithmetic", "arithmetic", given)
    ((_, scores),) = evaluation.periods
    for row, own in enumerate(rows_of_levers(evaluation, scores)):
        for lever in own:
            assert lever.metric != "i"
            assert lever.metric != "j" or given["tier"][row] == "big"
            assert not np.isnan(given[lever.metric][row])
            target = {"a": 95 if given["tier"][row] == "big" else 100, "b": 10, "h": 100, "e": 100, "f": 60, "j": 100}.get(lever.metric)
            if lever.metric == "b":
                assert lever.needed >= target
            elif lever.metric == "d":
                assert 40 - 1e-9 <= lever.needed <= 60 + 1e-9 or lever.goal == "band"
            else:
                assert lever.needed <= target + 1e-6
            assert lever.goal == "target" or lever.score < 100.0001


def test_what_a_cap_cancels_is_no_lever(evaluate):
    given = {
        "c": ["x"],
        "tier": ["small"],
        "a": [90.0],
        "b": [85.0],
        "d": [50.0],
        "e": [100.0],
        "f": [100.0],
        "h": [100.0],
        "i": [0.0],
        "j": [0.0],
    }
    evaluation = scored(evaluate, "arithmetic", "max", given)
    assert evaluation.scores["score"][0] == 79.9
    assert {lever.metric for lever in levers_of(evaluation, {"c": "x"})} == {"b"}


def test_lower_scores_can_be_the_good_ones(evaluate):
    given = roster(20)
    text = TEXT.replace("thresholds: {amber: 50, green: 90}, ", "").replace("  low: {when: b.value > 80, cap: amber}\n", "")
    evaluation = evaluate(text % ("direction: lower", "arithmetic", "arithmetic"), roster=given).evaluation
    ((_, scores),) = evaluation.periods
    found = [lever for own in rows_of_levers(evaluation, scores) for lever in own]
    assert {lever.goal for lever in found} == {"target", "band"}
    assert all(lever.gain < 0 for lever in found)


def test_the_most_comes_first(evaluate):
    evaluation = scored(evaluate, "arithmetic", "arithmetic", roster())
    own = levers_of(evaluation, {"c": "c000"})
    assert [lever.gain for lever in own] == sorted((lever.gain for lever in own), reverse=True)


HINDERED = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
period: {every: year}
total: {round: {decimals: 1}}
sources: {roster: {type: given}}
groups: {least: {aggregation: min}, ruled: {}}
defaults: {metrics: {source: roster}}
metrics:
  low: {group: least, worst: 0, target: 100}
  high: {group: least, worst: 0, target: 100}
  held: {group: ruled, worst: 0, target: 100}
  stuck: {worst: 0, target: 100, fixed: true}
  named: {choose: [{when: low.value > 50, label: good}, {otherwise: bad}], curve: {lookup: {good: 100, bad: 50}}}
  told: {worst: 0, target: 100, measure: low}
  vague: {curve: {formula: value}, measure: high}
  tiny: {worst: 0, target: 100, weight: 0.0001}
  none: {worst: 0, target: 100, weight: 0}
  best: {worst: 0, target: 100}
rules: {lid: {of: ruled, when: held.value >= 0, cap: 20}}
exemptions: {pardon: {of: told, when: c == 'x', value: 40, until: 2099-01-01, reason: agreed}}
"""


def test_why_a_metric_alone_brings_nothing(evaluate):
    text = HINDERED
    given = {"c": ["x"], "low": [30.0], "high": [70.0], "held": [40.0], "stuck": [10.0], "tiny": [50.0], "none": [1.0], "best": [100.0]}
    evaluation = evaluate(text, period="2026", roster=given).evaluation
    found = {one.metric: one for one in hindered_of(evaluation, {"c": "x"}, {lever.metric for lever in levers_of(evaluation, {"c": "x"})})}
    assert {name: one.why.value for name, one in found.items()} == {
        "high": "others",
        "held": "rule",
        "stuck": "fixed",
        "named": "words",
        "told": "exempt",
        "vague": "no_way",
        "tiny": "too_little",
    }
    assert found["held"].rules == ("lid",)
    assert found["high"].node == "least"


def test_where_a_curve_is_a_formula_the_value_is_looked_for(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster}}
metrics:
  a: {curve: {formula: "value ** 2 / 100"}, worst: 0, target: 100}
"""
    evaluation = evaluate(text, roster={"c": ["x", "y"], "a": [50.0, 85.0]}).evaluation
    found = {lever.goal: lever.needed for lever in levers_of(evaluation, {"c": "x"})}
    assert found == {"target": 100.0, "band": pytest.approx(60**0.5 * 10)}
    assert {lever.goal: lever.needed for lever in levers_of(evaluation, {"c": "y"})} == {
        "target": 100.0,
        "band": pytest.approx(80**0.5 * 10),
    }


LINKED = """
schema: scorecard/1
entity: {key: [c], roster: roster}
scale: [%s, 100]
sources: {roster: {type: given}}
defaults: {metrics: {source: roster}}
groups:
  g: {aggregation: %s}
metrics:
  a: {group: g, worst: 0, target: 100}
  b: {group: g, worst: 0, missing: 50, %s}
  d: {worst: 0, target: 100, %s}
%s
"""
LINKS = {
    "a sibling's weight is its score": (0, "arithmetic", "target: 100, weight: a.score / 10", "weight: 1", ""),
    "a weight in another group is its score": (0, "arithmetic", "target: 100, weight: d.score / 10", "weight: 1", ""),
    "a metric without a value follows its numbers": (0, "min", "target: 100 + d.value", "weight: 1", ""),
    "a metric without a value has a rule about it": (
        0,
        "arithmetic",
        "target: 100",
        "weight: 1",
        "rules: {r: {of: b, when: d.score < 95, cap: 10}}",
    ),
    "a mean of powers has no negative score": (-100, "{power: 2}", "target: 100", "weight: 1", ""),
    "a formula reads one child": (0, "{formula: b.score}", "target: 100", "weight: 1", ""),
    "a metric without a value begins to apply": (
        0,
        "arithmetic",
        "target: 100, applies_when: a.value > 90",
        "weight: 1",
        "total: {coverage: 0.8}",
    ),
    "a weight of the sum follows what applies": (
        0,
        "arithmetic, weight: sum",
        "target: 100, applies_when: a.value > 90, weight: 4",
        "weight: 1",
        "",
    ),
}


@pytest.mark.parametrize("link", LINKS)
def test_a_lever_keeps_its_promise_whatever_else_reads_the_metric(evaluate, link):
    text = LINKED % LINKS[link]
    given = {"c": ["x", "y", "z"], "a": [30.0, 60.0, 80.0], "b": [70.0, float("nan"), 20.0], "d": [50.0, 60.0, 70.0]}
    evaluation = evaluate(text, roster=given).evaluation
    ((_, scores),) = evaluation.periods
    before = np.asarray(scores.cells["total.score"])
    found = {(row, lever.metric): lever.gain for row, own in enumerate(rows_of_levers(evaluation, scores)) for lever in own}
    for metric in "abd":
        after = evaluate(text, roster={**given, metric: [100.0, 100.0, 100.0]}).evaluation.scores["score"].to_numpy()
        for row, gain in enumerate(np.nan_to_num(after - before)):
            target = evaluation.metrics.query(f"metric == '{metric}'")["target"].to_numpy()[row]
            if target == 100 and not np.isnan(given[metric][row]):
                assert found.get((row, metric), 0.0) == pytest.approx(max(gain, 0.0), abs=1e-9), (row, metric)
