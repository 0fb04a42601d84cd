import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from scorecard.engine.accumulate import Accumulated

nan = np.nan
AT = np.array([2, 0, 2, 2, 3])
VALUES = np.array([5.0, 1.0, nan, -3.0, nan])
DAYS = np.array(["2026-05-01", "2026-01-01", "NaT", "2026-03-01", "NaT"], dtype="datetime64[us]")


def accumulate(function, at, size, values, *, blocks=1):
    found = Accumulated(function, size)
    for part in np.array_split(np.arange(len(at)), blocks):
        found.add(at[part], values if values is None else values[part])
    return found.result()


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("count", [1, 0, 2, 0]),
        ("sum", [1, nan, 2, nan]),
        ("mean", [1, nan, 1, nan]),
        ("share", [1, nan, 1, nan]),
        ("min", [1, nan, -3, nan]),
        ("single", [1, nan, -3, nan]),
        ("max", [1, nan, 5, nan]),
    ],
)
def test_null_is_skipped_and_a_place_without_a_number_has_none(function, expected):
    assert_array_equal(accumulate(function, AT, 4, VALUES), expected)


def test_rows_are_counted_all_or_where_a_condition_holds():
    assert_array_equal(accumulate("rows", AT, 4, None), [1, 0, 3, 1])
    assert_array_equal(accumulate("rows", AT, 4, np.array([1.0, 0.0, 1.0, 0.0, 1.0])), [0, 0, 2, 1])


def test_the_first_and_the_last_moment_are_found_as_numbers_are():
    nat = np.datetime64("NaT", "us")
    assert_array_equal(accumulate("min", AT, 4, DAYS), [DAYS[1], nat, DAYS[3], nat])
    assert_array_equal(accumulate("max", AT, 4, DAYS), [DAYS[1], nat, DAYS[0], nat])
    assert accumulate("max", AT, 4, DAYS).dtype == DAYS.dtype


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1e6, 1e6) | st.just(nan)), max_size=30), st.integers(1, 9))
def test_blocks_give_the_bits_of_the_whole(records, blocks):
    at = np.array([place for place, _ in records], dtype=np.intp)
    values = np.array([value for _, value in records], dtype=np.float64)
    for function in ("rows", "count", "sum", "mean", "share", "min", "max", "single"):
        given = None if function == "rows" else values
        whole = accumulate(function, at, 5, given)
        assert accumulate(function, at, 5, given, blocks=blocks).tobytes() == whole.tobytes()
        if function == "sum":
            counted = ~np.isnan(values)
            added = np.bincount(at[counted], weights=values[counted], minlength=5)
            assert np.nan_to_num(whole).tobytes() == added.tobytes()


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1e6, 1e6) | st.just(nan)), max_size=30))
def test_every_place_gets_what_its_records_alone_give(records):
    at = np.array([place for place, _ in records], dtype=np.intp)
    values = np.array([value for _, value in records], dtype=np.float64)
    for function, alone in (("sum", np.sum), ("mean", np.mean), ("min", np.min), ("max", np.max)):
        mine = [values[(at == place) & ~np.isnan(values)] for place in range(5)]
        assert_allclose(accumulate(function, at, 5, values), [alone(one) if len(one) else nan for one in mine], rtol=1e-9, atol=1e-6)
