"""Weights from judgements and rankings: published examples, and what must hold for any."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scorecard.advice.weighing.pairwise import combined, judged, matrix_of, priorities, unreached
from scorecard.advice.weighing.ranking import METHODS
from scorecard.definition.judgements import Comparison
from scorecard.model.issue import Place

HERE = Place("judgements.yaml", 1, 1)


def matrix(*rows: str) -> np.ndarray:
    """A matrix of which the part above the diagonal is read; a question mark is no judgement."""
    written = [row.split() for row in rows]
    nodes = nodes_of(len(rows))
    said = [
        Comparison(nodes[i], nodes[j], float(Fraction(written[i][j])), HERE)
        for i in range(len(rows))
        for j in range(i + 1, len(rows))
        if written[i][j] != "?"
    ]
    return matrix_of(nodes, said)


def nodes_of(count: int) -> list[str]:
    return [f"n{place}" for place in range(count)]


JOB = ("1 1/4 1/6 1/4 1/8", "4 1 1/3 3 1/7", "6 3 1 4 1/2", "4 1/3 1/4 1 1/7", "8 7 2 7 1")
DRINKS = (
    "1 9 5 2 1 1 1/2",
    ". 1 1/3 1/9 1/9 1/9 1/9",
    ". . 1 1/3 1/4 1/3 1/9",
    ". . . 1 1/2 1 1/3",
    ". . . . 1 2 1/2",
    ". . . . . 1 1/3",
    ". . . . . . 1",
)
CITY = ("1 1/5 3 1/2 5", ". 1 7 1 7", ". . 1 1/4 3", ". . . 1 7", ". . . . 1")


@pytest.mark.parametrize(
    ("rows", "weights", "ratio"),
    [
        # Saaty, Int. J. Services Sciences 1 (2008) 83-98: flexibility, opportunities, security, reputation, salary of a job
        (JOB, [0.036, 0.122, 0.262, 0.075, 0.506], None),
        # the same: which drink is consumed more in the U.S.; coffee, wine, tea, beer, sodas, milk, water
        (DRINKS, [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], 0.022),
        # Saaty 2004, as the vignette of the R package ahpsurvey works it out: culture, family, housing, jobs, transportation
        (CITY, None, 0.05),
    ],
)
def test_published_examples(rows: tuple[str, ...], weights: list[float] | None, ratio: float | None) -> None:
    found = priorities(nodes_of(len(rows)), matrix(*rows))
    if weights is not None:
        assert found.weights.round(3).tolist() == weights
    if ratio is not None:
        assert found.ratio == pytest.approx(ratio, abs=0.0011)
        assert found.consistent


weights_of_nodes = st.lists(st.floats(0.2, 5.0), min_size=3, max_size=6).map(np.array)


@given(weights_of_nodes, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_consistent_judgements_give_their_weights_back_also_where_some_are_missing(weights: np.ndarray, random: object) -> None:
    n = len(weights)
    ratios = weights[:, None] / weights[None, :]
    for i in range(n):
        for j in range(i + 2, n):
            if random.random() < 0.5:  # type: ignore[attr-defined]
                ratios[i, j] = ratios[j, i] = np.nan
    found = priorities(nodes_of(n), ratios)
    assert found.weights == pytest.approx(weights / weights.sum(), abs=1e-6)
    assert found.largest == pytest.approx(n, abs=1e-6)
    assert found.ratio is None or found.ratio == pytest.approx(0.0, abs=1e-5)
    assert (found.ratio is None) == (found.unsaid == (n - 1) * (n - 2) // 2)


@given(st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 2, 1, 2, 4, 7, 9]), min_size=6, max_size=6), st.permutations(range(4)))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_nodes_is_of_no_account(said: list[float], order: list[int]) -> None:
    full = np.ones((4, 4))
    full[np.triu_indices(4, 1)] = said
    full[np.tril_indices(4, -1)] = 1 / full.T[np.tril_indices(4, -1)]
    one, other = priorities(nodes_of(4), full), priorities(nodes_of(4), full[np.ix_(order, order)])
    assert other.weights == pytest.approx(one.weights[order], abs=1e-9)
    assert other.ratio == pytest.approx(one.ratio, abs=1e-9)


@given(st.lists(st.floats(0.3, 3.0), min_size=4, max_size=6).map(np.array), st.data())
@settings(max_examples=50, deadline=None)
def test_the_one_judgement_that_spoils_the_others_is_named_with_what_it_should_be(weights: np.ndarray, data: st.DataObject) -> None:
    n = len(weights)
    i = data.draw(st.integers(0, n - 2))
    j = data.draw(st.integers(i + 1, n - 1))
    ratios = weights[:, None] / weights[None, :]
    true = ratios[i, j]
    ratios[i, j], ratios[j, i] = true * 30, 1 / (true * 30)
    found = judged(nodes_of(n), ratios)
    assume(not found.consistent)
    assert found.doubt is not None
    assert (found.doubt.first, found.doubt.second) == (f"n{i}", f"n{j}")
    assert found.doubt.implied == pytest.approx(true, rel=1e-6)
    assert found.doubt.ratio == pytest.approx(0.0, abs=1e-6)
    assert found.doubt.alone


def test_among_three_any_judgement_may_be_the_wrong_one() -> None:
    """By hand: three nodes have the principal eigenvalue 1 + d + 1/d, d the cube root of a12·a23/a13."""
    found = judged(nodes_of(3), matrix("1 7 3", ". 1 5", ". . 1"))
    d = (7 * 5 / 3) ** (1 / 3)
    assert found.largest == pytest.approx(1 + d + 1 / d)
    assert found.ratio == pytest.approx((d + 1 / d - 2) / 2 / 0.52)
    assert found.doubt is not None
    assert not found.doubt.alone


def test_a_chain_of_judgements_cannot_contradict_itself() -> None:
    found = priorities(nodes_of(4), matrix("1 2 ? ?", ". 1 3 ?", ". . 1 4", ". . . 1"))
    assert found.weights == pytest.approx(np.array([24, 12, 4, 1]) / 41)
    assert (found.ratio, found.unsaid) == (None, 3)


def test_judges_are_combined_by_the_geometric_mean_of_those_who_said_something() -> None:
    together = combined([matrix("1 2 ?", ". 1 3", ". . 1"), matrix("1 8 1/2", ". 1 ?", ". . 1")])
    assert together[0, 1] == pytest.approx(4)
    assert together[1, 0] == pytest.approx(1 / 4)
    assert together[0, 2] == pytest.approx(1 / 2)
    assert together[1, 2] == pytest.approx(3)


def test_what_no_judgement_reaches_is_named() -> None:
    assert unreached(nodes_of(4), matrix("1 2 ? ?", ". 1 ? ?", ". . 1 4", ". . . 1")) == ("n2", "n3")
    assert unreached(nodes_of(3), matrix("1 ? 2", ". 1 3", ". . 1")) == ()


@pytest.mark.parametrize(
    ("method", "weights"),
    [
        # Barron and Barrett, Management Science 42 (1996) 1515-1523, four attributes
        ("centroid", [0.5208, 0.2708, 0.1458, 0.0625]),
        ("sum", [0.4, 0.3, 0.2, 0.1]),
        ("reciprocal", [0.48, 0.24, 0.16, 0.12]),
    ],
)
def test_published_weights_of_rankings(method: str, weights: list[float]) -> None:
    assert METHODS[method](4).round(4).tolist() == weights


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", [1, 2, 7])
def test_weights_of_a_ranking_fall_and_sum_to_one(method: str, count: int) -> None:
    weights = METHODS[method](count)
    assert weights.sum() == pytest.approx(1)
    assert (np.diff(weights) < 0).all()
