"""What a parent does with a child that has no score."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from scorecard.model.definition import Missing, Scale
from scorecard.model.state import State
from scorecard.scoring.missing import coverage, filled

nan = np.nan
SCORE = np.array([70.0, nan, nan, nan, nan])
STATE = np.array([State.MEASURED, State.MISSING, State.NOT_APPLICABLE, State.EXCLUDED, State.FAILED], dtype=np.int8)


@pytest.mark.parametrize(
    ("policy", "used", "voids"),
    [
        (Missing(), [70, nan, nan, nan, nan], [0, 0, 0, 0, 0]),
        (Missing(policy="no_score"), [70, nan, nan, nan, nan], [0, 1, 0, 0, 1]),
        (Missing(policy="worst"), [70, 0, nan, nan, nan], [0, 0, 0, 0, 1]),
        (Missing(policy="score", score=40.0), [70, 40, nan, nan, nan], [0, 0, 0, 0, 1]),
        (Missing(policy="impute", by="region"), [70, 55, nan, nan, nan], [0, 0, 0, 0, 1]),
    ],
)
def test_each_policy_on_each_state(policy, used, voids):
    found, voided = filled(SCORE, STATE, policy, Scale(), np.full(5, 55.0))
    assert_array_equal(found, used)
    assert_array_equal(voided, np.array(voids, dtype=bool))


def test_what_is_away_is_skipped_even_with_a_score():
    used, voids = filled(np.full(5, 70.0), STATE, Missing(policy="no_score"), Scale())
    assert_array_equal(used, [70, 70, nan, nan, nan])
    assert_array_equal(voids, [False, False, False, False, True])


def test_the_worst_score_follows_the_direction_of_the_scale():
    assert filled(SCORE, STATE, Missing(policy="worst"), Scale(lower_is_better=True))[0][1] == 100
    assert filled(SCORE, STATE, Missing(policy="worst"), Scale(low=None, high=None), worst=-5.0)[0][1] == -5


def test_a_gap_that_nothing_can_fill_is_no_score():
    used, voids = filled(SCORE, STATE, Missing(policy="impute"), Scale(), np.array([50, nan, 50, 50, 50]))
    assert np.isnan(used[1])
    assert voids[1]
    for policy, scale in ((Missing(policy="impute"), Scale()), (Missing(policy="worst"), Scale(low=None, high=None))):
        with pytest.raises(ValueError, match="nothing to fill with"):
            filled(SCORE, STATE, policy, scale)


def test_coverage_is_the_share_of_the_weight_that_was_measured():
    """Trap 19: a source that is taken away shows."""
    covered = np.array([[1, 1, 0, 1], [0.5, 0, 0, 1], [1, 1, 1, 1]], dtype=float)
    applies = np.array([[True, True, True, False], [True, False, True, False], [True, True, True, True]])
    assert_array_equal(coverage(covered, np.array([1.0, 3.0, 0.0]), applies), [0.625, 1, 0, nan])
    assert_array_equal(coverage(covered[:, :1], np.array([[3.0], [1.0], [0.0]]), applies[:, :1]), [0.875])
    assert_array_equal(coverage(np.array([[nan], [1.0]]), np.array([1.0, 1.0]), np.array([[False], [True]])), [1])
