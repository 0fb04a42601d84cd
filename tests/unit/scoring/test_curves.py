"""From a value to a score: each curve, its reasons, and the value a score needs."""

import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from scorecard.model.state import Reason
from scorecard.scoring.curves import CURVES, load
from scorecard.scoring.curves.at import At

nan = np.nan


def at(**numbers) -> At:
    return At(**{"worst_score": 0.0, "best_score": 100.0, **numbers})


def scores(curve, values, numbers):
    return load(curve).score(np.asarray(values, dtype=float), numbers)


def scored(curve, values, numbers):
    found, reasons = scores(curve, values, numbers)
    assert_array_equal(reasons, 0)
    return found


HIGHER = at(worst=40.0, thresholds=((60.0, 65.6), (80.0, 77.9)), target=82.0)
LOWER = at(worst=72.0, thresholds=((60.0, 48.0), (80.0, 24.0)), target=8.0)


@pytest.mark.parametrize("numbers", [HIGHER, LOWER])
def test_anchors_earn_exactly_their_scores_and_beyond_the_ends_it_is_flat(numbers):
    values = [numbers.worst, *(value for _, value in numbers.thresholds), numbers.target]
    assert_array_equal(scored("straight", values, numbers), [0, 60, 80, 100])
    away = np.sign(numbers.target - numbers.worst) * 1000
    assert_array_equal(
        scored("straight", [numbers.worst - away, numbers.target + away, -away * np.inf, away * np.inf], numbers), [0, 100, 0, 100]
    )


def test_between_anchors_the_line_is_straight():
    assert_allclose(scored("straight", [60, 36, 16], LOWER), [30, 70, 90])


def test_rows_with_their_own_anchors_score_as_alone():
    worst, amber, target = np.array([0.0, 72.0, 10.0]), np.array([5.0, 48.0, 30.0]), np.array([10.0, 8.0, 40.0])
    rows = at(worst=worst, thresholds=((60.0, amber),), target=target)
    values = np.array([2.5, 60.0, 30.0])
    alone = [
        scored("straight", [v], at(worst=w, thresholds=((60.0, a),), target=t))[0]
        for v, w, a, t in zip(values, worst, amber, target, strict=True)
    ]
    assert_array_equal(scored("straight", values, rows), alone)
    assert_array_equal(scored("straight", amber, rows), [60, 60, 60])
    assert_array_equal(scored("straight", target, rows), [100, 100, 100])


def test_direction_follows_from_worst_and_target_on_a_scale_where_low_scores_are_good():
    risk = at(worst_score=100.0, best_score=0.0, worst=72.0, target=8.0)
    assert_array_equal(scored("straight", [72, 40, 8, 100], risk), [100, 50, 0, 100])


def test_a_pair_is_a_range():
    span = at(worst=(0.0, 25.0), target=(5.0, 12.0))
    assert_allclose(scored("straight", [-1, 0, 2.5, 5, 8, 12, 18.5, 25, 30], span), [0, 0, 50, 100, 100, 100, 50, 0, 0])
    assert_allclose(scored("linear", [5, 10, 17.5], at(worst=(0.0, 25.0), target=10.0)), [50, 100, 50])


def test_thresholds_do_not_bend_a_range_nor_a_curve_that_is_written():
    assert_array_equal(scored("straight", [2.5], at(worst=(0.0, 25.0), target=(5.0, 12.0), thresholds=((60.0, 1.0),))), [50])
    assert_array_equal(scored("linear", [61.0], HIGHER), [50])


OUT_OF_ORDER = [
    at(worst=5.0, target=5.0),
    at(worst=0.1 + 0.2, target=0.3),
    at(worst=0.0, thresholds=((60.0, 8.0), (80.0, 6.0)), target=10.0),
    at(worst=0.0, thresholds=((60.0, 6.0), (80.0, 6.0)), target=10.0),
    at(worst=0.0, thresholds=((60.0, 12.0),), target=10.0),
    at(worst=0.0, thresholds=((60.0, 0.0),), target=10.0),
    at(worst=(0.0, 25.0), target=(12.0, 5.0)),
    at(worst=(0.0, 25.0), target=(0.0, 12.0)),
]


