"""The cheapest way to a band: never beaten by trying everything, never past what may move, and kept when the values come true."""

from __future__ import annotations

import numpy as np
import pytest

from scorecard.advice.reach.cheapest import cheapest, cheapest_of
from scorecard.advice.reach.ways import ways
from scorecard.scoring.score import rescore, tried

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
total: {aggregation: %(total)s, round: {decimals: 1}}
sources: {roster: {type: given}}
groups: {g: {weight: 2, aggregation: %(group)s}}
defaults: {metrics: {source: roster}}
metrics:
  a: {group: g, worst: 0, thresholds: {amber: 50, green: 90}, target: 100, effort: %(effort)s}
  b: {group: g, worst: 100, target: 10}
  d: {curve: {points: [[0, 0], [20, 70], [100, 100]]}, effort: 2}%(more)s
rules:
%(rules)s
"""
STEPS = 31
AGGREGATIONS = [
    ("arithmetic", "arithmetic"),
    ("arithmetic", "min"),
    ("min", "arithmetic"),
    ("geometric", "arithmetic"),
    ("arithmetic", "geometric"),
    ("max", "geometric"),
    ("{worst: 1}", "arithmetic"),
    ("{power: -1}", "min"),
    ("{geometric: {on: [1, 10]}}", "arithmetic"),
]
RULES = [
    "  low: {when: b.value > 60, cap: amber}",
    "  low: {when: b.value > 40 or a.value < 55, cap: 70}\n  more: {when: d.value >= 50 and not (a.value < 70), add: 6}",
    "  part: {of: g, when: a.score < 50, multiply: 0.8}\n  lift: {when: a.band == 'green' and b.value <= 30, raise_to: green}",
    "  less: {when: d.score < 65, add: -10}\n  lost: {when: b.value > 55, band: red}",
]


def scored(evaluate, total="arithmetic", group="arithmetic", rules=RULES[0], effort="1", more="", size=6, seed=3):
    rng = np.random.default_rng(seed)
    given = {name: np.round(rng.random(size) * 100, 1).tolist() for name in "abd"}
    given["a"][0] = None
    roster = {"c": [f"c{row:02d}" for row in range(size)], "tier": ["x"] * size, **given}
    text = TEXT % {"total": total, "group": group, "rules": rules, "effort": effort, "more": more}
    return evaluate(text, roster=roster).evaluation


def ways_of(evaluation, scores, row):
    (block,) = rescore(evaluation.plan, scores, np.array([row]), trace=True)
    return ways(evaluation.plan, scores, block, {})


def by_trying(evaluation, scores, row, found):
    """The least effort among all values of a grid over the ways, and of the values that were found."""
    ways = {way.metric: way for way in found}
    grids = [np.linspace(way.value, way.end, STEPS) for way in found]
    combined = [grid.ravel() for grid in np.meshgrid(*grids)]
    values = dict(zip(ways, combined, strict=True))
    cells = tried(evaluation.plan, scores, np.full(len(combined[0]), row), values, ["total.band"])
    bands = cells["total.band"]
    names = ["red", "amber", "green"]
    good = np.isin(
        bands.codes, [k for k, name in enumerate(bands.categories) if name in names and names.index(name) >= names.index("green")]
    )
    efforts = sum(np.abs(own - ways[metric].value) * ways[metric].effort for metric, own in values.items())
    return efforts[good].min() if good.any() else None


@pytest.mark.parametrize("engine", ["pandas"])
@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(("total", "group"), AGGREGATIONS)
def test_trying_everything_is_never_cheaper(evaluate, total, group, rules):
    evaluation = scored(evaluate, total, group, rules)
    ((_, scores),) = evaluation.periods
    for row in range(len(scores)):
        best = cheapest(evaluation, scores, row, "green")
        found = ways_of(evaluation, scores, row)
        if best.reached and not best.moves:
            continue
        least = by_trying(evaluation, scores, row, found) if found else None
        assert best.reached or least is None
        if best.reached:
            assert best.exact
            assert best.band == "green"
            assert least is None or best.effort <= least + 1e-6
            step = sum(way.cost(way.end) for way in found) / (STEPS - 1)
            assert least is None or least <= best.effort + step * 1.01


PLAIN = "  low: {when: a.value > 1000, cap: amber}"


def test_lower_scores_can_be_the_good_ones(evaluate):
    rng = np.random.default_rng(5)
    given = {"c": [f"c{row}" for row in range(9)], **{name: np.round(rng.random(9) * 100, 1).tolist() for name in "abd"}}
    text = """
schema: scorecard/1
direction: lower
scale: [1, 6]
entity: {key: [c], roster: roster}
bands: {good: {from: 1}, fair: {from: 2.5}, poor: {from: 4}}
total: {aggregation: %s, round: {decimals: 2}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster}}
metrics:
  a: {worst: 0, target: 100}
  b: {worst: 100, target: 10, effort: 3}
  d: {curve: {points: [[0, 6], [20, 4], [100, 1]]}}
