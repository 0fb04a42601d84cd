"""Statistics of peers against numpy, group by group."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from scorecard.scoring.peers import fit, lookup

nan = np.nan
VALUES = np.array([3.0, 1.0, 2.0, 10.0, 10.0, 5.0, nan, 99.0])
CODES = np.array([0, 0, 0, 1, 1, 3, 3, -1])
MEASURED = np.array([True, True, True, True, True, True, True, True])
ALL = np.ones(8, dtype=bool)


def peers(function, argument=None, codes=CODES):
    return lookup(fit(function, VALUES, MEASURED, codes, argument), codes, len(VALUES), VALUES)


@pytest.mark.parametrize(
    ("function", "argument", "by_group"),
    [
        ("min", None, [1, 10, 5]),
        ("max", None, [3, 10, 5]),
        ("mean", None, [2, 10, 5]),
        ("stdev", None, [1, 0, nan]),
        ("quantile", 0.25, [1.5, 10, 5]),
        ("quantile", 1.0, [3, 10, 5]),
    ],
)
def test_each_statistic_by_group(function, argument, by_group):
    a, b, c = by_group
    assert_array_equal(peers(function, argument), [a, a, a, b, b, c, c, nan])
    assert_array_equal(peers(f"peer_{function}", argument), peers(function, argument))


def test_rank_is_one_for_the_highest_and_equals_share_the_best():
    assert_array_equal(peers("rank"), [1, 3, 2, 1, 1, 1, nan, nan])


def test_without_groups_all_are_peers():
    random = np.random.default_rng(6)
    values = random.normal(50, 20, 400)
    measured = random.random(400) < 0.8
    for function, expected in (("mean", np.mean), ("stdev", lambda v: np.std(v, ddof=1)), ("quantile", lambda v: np.quantile(v, 0.9))):
        assert_allclose(lookup(fit(function, values, measured, None, 0.9), None, 3), [expected(values[measured])] * 3)
    ranks = lookup(fit("rank", values, measured), None, 400, values)
    assert_array_equal(ranks, 1 + (values[measured][None, :] > values[:, None]).sum(axis=1))


def test_fits_are_applied_to_rows_that_were_not_in_the_population():
    ranks = fit("rank", VALUES, ALL, CODES)
    assert_array_equal(lookup(ranks, np.array([0, 0, 0, 7, 2]), 5, np.array([2.5, 9.0, 0.0, 1.0, 1.0])), [2, 1, 4, nan, nan])
    assert_array_equal(lookup(fit("max", VALUES, ALL, CODES), np.array([1, 7, -1]), 3), [10, nan, nan])


def test_only_the_measured_are_peers():
    assert_array_equal(lookup(fit("max", VALUES, VALUES != 3.0, CODES), CODES, 8)[:3], [2, 2, 2])


def test_nobody_measured_gives_nothing():
    for function in ("min", "rank"):
        assert_array_equal(lookup(fit(function, VALUES, ~ALL, CODES), CODES, 8, VALUES), np.full(8, nan))
        assert_array_equal(lookup(fit(function, np.empty(0), np.empty(0, dtype=bool)), None, 2, np.array([1.0, 2.0])), [nan, nan])


def test_a_flat_group_is_exactly_flat():
    """Trap 9: the mean of equal numbers is that number, and nothing spreads."""
    values = np.full(7, 0.1)
    assert lookup(fit("mean", values, np.ones(7, dtype=bool)), None, 1)[0] == 0.1
    assert lookup(fit("stdev", values, np.ones(7, dtype=bool)), None, 1)[0] == 0


def test_ranks_of_values_that_differ_in_the_last_digit_tie():
    values = np.array([0.1 + 0.2, 0.3, 0.1])
    assert_array_equal(lookup(fit("rank", values, np.ones(3, dtype=bool)), None, 3, values), [1, 1, 3])


def test_what_is_missing_is_refused():
    with pytest.raises(ValueError, match="needs its q"):
        fit("quantile", VALUES, ALL)
    with pytest.raises(ValueError, match="no statistic"):
        fit("mode", VALUES, ALL)
    with pytest.raises(ValueError, match="needs the values"):
        lookup(fit("rank", VALUES, ALL), None, 8)