@pytest.mark.parametrize("numbers", OUT_OF_ORDER)
def test_numbers_out_of_order_leave_no_score_and_say_so(numbers):
    found, reasons = scores("straight", [1.0, 7.0], numbers)
    assert np.isnan(found).all()
    assert_array_equal(reasons, Reason.NUMBERS_OUT_OF_ORDER)


def test_out_of_order_is_judged_row_by_row():
    found, reasons = scores("straight", [5.0] * 4, at(worst=np.array([0.0, 10.0, 10.0, nan]), target=np.array([10.0, 0.0, 10.0, 10.0])))
    assert_array_equal(found, [50, 50, nan, nan])
    assert_array_equal(reasons, [0, 0, Reason.NUMBERS_OUT_OF_ORDER, Reason.NUMBER_MISSING])


@pytest.mark.parametrize(
    "numbers",
    [at(worst=nan, target=1.0), at(target=1.0), at(worst=0.0, target=(1.0, 2.0)), at(worst=0.0, thresholds=((60.0, nan),), target=1.0)],
)
def test_a_missing_number_says_so(numbers):
    found, reasons = scores("straight", [0.5], numbers)
    assert np.isnan(found[0])
    assert reasons[0] == Reason.NUMBER_MISSING


def test_an_anchor_may_repeat_where_its_score_does():
    numbers = at(worst=0.0, thresholds=((0.0, 0.0), (60.0, 6.0), (100.0, 10.0)), target=10.0)
    assert_array_equal(scored("straight", [0, 3, 6, 10], numbers), [0, 30, 60, 100])
    assert_array_equal(scored("straight", [0.0, 3.0], at(worst=np.zeros(2), thresholds=((0.0, 0.0),), target=6.0)), [0, 50])


@pytest.mark.parametrize("curve", ["straight", "linear", "log"])
def test_a_flat_peer_group_scores_the_middle(curve):
    """Trap 9."""
    found, reasons = scores(curve, [3.0, 3.0, nan], at(worst=np.array([3.0, 2.0, 3.0]), target=np.array([3.0, 4.0, 3.0]), flat_peers=True))
    assert found[0] == 50
    assert np.isnan(found[2])
    assert_array_equal(reasons, 0)


def test_a_flat_peer_group_is_flat_but_for_the_last_digit():
    assert scored("straight", [0.3], at(worst=0.3, target=0.1 + 0.2, flat_peers=np.array([True])))[0] == 50


@pytest.mark.parametrize("curve", ["straight", "linear", "log", "identity", "points", "steps", "lookup"])
def test_no_value_has_no_score_and_no_fault(curve):
    numbers = at(worst=1.0, target=9.0, points=((0.0, 0.0), (1.0, 1.0)), steps=((None, True, 1.0),), lookup={"a": 1.0}, otherwise=3.0)
    assert_array_equal(scored(curve, [nan], numbers), [nan])


def test_log_is_the_income_index():
    """Human Development Report 2021/22, technical note 1: income of 100 to 75,000 dollars."""
    numbers = at(best_score=1.0, worst=100.0, target=75_000.0)
    assert_allclose(scored("log", [17_617.5], numbers), [(np.log(17_617.5) - np.log(100)) / (np.log(75_000) - np.log(100))], rtol=1e-14)
    assert_array_equal(scored("log", [100, 75_000, 50, 1e9, 0, -4], numbers), [0, 1, 0, 1, 0, 0])
    assert_array_equal(scored("log", [0, -1, 1, 100], at(worst=100.0, target=1.0)), [100, 100, 100, 0])


@pytest.mark.parametrize("numbers", [at(worst=0.0, target=10.0), at(worst=10.0, target=-1.0), at(worst=(0.0, 9.0), target=2.0)])
def test_log_of_numbers_not_above_zero_is_out_of_order(numbers):
    assert scores("log", [1.0], numbers)[1][0] == Reason.NUMBERS_OUT_OF_ORDER


def test_identity_is_clamped_to_a_closed_scale_only():
    assert_array_equal(scored("identity", [-5, 50, 120], at()), [0, 50, 100])
    unbounded = at(worst_score=nan, best_score=nan)
    assert_array_equal(scored("identity", [-5, 120], unbounded), [-5, 120])
    assert scores("identity", [np.inf], unbounded)[1][0] == Reason.NOT_FINITE


