"""The two models against published figures, against their integrals, and against customers made up from known parameters."""

from __future__ import annotations

import csv
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from scipy.special import roots_genlaguerre, roots_jacobi
from scorecard_clv import bgnbd, gamma_gamma
from scorecard_clv.bgnbd import Buying
from scorecard_clv.fitting import NoFitError, most_likely
from scorecard_clv.gamma_gamma import SameSpending, Spending

CDNOW = Buying(r=0.243, alpha=4.414, a=0.793, b=2.426)
"""Fader, Hardie and Lee (2005), table 2; times in weeks"""
CDNOW_SPENDING = Spending(p=6.25, q=3.74, gamma=15.44)
"""Fader and Hardie (2013)"""
HISTORIES = [(0.0, 0.0, 38.86), (1.0, 1.71, 38.86), (2.0, 30.43, 38.86), (7.0, 29.43, 38.86)]


def arrays(*history: float) -> tuple[np.ndarray, ...]:
    return tuple(np.array([each]) for each in history)


def test_the_first_customer_of_cdnow_buys_as_often_as_published() -> None:
    assert CDNOW.expected(39.0, *arrays(2, 30.43, 38.86)) == pytest.approx(1.226, abs=5e-4)


SMOOTH = Buying(r=1.6, alpha=5.0, a=1.3, b=2.4)


def weighed(model: Buying, value: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> float:
    """The integral of a value over how often customers buy and how easily they stop, by Gauss's quadratures."""
    rates, of_rates = roots_genlaguerre(80, model.r - 1)
    chances, of_chances = roots_jacobi(80, model.b - 1, model.a - 1)
    weights = np.outer(of_rates / of_rates.sum(), of_chances / of_chances.sum())
    return float(np.sum(weights * value(rates[:, None] / model.alpha, (1 + chances[None, :]) / 2)))


@pytest.mark.parametrize(("again", "last", "age"), HISTORIES)
def test_the_likelihood_and_the_expectation_are_the_integrals_they_stand_for(again: float, last: float, age: float) -> None:
    def goes_on(rate: np.ndarray, chance: np.ndarray) -> np.ndarray:
        return (1 - chance) ** again * rate**again * np.exp(-rate * age)

    def stopped(rate: np.ndarray, chance: np.ndarray) -> np.ndarray:
        return chance * (1 - chance) ** (again - 1) * rate**again * np.exp(-rate * last) * (again > 0)

    likelihood = weighed(SMOOTH, goes_on) + weighed(SMOOTH, stopped)
    history = arrays(again, last, age)
    assert np.exp(bgnbd.log_likelihood(SMOOTH, *history)) == pytest.approx(likelihood, rel=1e-6)
    assert SMOOTH.alive(*history) == pytest.approx(weighed(SMOOTH, goes_on) / likelihood, rel=1e-6)
    buys = weighed(SMOOTH, lambda rate, chance: goes_on(rate, chance) * -np.expm1(-rate * chance * 39) / chance)
    assert SMOOTH.expected(39.0, *history) == pytest.approx(buys / likelihood, rel=1e-6)


def test_expected_purchases_stay_numbers_where_the_formula_is_delicate() -> None:
    again, last, age = (np.array(each, dtype=float) for each in ([0, 300, 3, 3], [0, 99, 1, 99], [100, 100, 100, 100]))
    for a in (1.0, 1.0 + 1e-9, 1e-5, 50.0):
        expected = Buying(r=0.3, alpha=4.0, a=a, b=2.0).expected(52.0, again, last, age)
        assert np.all(np.isfinite(expected))
        assert np.all(expected >= 0)
    near = [Buying(r=0.3, alpha=4.0, a=a, b=2.0).expected(52.0, again, last, age) for a in (0.9999, 1.0, 1.0001)]
    assert near[1] == pytest.approx((near[0] + near[2]) / 2, rel=1e-4)


def simulated(model: Buying, size: int, seed: int) -> tuple[np.ndarray, ...]:
    """Customers who buy as the model says, each watched for 30 to 80 weeks."""
    chance = np.random.default_rng(seed)
    rates, stops = chance.gamma(model.r, 1 / model.alpha, size), chance.beta(model.a, model.b, size)
    ages = chance.uniform(30, 80, size)
    again, last = np.zeros(size), np.zeros(size)
    for at in range(size):
        now = 0.0
        while (now := now + chance.exponential(1 / rates[at])) <= ages[at]:
            again[at], last[at] = again[at] + 1, now
            if chance.random() < stops[at]:
                break
    return again, last, ages


def test_the_parameters_that_customers_were_made_up_from_are_found_again() -> None:
    truth = Buying(r=0.8, alpha=6.0, a=0.9, b=3.0)
    history = simulated(truth, 6000, seed=4)
    found = bgnbd.fit(*history)
    assert found.r == pytest.approx(truth.r, rel=0.12)
    assert found.alpha == pytest.approx(truth.alpha, rel=0.12)
    assert found.a / (found.a + found.b) == pytest.approx(truth.a / (truth.a + truth.b), rel=0.12)
    assert bgnbd.log_likelihood(found, *history).sum() >= bgnbd.log_likelihood(truth, *history).sum()
    in_days = bgnbd.fit(history[0], history[1] * 7, history[2] * 7)
    assert (in_days.r, in_days.alpha / 7, in_days.a, in_days.b) == pytest.approx((found.r, found.alpha, found.a, found.b), rel=1e-3)


def test_a_penalizer_keeps_parameters_small() -> None:
    history = simulated(CDNOW, 400, seed=5)
    free, held = bgnbd.fit(*history), bgnbd.fit(*history, penalizer=0.1)
    assert held.a + held.b < free.a + free.b


def test_the_worth_of_purchases_is_found_again_and_lies_between_the_customer_and_everybody() -> None:
    chance = np.random.default_rng(6)
    again = chance.integers(1, 12, 4000).astype(float)
    scale = chance.gamma(CDNOW_SPENDING.q, 1 / CDNOW_SPENDING.gamma, 4000)
    means = chance.gamma(CDNOW_SPENDING.p * again, 1 / scale) / again
    found = gamma_gamma.fit(again, means)
    assert (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.74, 15.44), rel=0.25)
    assert gamma_gamma.log_likelihood(found, again, means).sum() >= gamma_gamma.log_likelihood(CDNOW_SPENDING, again, means).sum()
    everybody = CDNOW_SPENDING.expected(np.array([0.0]), np.array([np.nan]))
    assert everybody == pytest.approx(6.25 * 15.44 / 2.74)
    assert found.expected(np.array([0.0]), np.array([np.nan])) == pytest.approx(everybody, rel=0.03)
    few, many = CDNOW_SPENDING.expected(np.array([1.0, 50.0]), np.array([90.0, 90.0]))
    assert everybody < few < many < 90


