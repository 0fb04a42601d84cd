"""Tables one below the other."""

from __future__ import annotations

import pyarrow as pa
import pytest

from scorecard.stack import stacked


def column(*parts):
    return stacked([pa.table({"x": part}) for part in parts])["x"]


@pytest.mark.parametrize(
    ("parts", "type", "cells"),
    [
        (([1, 2], [1.5]), pa.float64(), [1.0, 2.0, 1.5]),
        (([1.0, 2.5], ["a"]), pa.string(), ["1", "2.5", "a"]),
        (([1e300], ["a"]), pa.string(), ["1e+300", "a"]),
        (([None], ["a"]), pa.string(), [None, "a"]),
        (([None], [1.0]), pa.float64(), [None, 1.0]),
        ((pa.array([None], pa.float64()), pa.array([None], pa.float64())), pa.float64(), [None, None]),
        (([None], [None]), pa.string(), [None, None]),
        ((pa.array([0], pa.timestamp("us")), ["a"]), pa.string(), ["1970-01-01 00:00:00.000000", "a"]),
    ],
)
def test_a_column_of_several_types_becomes_numbers_else_texts(parts, type, cells):
    found = column(*parts)
    assert (found.type, found.to_pylist()) == (type, cells)


def test_a_lone_table_is_as_it_is():
    assert column(pa.array([None], pa.null())).type == pa.null()