POINTS = at(points=((0.0, 20.0), (10.0, 50.0), (20.0, 90.0)))


def test_points():
    assert_array_equal(scored("points", [-1, 0, 5, 10, 20, 99], POINTS), [20, 20, 35, 50, 90, 90])
    assert_array_equal(scored("points", [0, 15, 20], at(points=POINTS.points[::-1])), [20, 70, 90])
    assert_array_equal(scored("points", [0.0, 2.0], at(points=((0.0, -10.0), (2.0, 130.0)))), [0, 100])
    assert_array_equal(scored("points", [2.0], at(worst_score=nan, best_score=nan, points=((0.0, -10.0), (2.0, 130.0)))), [130])
    assert_array_equal(scored("points", [2.0], at(points=((1.0, 30.0),))), [30])


def test_unsorted_points_are_out_of_order_row_by_row():
    found, reasons = scores("points", [5.0, 5.0], at(points=((0.0, 0.0), (np.array([8.0, 12.0]), 50.0), (10.0, 100.0))))
    assert found[0] == 31.25
    assert_array_equal(reasons, [0, Reason.NUMBERS_OUT_OF_ORDER])
    assert scores("points", [5.0], at(points=((0.0, 0.0), (0.0, 5.0), (1.0, 9.0))))[1][0] == Reason.NUMBERS_OUT_OF_ORDER
    assert scores("points", [5.0], at())[1][0] == Reason.NUMBER_MISSING


STEPS = at(steps=((8.0, True, 3.0), (20.0, False, 1.0), (None, True, 0.0)))


def test_steps_take_the_first_that_covers():
    assert_array_equal(scored("steps", [-5, 8, 8.01, 19.99, 20, 1e9], STEPS), [3, 3, 1, 1, 0, 0])


def test_an_edge_of_steps_is_an_edge_after_the_tidy_up():
    third = at(steps=((0.3, True, 100.0), (None, True, 0.0)))
    assert_array_equal(scored("steps", [0.1 + 0.2, 0.3001], third), [100, 0])
    below = at(steps=((0.3, False, 0.0), (None, True, 100.0)))
    assert_array_equal(scored("steps", [0.3 - 1e-17 - 5e-17, 0.2999], below), [100, 0])


def test_a_value_that_no_step_covers_says_so():
    found, reasons = scores("steps", [5.0, 9.0], at(steps=((8.0, True, 3.0),)))
    assert_array_equal(found, [3, nan])
    assert_array_equal(reasons, [0, Reason.CURVE_DOES_NOT_COVER])


def test_steps_with_edges_and_scores_per_row():
    numbers = at(steps=((np.array([1.0, 5.0, nan]), True, np.array([10.0, 20.0, 30.0])), (None, True, 0.0)))
    found, reasons = scores("steps", [3.0, 3.0, 3.0], numbers)
    assert_array_equal(found, [0, 20, nan])
    assert_array_equal(reasons, [0, 0, Reason.NUMBER_MISSING])


GRADES = at(lookup={"A": 100.0, "B": 60.0, "1": 20.0, "2.50": 30.0})


def test_lookup_of_text():
    found, reasons = load("lookup").score_text(np.array([0, 1, 2, -1, 3, 4]), ("A", "B", "C", "1.0", "01"), GRADES)
    assert_array_equal(found, [100, 60, nan, nan, 20, nan])
    assert_array_equal(reasons, [0, 0, Reason.CURVE_DOES_NOT_COVER, 0, 0, Reason.CURVE_DOES_NOT_COVER])


def test_lookup_of_numbers_goes_by_their_shortest_text():
    found, reasons = scores("lookup", [1.0, 2.5, 7.0, nan], at(lookup=GRADES.lookup, otherwise=3.0))
    assert_array_equal(found, [20, 30, 3, nan])
    assert_array_equal(reasons, 0)


def test_lookup_of_long_numbers_and_of_sums():
    codes = at(lookup={"1234567890123": 10.0, "0.3": 20.0, "-2": 30.0})
    assert_array_equal(scored("lookup", [1234567890123, 0.1 + 0.2, -2.0], codes), [10, 20, 30])
    assert scores("lookup", [1234567890124.0], codes)[1][0] == Reason.CURVE_DOES_NOT_COVER


