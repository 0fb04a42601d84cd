"""What a ranking hangs on: indices that are known, and choices that matter or do not."""

from __future__ import annotations

import numpy as np
import pytest

from scorecard.advice.certainty.certainty import certainty
from scorecard.advice.certainty.draws import Draws
from scorecard.advice.certainty.factors import factors
from scorecard.advice.certainty.indices import sobol

TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster}
bands: {red: {from: 0}, amber: {from: 60}, green: {from: 80}}
sources: {roster: {type: given}}
defaults: {metrics: {source: roster, worst: 0, target: 100}}
metrics:
  a: {weight: 3%s}
  b: {weight: 2}
  d: {weight: 1}
"""


def roster(size=40, gaps=0.0):
    rng = np.random.default_rng(8)
    columns = {name: np.where(rng.random(size) < gaps, np.nan, rng.random(size) * 100).tolist() for name in "abd"}
    return {"c": [f"c{row:03d}" for row in range(size)], **columns}


def found(evaluate, bend="", given=None, row=None):
    evaluation = evaluate(TEXT % bend, roster=given or roster()).evaluation
    return certainty(evaluation, {}, Draws(count=200)).sensitivity(row)


def test_indices_of_ishigami():
    """Ishigami and Homma (1990) with a = 7, b = 0.1: S = (0.3139, 0.4424, 0), ST = (0.5576, 0.4424, 0.2437)."""

    def ishigami(inputs):
        x, y, z = np.pi * (2 * inputs - 1)
        return (np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))[None, :]

    (indices,) = sobol(ishigami, 3, 2**13, seed=1)
    np.testing.assert_allclose(indices.first, [0.3139, 0.4424, 0], atol=0.01)
    np.testing.assert_allclose(indices.total, [0.5576, 0.4424, 0.2437], atol=0.01)


def test_indices_of_a_sum_are_the_shares_of_its_variance():
    first, second = sobol(lambda x: np.stack([3 * x[0] + 4 * x[1], x[0]]), 2, 2**12, seed=1)
    np.testing.assert_allclose(first.first, [9 / 25, 16 / 25], atol=0.01)
    np.testing.assert_allclose(first.total, [9 / 25, 16 / 25], atol=0.01)
    np.testing.assert_allclose(second.total, [1, 0], atol=0.01)


def test_the_factors_are_the_choices_that_this_definition_has(evaluate):
    def ids(bend="", given=None):
        evaluation = evaluate(TEXT % bend, roster=given or roster()).evaluation
        ((_, scores),) = evaluation.periods
        return [factor.id for factor in factors(evaluation.plan.scorecard, scores)]

    assert ids() == ["weights", "aggregation"]
    assert ids(", thresholds: {amber: 20, green: 90}") == ["weights", "curves", "aggregation"]
    assert ids(given=roster(gaps=0.1)) == ["weights", "aggregation", "missing"]


def test_a_curve_that_hardly_bends_moves_hardly_anything_and_one_that_bends_does(evaluate):
    little = found(evaluate, ", thresholds: {amber: 60, green: 80.1}")
    much = found(evaluate, ", thresholds: {amber: 5, green: 10}")
    assert dict(zip(little.factors, little.ranks.total, strict=True))["curves"] < 0.01
    assert dict(zip(much.factors, much.ranks.total, strict=True))["curves"] > 0.2
    assert much.shift > little.shift > 0


def test_every_run_of_a_factor_is_a_change_of_the_definition(evaluate):
    """Under weights alone the score of one row varies as drawn; the geometric mean pulls it down in half of the runs."""
    sensitivity = found(evaluate, row=0)
    assert sensitivity.score is not None
    assert sensitivity.spread > 0
    assert sensitivity.score.total.sum() > 0.9
    assert sensitivity.runs == 512 * 4
    assert sensitivity.rows == 40


def test_the_same_seed_gives_the_same_indices(evaluate):
    first, second = found(evaluate), found(evaluate)
    np.testing.assert_array_equal(first.ranks.total, second.ranks.total)


def test_one_metric_leaves_nothing_to_compare(evaluate):
    text = TEXT[: TEXT.index("  b:")] % ", thresholds: {amber: 20, green: 90}"
    evaluation = evaluate(text, roster=roster()).evaluation
    assert certainty(evaluation, {}, Draws(count=20)).sensitivity() is None


def test_where_some_ways_leave_no_score_the_score_is_not_compared(evaluate):
    text = TEXT.replace("sources:", "total: {coverage: 0.667}\nsources:") % ""
    given = roster()
    given["b"][0] = None
    evaluation = evaluate(text, roster=given).evaluation
    sensitivity = certainty(evaluation, {}, Draws(count=200)).sensitivity(1)
    assert sensitivity.spread > 0
    only_just = TEXT.replace("sources:", "total: {coverage: 0.66}\nsources:") % ""
    sensitivity = certainty(evaluate(only_just, roster=given).evaluation, {}, Draws(count=200)).sensitivity(0)
    assert np.isnan(sensitivity.spread)
    assert np.isfinite(sensitivity.shift)


def test_without_scipy_it_says_so(evaluate, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(ImportError):
        found(evaluate)
