"""Many entities at once: what is found quickly holds when it comes true, and costs little more than the cheapest way."""

from __future__ import annotations

import numpy as np
import pytest

from scorecard.advice.reach.budget import spend
from scorecard.advice.reach.cheapest import cheapest
from scorecard.advice.reach.linear import Program, added
from scorecard.advice.reach.portfolio import plans
from scorecard.advice.reach.questions import questions
from scorecard.advice.reach.tree import Tree
from scorecard.advice.reach.ways import movable, ways
from scorecard.report.reach import spending, ways_of
from scorecard.scoring.score import rescore

METRICS = "abcde"
TEXT = """
schema: scorecard/1
entity: {key: [id], roster: roster, attributes: [worth]}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
%s
total: {aggregation: %s, round: {decimals: 1}}
sources: {roster: {type: given}}
groups: {g: {weight: 2, aggregation: %s}}
defaults: {metrics: {source: roster}}
metrics:
  a: {group: g, worst: 0, thresholds: {amber: 50, green: 90}, target: 100}
  b: {group: g, worst: 100, target: 10, effort: 3}
  c: {curve: {points: [[0, 0], [20, 70], [100, 100]]}, max_change: 60}
  d: {curve: {steps: [{below: 30, score: 20}, {below: 60, score: 60}, {otherwise: 100}]}}
  e: {worst: 0, target: 100, moves_with: a, effort: 0.2}
"""
RULES = "rules:\n  low: {when: b.value > 70, cap: amber}"
CASES = [
    ("", "arithmetic", "arithmetic"),
    (RULES, "arithmetic", "arithmetic"),
    (RULES, "geometric", "arithmetic"),
    ("", "arithmetic", "min"),
]


@pytest.fixture(params=["pandas"])
def engine(request):
    return request.param


def roster(size, seed=11):
    rng = np.random.default_rng(seed)
    columns = {name: np.round(rng.random(size) * 100, 1).tolist() for name in METRICS}
    columns["a"][3] = None
    return {"id": [f"c{row:03d}" for row in range(size)], "worth": rng.integers(1, 9, size).astype(float).tolist(), **columns}


def moved(given, needed):
    changed = {
        name: [value if np.isnan(want) else want for value, want in zip(given[name], own, strict=True)] for name, own in needed.items()
    }
    return {**given, **changed}


@pytest.mark.parametrize(("rules", "total", "group"), CASES)
def test_quick_ways_hold_and_cost_little_more(evaluate, rules, total, group):
    given = roster(30)
    evaluation = evaluate(TEXT % (rules, total, group), roster=given).evaluation
    ((_, scores),) = evaluation.periods
    quick = plans(evaluation, scores, np.arange(30), "green")
    after = evaluate(TEXT % (rules, total, group), roster=moved(given, quick.needed)).evaluation.scores
    dearer = []
    for row in range(30):
        best = cheapest(evaluation, scores, row, "green")
        assert best.reached == quick.reached[row]
        assert (after["band"][row] == "green") == best.reached
        if best.moves:
            assert quick.effort[row] >= best.effort * (1 - 1e-5)
            dearer.append(quick.effort[row] / best.effort - 1)
    assert len(dearer) > 10
    assert np.mean(dearer) < 0.06
    assert np.median(dearer) < 0.01


def exactly_for(evaluation, scores, budget, worth):
    """The most that a budget brings, by one program over all entities; points before rounding."""
    program = Program()
    effort, gain, offset = [], [], 0.0
    for row in range(len(scores)):
        (block,) = rescore(evaluation.plan, scores, np.array([row]), trace=True)
        asked = questions(evaluation.plan, list(movable(evaluation.plan, block)))
        tree = Tree(evaluation.plan, block, ways(evaluation.plan, scores, block, asked.of), asked, program).build()
        assert not tree.inexact
        effort.append(tree.effort)
        gain.append(tree.score["total"] * worth[row])
        offset += float(block.numbers("total.raw")[0]) * worth[row]
    program.not_negative(added(effort) * -1.0 + budget)
    solution = program.least(added(gain) * -1.0)
    return added(gain).at(solution) - offset


@pytest.mark.parametrize("budget", [20.0, 150.0, 600.0])
def test_a_budget_is_spent_nearly_as_well_as_can_be(evaluate, budget):
    given = roster(12)
    evaluation = evaluate(
        (TEXT % ("", "arithmetic", "arithmetic")).replace("attributes: [worth]", "attributes: [worth]"), roster=given
    ).evaluation
    ((_, scores),) = evaluation.periods
    for worth in (np.ones(12), np.array(given["worth"])):
        spent = spend(evaluation, scores, np.arange(12), budget, worth)
        assert spent.effort.sum() <= budget * (1 + 1e-9)
        after = evaluate(TEXT % ("", "arithmetic", "arithmetic"), roster=moved(given, spent.needed)).evaluation.scores["score"].to_numpy()
        before = np.asarray(scores.cells["total.score"])
        assert after - before == pytest.approx(spent.gain, abs=1e-9)
        most = exactly_for(evaluation, scores, budget, worth)
        rounding = 0.1 * worth.sum()
        assert spent.worth.sum() <= most + rounding
        assert spent.worth.sum() >= 0.9 * most - rounding


def test_a_budget_buys_nothing_where_a_rule_cancels_it(evaluate):
    rules = "rules:\n  held: {when: worth > 0, cap: 40}"
    given = roster(12)
    evaluation = evaluate(TEXT % (rules, "arithmetic", "arithmetic"), roster=given).evaluation
    ((_, scores),) = evaluation.periods
    spent = spend(evaluation, scores, np.arange(12), 200.0)
    held = np.asarray(scores.cells["total.score"]) >= 40
    assert held.any()
    assert not spent.effort[held].any()


def test_what_is_told_of_many_and_of_a_budget(evaluate):
    given = roster(130)
    evaluation = evaluate(TEXT % (RULES, "arithmetic", "arithmetic"), roster=given).evaluation
    told = ways_of(evaluation, {}, None)
    assert len(told.going) == 130
    assert told.compared > 10
    assert 0 <= told.dearer[0] <= told.dearer[1]
    reached = [going for going in told.going if going.reached]
    assert [going.effort for going in reached] == sorted(going.effort for going in reached)
    spent = spending(evaluation, 100.0, "worth")
    assert sum(going.effort for going in spent.going) <= 100.0 + 1e-6
    assert all(going.score_after > going.score for going in spent.going)
