"""Blocks of rows as columns, and the fingerprint of rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.builtin.reading.cells import column_of
from scorecard.builtin.reading.row_digest import RowDigest
from scorecard.builtin.reading.sql.columns import typed
from scorecard.model.formula import Kind

SHANGHAI = timezone(timedelta(hours=8))
CELLS = [
    [None, "", " ", "007", "张", "nan"],
    [1, None, -3],
    [1, 2**60 + 1, None],
    [1, 2.5],
    [1.5, None, 2],
    [Decimal("0.1"), None, Decimal("-1234567.05"), 3],
    [True, None, False],
    [True, 2],
    [date(2026, 7, 1), None],
    [datetime(2026, 7, 1, 1, 2, 3, 4), None],
    [datetime(2026, 7, 1, tzinfo=SHANGHAI), None, datetime(2026, 7, 1, tzinfo=UTC)],
    ["0000-00-00", date(2026, 7, 1)],
    [b"\x01\xff", None],
    [timedelta(hours=1), None],
    ["a", 1],
    ["a", b"x"],
    [1.5, True],
    [date(2026, 7, 1), datetime(2026, 7, 1, 12)],
    [datetime(2026, 7, 1, 12), date(2026, 7, 1)],
    [datetime(2026, 7, 1, 12), datetime(2026, 7, 1, tzinfo=UTC)],
    [2**70, 1],
    [float("inf"), 1.0],
    [None, None],
    [],
]


@pytest.mark.parametrize("kind", [Kind.ANY, Kind.NUMBER, Kind.TEXT, Kind.MOMENT])
@pytest.mark.parametrize("cells", CELLS, ids=str)
def test_a_column_is_what_it_is_cell_by_cell(cells, kind):
    assert typed(tuple(cells), kind).equals(column_of(cells, kind))


def test_decimals_become_the_nearest_numbers():
    cents = [Decimal(each) / 100 for each in range(-500, 500)]
    assert typed(cents, Kind.NUMBER).to_pylist() == [float(each) for each in cents]


COLUMNS = {
    "id": st.none() | st.text(max_size=4),
    "n": st.none() | st.floats(allow_nan=False),
    "at": st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    "yes": st.none() | st.booleans(),
}
TYPES = {"id": pa.string(), "n": pa.float64(), "at": pa.timestamp("us"), "yes": pa.bool_()}
ROWS = st.lists(st.fixed_dictionaries(COLUMNS), max_size=12)


def digest(rows, blocks=1):
    found = RowDigest()
    for begin in range(blocks):
        found.add(pa.table({name: pa.array([row[name] for row in rows[begin::blocks]], type) for name, type in TYPES.items()}))
    return found.hexdigest()


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_and_the_blocks_are_nothing_to_the_fingerprint(rows, random, blocks):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert digest(shuffled, blocks) == digest(rows)


@settings(max_examples=60, deadline=None)
@given(ROWS.filter(bool), st.data())
def test_every_cell_and_every_row_is_in_the_fingerprint(rows, data):
    assert digest([*rows, rows[0]]) != digest(rows)
    name = data.draw(st.sampled_from(list(COLUMNS)))
    at = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(COLUMNS[name].filter(lambda cell: cell != rows[at][name]))
    assert digest([{**row, name: other} if place == at else row for place, row in enumerate(rows)]) != digest(rows)


def test_cells_of_one_row_do_not_change_places():
    one = {"id": "a", "n": None, "at": None, "yes": None}
    assert digest([one, {**one, "id": "b", "n": 1.0}]) != digest([{**one, "n": 1.0}, {**one, "id": "b"}])
