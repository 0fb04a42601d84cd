"""Bands: every edge has one owner."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from scorecard.model.definition import Scale
from scorecard.scoring.bands import anchor_score, band_by_thresholds, band_of
from scorecard.scoring.curves import load
from scorecard.scoring.curves.at import At

STARTS = [0.0, 60.0, 80.0]
RISK = Scale(lower_is_better=True)
OPEN = Scale(low=None, high=None)


def test_an_edge_belongs_to_the_band_that_starts_there():
    """Trap 21."""
    found = band_of(np.array([0, 59.9, 60, 79.99, 80, 100, np.nan]), STARTS, Scale())
    assert found.dtype == np.int16
    assert_array_equal(found, [0, 0, 1, 1, 2, 2, -1])
    assert_array_equal(band_of(np.array([60.0, 59.9]), STARTS, RISK), [1, 0])


def test_an_edge_missed_by_the_last_digit_is_met():
    """Trap 11."""
    assert_array_equal(band_of(np.array([0.1 + 0.2, 0.3 - 1e-12, 0.2999]), [0.0, 0.3], 1.0), [1, 1, 0])


def test_below_every_start_is_no_band_but_on_an_open_scale_the_first():
    assert_array_equal(band_of(np.array([10.0, 90.0]), [30.0, 80.0], Scale()), [-1, 1])
    assert_array_equal(band_of(np.array([-10.0, 900.0, np.nan]), [30.0, 80.0], OPEN), [0, 1, -1])
    assert_array_equal(band_of(np.array([1.0]), [], OPEN), [-1])


def thresholds(**numbers) -> At:
    return At(**{"worst_score": 0.0, "best_score": 100.0, **numbers})


def test_a_value_on_a_threshold_is_on_the_better_side():
    higher = thresholds(worst=0.0, thresholds=((60.0, 0.3), (80.0, 0.9)), target=1.0)
    assert_array_equal(band_by_thresholds(np.array([0.2999, 0.1 + 0.2, 0.9, 5.0, np.nan]), higher, [1, 2], 3, Scale()), [0, 1, 2, 2, -1])
    lower = thresholds(worst=72.0, thresholds=((60.0, 48.0), (80.0, 24.0)), target=8.0)
    assert_array_equal(band_by_thresholds(np.array([72, 48.1, 48, 24, 1]), lower, [1, 2], 3, Scale()), [0, 0, 1, 2, 2])


def test_thresholds_per_row_turn_by_row():
    rows = thresholds(
        worst=np.array([0.0, 9.0]), thresholds=((60.0, np.array([5.0, 5.0])), (80.0, np.array([7.0, 3.0]))), target=np.array([9.0, 0.0])
    )
    assert_array_equal(band_by_thresholds(np.array([6.0, 6.0]), rows, [1, 2], 3, Scale()), [1, 0])
    assert_array_equal(
        band_by_thresholds(np.array([6.0, 6.0]), thresholds(thresholds=((60.0, np.array([np.nan, 5.0])),)), [1], 2, Scale()), [-1, 1]
    )


def test_where_an_end_is_not_known_the_threshold_next_to_it_stands_for_it():
    two = thresholds(worst=np.array([0.0, np.nan, 10.0]), thresholds=((60.0, 4.0), (80.0, 7.0)), target=np.array([np.nan, 9.0, 0.0]))
    assert_array_equal(band_by_thresholds(np.array([5.0, 5.0, 5.0]), two, [1, 2], 3, Scale()), [1, 1, 2])
    one = thresholds(worst=np.array([10.0, np.nan, np.nan]), thresholds=((60.0, 4.0),), target=np.array([np.nan, 0.0, np.nan]))
    assert_array_equal(band_by_thresholds(np.array([5.0, 5.0, 5.0]), one, [1], 2, Scale()), [0, 0, 1])
    assert_array_equal(band_by_thresholds(np.array([50.0]), thresholds(worst=72.0, thresholds=((60.0, 48.0),)), [1], 2, Scale()), [0])


def test_where_low_scores_are_good_the_last_band_is_the_worst():
    numbers = thresholds(worst_score=100.0, best_score=0.0, worst=72.0, thresholds=((80.0, 48.0), (60.0, 24.0)), target=8.0)
    assert_array_equal(band_by_thresholds(np.array([60, 48, 24]), numbers, [0, 1], 3, RISK), [2, 1, 0])


def test_anchors_come_from_the_worst_side():
    assert [anchor_score(place, STARTS, Scale()) for place in range(3)] == [0, 60, 80]
    assert [anchor_score(place, STARTS, RISK) for place in range(3)] == [60, 80, 100]


@pytest.mark.parametrize("scale", [Scale(), RISK])
def test_a_value_inside_a_band_by_thresholds_scores_inside_that_band(scale):
    order = [1, 2] if not scale.lower_is_better else [1, 0]
    worst, best = (0.0, 100.0) if not scale.lower_is_better else (100.0, 0.0)
    anchors = tuple((anchor_score(place, STARTS, scale), edge) for place, edge in zip(order, (4.0, 7.0), strict=True))
    numbers = thresholds(worst_score=worst, best_score=best, worst=0.0, thresholds=anchors, target=10.0)
    values = np.array([1.0, 3.9, 4.1, 6.9, 7.1, 9.9])
    scores = load("straight").score(values, numbers)[0]
    assert_array_equal(band_of(scores, STARTS, scale), band_by_thresholds(values, numbers, sorted(order), 3, scale))
