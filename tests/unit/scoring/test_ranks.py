"""Ranks and their ties."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from scorecard.scoring.ranks import rank

nan = np.nan
SCORES = np.array([70.0, 90.0, nan, 0.7 * 100, 50.0])


@pytest.mark.parametrize(
    ("ties", "expected"),
    [("best", [2, 1, nan, 2, 4]), ("worst", [3, 1, nan, 3, 4]), ("dense", [2, 1, nan, 2, 3]), ("mean", [2.5, 1, nan, 2.5, 4])],
)
def test_ties_are_judged_after_the_tidy_up_and_no_score_has_no_rank(ties, expected):
    scores = np.where(SCORES == 70, SCORES - np.array([0, 0, 0, 1e-11, 0]), SCORES)
    assert_array_equal(rank(scores, ties, True, span=100.0), expected)


def test_the_lowest_may_be_first():
    assert_array_equal(rank(SCORES, "best", False, span=100.0), [2, 4, nan, 2, 1])


def test_groups_are_ranked_by_themselves():
    groups = np.array([0, 1, 0, 1, -1])
    assert_array_equal(rank(SCORES, "best", True, groups, 100.0), [1, 1, nan, 2, nan])
    assert_array_equal(rank(np.array([1.0, 1.0, 2.0, 2.0, 3.0]), "dense", True, np.array([5, 5, 5, 2, 2])), [2, 2, 1, 2, 1])


def test_nothing_to_rank():
    assert_array_equal(rank(np.array([nan, nan]), "best", True), [nan, nan])
    assert_array_equal(rank(np.empty(0), "dense", True), [])


def test_an_unknown_way_with_ties_is_refused():
    with pytest.raises(ValueError, match="ties"):
        rank(SCORES, "random", True)