def test_lookup_with_scores_per_row():
    numbers = at(lookup={"A": np.array([1.0, 2.0, nan])}, otherwise=9.0)
    found, reasons = load("lookup").score_text(np.array([0, 1, 0]), ("A", "B"), numbers)
    assert_array_equal(found, [1, 9, nan])
    assert_array_equal(reasons, [0, 0, Reason.NUMBER_MISSING])
    assert_array_equal(load("lookup").score_text(np.array([-1]), (), numbers)[0], [nan])


# ---------------------------------------------------------------- the value needed


@pytest.mark.parametrize("numbers", [HIGHER, LOWER])
def test_the_value_needed_for_an_anchor_is_the_anchor(numbers):
    values = [numbers.worst, *(value for _, value in numbers.thresholds), numbers.target]
    assert_allclose(load("straight").inverse(np.array([0.0, 60.0, 80.0, 100.0]), numbers), values, rtol=1e-15)
    assert_array_equal(load("straight").inverse(np.array([-5.0, 100.1, nan]), numbers), [numbers.worst, nan, nan])


def test_a_range_is_met_on_the_side_one_is_on():
    span = at(worst=(0.0, 25.0), target=(5.0, 12.0))
    inverse = load("straight").inverse
    assert_allclose(inverse(np.array([50.0, 50.0]), span, near=np.array([1.0, 20.0])), [2.5, 18.5])
    assert_allclose(inverse(50.0, span), 2.5)
    assert_array_equal(inverse(100.0, span, near=20.0), 12.0)
    logs = at(worst=(1.0, 10_000.0), target=100.0)
    assert_allclose(load("log").inverse(np.array([50.0, 50.0]), logs, near=np.array([2.0, 5000.0])), [10, 1000])


def test_where_the_curve_is_flat_the_end_nearest_to_worst_is_enough():
    flat = at(points=((0.0, 0.0), (10.0, 50.0), (20.0, 50.0), (30.0, 100.0)))
    assert_array_equal(load("points").inverse(np.array([50.0, 75.0, 0.0]), flat), [10, 25, 0])
    falling = at(points=((0.0, 100.0), (10.0, 50.0), (20.0, 50.0), (30.0, 10.0)))
    assert_array_equal(load("points").inverse(np.array([50.0, 5.0, 100.0, 101.0]), falling), [20, 30, 0, nan])


def test_numbers_out_of_order_need_no_value():
    assert np.isnan(load("straight").inverse(50.0, at(worst=3.0, target=3.0)))
    assert np.isnan(load("log").inverse(50.0, at(worst=0.0, target=3.0)))


def test_the_value_needed_for_a_step():
    inverse = load("steps").inverse
    assert_allclose(inverse(np.array([3.0, 1.0, 0.0, 4.0]), STEPS), [8, 20, 20, nan], rtol=1e-8)
    assert_array_equal(scored("steps", inverse(np.array([3.0, 1.0, 2.0]), STEPS), STEPS), [3, 1, 3])
    rising = at(steps=((8.0, True, 0.0), (20.0, False, 1.0), (None, True, 3.0)))
    assert_allclose(inverse(np.array([0.0, 1.0, 2.0]), rising), [8, 8, 20], rtol=1e-8)
    assert_array_equal(scored("steps", inverse(np.array([0.0, 1.0, 2.0]), rising), rising), [0, 1, 3])


def test_the_value_needed_under_identity_is_the_score():
    assert_array_equal(load("identity").inverse(np.array([-3.0, 40.0, 100.0, 101.0]), at()), [0, 40, 100, nan])
    risk = at(worst_score=100.0, best_score=0.0)
    assert_array_equal(load("identity").inverse(np.array([120.0, 40.0, -1.0]), risk), [100, 40, nan])


def test_every_curve_keeps_the_promise_of_its_record():
    for id, record in CURVES.items():
        assert record.id == id
        assert {"en", "zh"} <= set(record.title.by_language) & set(record.doc.by_language)
        assert hasattr(load(id), "inverse") or not record.invertible
        assert callable(load(id).score)


def test_the_tables_load_no_numpy():
    code = "import sys, scorecard.scoring.curves, scorecard.scoring.aggregations; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