def test_the_same_amount_for_all_is_what_a_purchase_is_worth() -> None:
    found = gamma_gamma.fit(np.array([1.0, 2.0, 3.0]), np.array([5.0, 5.0, 5.0]))
    assert found == SameSpending(5.0)
    assert list(found.expected(np.array([0.0, 9.0]), np.array([np.nan, 5.0]))) == [5.0, 5.0]


def test_spending_without_a_mean_is_refused() -> None:
    chance = np.random.default_rng(1)
    again = chance.integers(1, 6, 800).astype(float)
    means = chance.gamma(5.0 * again, 1 / chance.gamma(0.6, 1.0, 800)) / again
    with pytest.raises(NoFitError, match="no mean"):
        gamma_gamma.fit(again, means)


def test_where_no_parameters_fit_a_penalizer_is_advised() -> None:
    with pytest.raises(NoFitError, match="a penalizer such as"):
        most_likely(lambda _: float("nan"), [(1.0,), (2.0,)], 0.0)


def test_the_next_start_is_tried_where_one_leads_nowhere() -> None:
    def loss(parameters: np.ndarray) -> float:
        return float("inf") if parameters[0] > 50 else float(np.log(parameters[0] / 3) ** 2)

    found = most_likely(loss, [(99.0,), (9.0,)], 0.0)
    assert found == pytest.approx([3.0], rel=1e-4)


@pytest.fixture(scope="module")
def cdnow() -> list[dict[str, str]]:
    package = find_spec("lifetimes")
    if package is None or package.origin is None:
        pytest.skip("the CDNOW summary comes with the package lifetimes, and it is not installed")
    with (Path(package.origin).parent / "datasets" / "cdnow_customers_summary_with_transactions.csv").open() as lines:
        return list(csv.DictReader(lines))


def test_cdnow_gives_the_published_parameters(cdnow: list[dict[str, str]]) -> None:
    again, last, age, worth = (np.array([float(row[name]) for row in cdnow]) for name in ("x", "t_x", "T", "zbar"))
    found = bgnbd.fit(again, last, age)
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=1e-3)
    assert bgnbd.log_likelihood(found, again, last, age).sum() == pytest.approx(-9582.4, abs=0.05)
    spending = gamma_gamma.fit(again[again > 0], worth[again > 0])
    assert (spending.p, spending.q, spending.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=1e-2)