rules:
  add: {when: a.value < 40, add: 0.5}
  least: {when: d.value < 10, raise_to: 3}
"""
    for aggregation in ("arithmetic", "max", "min"):
        evaluation = evaluate(text % aggregation, roster=given).evaluation
        ((_, scores),) = evaluation.periods
        for row in range(9):
            best = cheapest(evaluation, scores, row, "good")
            assert best.exact
            assert best.score < 2.5
            moved = {
                name: [next((m.needed for m in best.moves if m.metric == name and at == row), v) for at, v in enumerate(own)]
                for name, own in given.items()
            }
            after = evaluate(text % aggregation, roster=moved).evaluation.scores
            assert after["score"][row] == pytest.approx(best.score, abs=1e-9)
            assert after["band"][row] == "good"


def test_what_is_fixed_stays_and_nothing_goes_further_than_it_can(evaluate):
    more = (
        "\n  e: {worst: 0, target: 100, weight: 5, fixed: true, measure: a}"
        "\n  f: {worst: 0, target: 100, max_change: 5, effort: 0.1, measure: b}"
    )
    evaluation = scored(evaluate, rules=PLAIN, more=more)
    ((_, scores),) = evaluation.periods
    for row in range(1, len(scores)):
        best = cheapest(evaluation, scores, row)
        assert all(move.metric != "e" for move in best.moves)
        assert all(abs(move.needed - move.value) <= 5 + 1e-9 for move in best.moves if move.metric == "f")
        for move in best.moves:
            low, high = sorted((move.value, {"a": 100, "b": 10, "d": 100, "f": 100}[move.metric]))
            assert low <= move.needed <= high


def test_what_moves_together_goes_the_same_share_of_its_way(evaluate):
    more = "\n  e: {worst: 0, target: 100, weight: 2, moves_with: a, measure: b}"
    evaluation = scored(evaluate, rules=PLAIN, more=more)
    ((_, scores),) = evaluation.periods
    together = 0
    for row in range(1, len(scores)):
        best = cheapest(evaluation, scores, row, "green")
        shares = {move.metric: (move.needed - move.value) / (100 - move.value) for move in best.moves if move.metric in "ae"}
        if shares:
            together += 1
            assert shares["a"] == pytest.approx(shares["e"], abs=1e-7)
    assert together


def test_an_effort_of_a_percent_value_is_by_the_point(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, green: {from: 80}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster}}
metrics:
  kept: {worst: 50%, target: 100%, unit: percent, effort: 2, measure: a}
"""
    evaluation = evaluate(text, roster={"c": ["x"], "a": [0.7]}).evaluation
    best = cheapest_of(evaluation, {"c": "x"})
    (move,) = best.moves
    assert move.needed == pytest.approx(0.9)
    assert move.effort == pytest.approx(40)


def test_out_of_reach_says_how_far_it_can_get(evaluate):
    evaluation = evaluate(
        TEXT % {"total": "arithmetic", "group": "arithmetic", "rules": "  low: {when: tier == 'x', cap: amber}", "effort": 1, "more": ""},
        roster={"c": ["k"], "tier": ["x"], "a": [40.0], "b": [60.0], "d": [10.0]},
    ).evaluation
    best = cheapest_of(evaluation, {"c": "k"}, "green")
    assert not best.reached
    assert best.moves == ()
    assert best.score == 79.9


def test_a_question_of_two_metrics_is_left_open_and_said(evaluate):
    evaluation = scored(evaluate, rules="  gap: {when: a.value < b.value, add: -3}")
    ((_, scores),) = evaluation.periods
    outcomes = [cheapest(evaluation, scores, row, "green") for row in range(len(scores))]
    moved = [one for one in outcomes if one.moves]
    assert moved
    assert {one.open_to for one in moved[1:]} == {("gap",)}
    assert all(one.band == "green" for one in moved)


def test_a_band_that_no_rounded_score_lies_in_is_passed_by(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
scale: [1, 5]
direction: %s
bands: {low: {from: 1}, fair: {from: %s}, high: {from: %s}}
total: {round: {decimals: 0}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster}}
metrics: {a: {worst: 0, target: 100}}
"""
    for direction, fair, high, reached in (("higher", 4.2, 4.8, "high"), ("lower", 1.2, 1.8, "low")):
        evaluation = evaluate(text % (direction, fair, high), roster={"c": ["x"], "a": [10.0]}).evaluation
        way = cheapest_of(evaluation, {"c": "x"}, "fair")
        assert (way.reached, way.band) == (True, reached)
        assert way.moves[0].needed == pytest.approx(87.5, abs=1e-3)
