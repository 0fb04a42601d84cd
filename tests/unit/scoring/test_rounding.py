"""Rounding in base ten after the tidy-up; decimal.Decimal is the judge."""

import decimal
import math
from decimal import Decimal

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from scorecard.model.definition import Rounding, Scale
from scorecard.scoring.rounding import largest_remainder, reaching, rounded, span_of, tidy

DECIMAL_MODES = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "down": decimal.ROUND_DOWN,
    "up": decimal.ROUND_UP,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}


def as_decimal(x: float, decimals: int, mode: str, tidied_at: int) -> float:
    tidied = Decimal(x).quantize(Decimal(1).scaleb(-tidied_at), decimal.ROUND_HALF_EVEN)
    return float(tidied.quantize(Decimal(1).scaleb(-decimals), DECIMAL_MODES[mode]))


@pytest.mark.parametrize(
    ("x", "decimals", "expected"),
    [(0.285, 2, 0.29), (1.005, 2, 1.01), (2.675, 2, 2.68), (79.95, 1, 80.0), (-2.675, 2, -2.68), (0.5, 0, 1.0), (-0.5, 0, -1.0)],
)
def test_halves_go_away_from_zero_as_they_are_written(x, decimals, expected):
    assert rounded(np.array([x]), Rounding(decimals=decimals), 100.0)[0] == expected


@pytest.mark.parametrize("span", [1.0, 4.0, 100.0, 550.0, 1e6])
def test_reaching_compares_tidied_numbers_with_one_comparison(span):
    unit = tidy(np.array([span * 1e-9]), span)[0]
    rng = np.random.default_rng(7)
    for goal in (0.0, -0.0, 60.0, 0.3, -2.5, span, rng.uniform(-span, span), 1e15 / 2e7, 1e15, -3e16, 1e300, np.inf, -np.inf, np.nan):
        near = goal + unit * np.concatenate([rng.uniform(-2, 2, 200), np.arange(-2, 2.5, 0.5)])
        steps = near
        with np.errstate(over="ignore"):
            for _ in range(3):
                last = steps[-2 * len(near) :]
                steps = np.concatenate([steps, np.nextafter(last, np.inf), np.nextafter(last, -np.inf)])
        x = np.concatenate([steps, [goal, 0.0, -0.0, np.inf, -np.inf, np.nan]])
        assert_array_equal(reaching(x, goal, span), tidy(x, span) >= tidy(goal, span))
        assert_array_equal(reaching(x, np.full(x.shape, goal), span), tidy(x, span) >= tidy(goal, span))


def test_a_sum_that_misses_an_edge_by_its_last_digit_is_tidied_first():
    assert 0.1 + 0.2 > 0.3
    assert tidy(np.array([0.1 + 0.2]), 1.0)[0] == 0.3
    assert rounded(np.array([2.5 - 1e-12]), Rounding(), 100.0)[0] == 3.0
    assert rounded(np.array([3.0 - 1e-12]), Rounding(mode="down"), 100.0)[0] == 3.0
    assert rounded(np.array([3.0 + 1e-12]), Rounding(mode="up"), 100.0)[0] == 3.0


@pytest.mark.parametrize("mode", DECIMAL_MODES)
@pytest.mark.parametrize("decimals", [-2, -1, 0, 1, 2, 3, 5])
def test_every_mode_agrees_with_decimal(mode, decimals):
    random = np.random.default_rng(7)
    halves = np.round(random.uniform(-200, 200, 500), max(decimals, 0)) + 0.5 * 10.0**-decimals
    x = np.concatenate([random.uniform(-200, 200, 500), halves, np.round(random.uniform(-99, 99, 500), decimals + 1), [0.0, 250.0, -250.0]])
    found = rounded(x, Rounding(decimals=decimals, mode=mode), 100.0)
    assert_array_equal(found, [as_decimal(each, decimals, mode, tidied_at=7) for each in x.tolist()])


def test_more_decimals_than_the_tidy_up_keep_the_tidied_number():
    assert rounded(np.array([1 / 3]), Rounding(decimals=12), 1.0)[0] == 0.333333333


def test_large_numbers_of_an_open_scale_round_at_the_digits_they_have():
    x = np.array([12_345_678.285, 1e9 + 0.5, 1e15 + 2, 1e300, 2.675])
    assert_array_equal(rounded(x, Rounding(decimals=2), 1.0), [12_345_678.29, 1e9 + 0.5, 1e15 + 2, 1e300, 2.68])
    assert_array_equal(rounded(np.array([1.5e16, 151.0]), Rounding(decimals=-2), 1.0), [1.5e16, 200.0])
    assert tidy(np.array([1e12]), 1.0)[0] == 1e12


def test_no_value_and_infinity_pass_through():
    for how in (Rounding(), Rounding(decimals=-1, mode="up"), Rounding(decimals=2, binary=True)):
        assert_array_equal(rounded(np.array([np.nan, np.inf, -np.inf]), how, 100.0), [np.nan, np.inf, -np.inf])


def math_round(x: float, decimals: int) -> float:
    scaled = x * 10.0**decimals
    whole = math.floor(scaled)
    return (whole + 1 if scaled - whole >= 0.5 else whole) / 10.0**decimals


def test_binary_rounding_scales_rounds_and_divides_in_doubles():
    assert rounded(np.array([1.005, 2.5, -2.5, 0.49999999999999994]), Rounding(decimals=2, binary=True), 100.0)[0] == 1.0
    assert_array_equal(rounded(np.array([2.5, -2.5, 0.49999999999999994]), Rounding(binary=True), 100.0), [3.0, -2.0, 0.0])
    x = np.random.default_rng(3).uniform(-100, 100, 2000)
    assert_array_equal(rounded(x, Rounding(decimals=1, binary=True), 100.0), [math_round(each, 1) for each in x.tolist()])
    assert_array_equal(rounded(np.array([2.5, -2.5]), Rounding(mode="half_even", binary=True), 1.0), [2.0, -2.0])


def test_one_number_is_rounded_as_a_row_is():
    assert float(rounded(2.675, Rounding(decimals=2), 100.0)) == 2.68
    assert float(tidy(0.1 + 0.2, 1.0)) == 0.3


def test_span():
    assert [span_of(Scale()), span_of(Scale(low=300, high=850)), span_of(Scale(low=None, high=None))] == [100, 550, 1]
    assert tidy(np.array([60.0]), 550.0)[0] == 60.0


def test_printed_parts_add_up_to_the_printed_total():
    parts = np.array([33.333, 33.333, 33.334])
    assert_array_equal(largest_remainder(parts, 1, 100.0), [33.3, 33.3, 33.4])
    assert_array_equal(largest_remainder(np.array([1 / 3] * 3), 2, 1.0), [0.34, 0.33, 0.33])
    assert_array_equal(largest_remainder(np.array([10.0, np.nan, -3.26]), 1, 6.7), [10.0, np.nan, -3.3])


def test_printed_columns_add_up_row_by_row_even_against_a_total_rounded_another_way():
    random = np.random.default_rng(5)
    parts = random.uniform(-30, 60, (7, 300))
    for mode in ("half_up", "floor", "ceiling"):
        total = rounded(parts.sum(axis=0), Rounding(decimals=1, mode=mode), 100.0)
        printed = largest_remainder(parts, 1, total)
        assert_array_equal(np.rint(printed.sum(axis=0) * 10), np.rint(total * 10))
        assert np.abs(printed - parts).max() <= 0.2
