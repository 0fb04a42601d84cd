"""What holds for all advice: what it promises comes true, whatever the definition, and nothing is advised that the definition rules out."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from drawing import USUAL, Drawn, drawn, evaluated
from hypothesis import given, settings

from scorecard.advice.levers import by_row, levers
from scorecard.advice.playbook import advice
from scorecard.advice.reach.cheapest import cheapest
from scorecard.advice.reach.portfolio import plans
from scorecard.evaluation.details import details
from scorecard.evaluation.evaluation import Evaluation


def moved(drawn: Drawn, row: int, values: dict[str, float]) -> dict[str, list[Any]]:
    """The records with other values of one row."""
    return {name: [values.get(name, v) if at == row else v for at, v in enumerate(column)] for name, column in drawn.records.items()}


def best_of(drawn: Drawn) -> float:
    low, high = drawn.ends
    return low if drawn.definition["direction"] == "lower" else high


@USUAL
@given(drawn(peers=False, wild=True))
def test_a_lever_keeps_its_promise(drawn: Drawn) -> None:
    evaluation = evaluated(drawn)
    ((_, scores),) = evaluation.periods
    rows = np.arange(len(scores))
    slack = 1e-9 * (drawn.ends[1] - drawn.ends[0])
    sign = -1 if drawn.definition["direction"] == "lower" else 1
    before, states = np.asarray(scores.cells["total.score"]), evaluation.metrics.set_index(["c", "metric"])["state"]
    for row, own in enumerate(by_row(levers(evaluation, scores, rows), rows)):
        for lever in own[:4]:
            after = evaluated(drawn, records=moved(drawn, row, {lever.metric: lever.needed})).scores
            assert after["score"][row] == pytest.approx(before[row] + lever.gain, abs=slack)
            assert (after["band"][row] if isinstance(after["band"][row], str) else None) == lever.total_band
            assert sign * lever.gain > 0
            assert states[drawn.records["c"][row], lever.metric] == "measured"
            assert lever.goal == "rule" or sign * (best_of(drawn) - lever.score) >= -slack


@USUAL
@given(drawn(wild=True))
def test_what_was_kept_on_the_way_says_the_same_as_scoring_again(drawn: Drawn) -> None:
    drawn.definition["recommendations"] = {
        f"of_{metric}": {"of": metric, "when": f"{metric}.score < 70 or total.score < 50", "action": "Do.", "priority": place % 2}
        for place, metric in enumerate(drawn.metrics)
    }
    told = []
    for traced in (False, True):
        evaluation = evaluated(drawn, traced=traced)
        ((_, scores),) = evaluation.periods
        rows = np.arange(len(scores))
        assert bool(scores.blocks) == traced
        found = list(levers(evaluation, scores, rows))
        given = advice(evaluation, scores, rows, found=found)
        parts = [
            (int(row), [(line.node, line.kind, str(line.rule), line.amount.tolist()) for line in (*one.ledger(), *one.lost())])
            for whole in details(evaluation.plan, scores, rows)
            for place, row in enumerate(whole.rows)
            if (one := whole.only(place))
        ]
        lines = {name: getattr(given, name).tolist() for name in ("which", "row", "gain", "needed")}
        told.append((by_row(found, rows), lines, sorted(parts, key=lambda part: part[0])))
    np.testing.assert_equal(told[0], told[1])


@USUAL
@given(drawn(peers=False))
def test_nothing_is_advised_about_what_is_fixed(drawn: Drawn) -> None:
    fixed = drawn.metrics[0]
    drawn.definition["metrics"][fixed]["fixed"] = True
    evaluation = evaluated(drawn)
    ((_, scores),) = evaluation.periods
    rows = np.arange(len(scores))
    assert all(lever.metric != fixed for own in by_row(levers(evaluation, scores, rows), rows) for lever in own)
    assert np.isnan(plans(evaluation, scores, rows).needed[fixed]).all()


@settings(USUAL, max_examples=30, derandomize=True)
@given(drawn(peers=False))
def test_a_way_reaches_its_band_and_a_quick_one_costs_no_less(drawn: Drawn) -> None:
    evaluation = evaluated(drawn)
    ((_, scores),) = evaluation.periods
    quick = plans(evaluation, scores, np.arange(len(scores)))
    for row in range(min(len(scores), 3)):
        way = cheapest(evaluation, scores, row)
        if way.moves:
            _comes_true(drawn, evaluation, row, {move.metric: move.needed for move in way.moves}, way.goal)
        if quick.reached[row]:
            needed = {metric: float(own[row]) for metric, own in quick.needed.items() if not math.isnan(own[row])}
            _comes_true(drawn, evaluation, row, needed, str(quick.goal[row]))
        if way.exact and quick.reached[row]:
            assert quick.effort[row] >= way.effort * (1 - 1e-4) - 1e-6
        if quick.reached[row]:
            assert way.reached or way.open_to


def _comes_true(drawn: Drawn, evaluation: Evaluation, row: int, needed: dict[str, float], goal: str) -> None:
    after = evaluated(drawn, records=moved(drawn, row, needed)).scores
    ranked = [band.id for band in evaluation.scorecard.bands]
    ranked = ranked[::-1] if drawn.definition["direction"] == "lower" else ranked
    assert ranked.index(after["band"][row]) >= ranked.index(goal)
