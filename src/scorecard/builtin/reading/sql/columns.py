"""A block of rows as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scorecard.builtin.reading.cells import column_of
from scorecard.model.formula import Kind


def typed(cells: Sequence[Any], kind: Kind) -> pa.Array:
    """A column as `column_of` makes it, without looking at the cells one by one where a database gave all of one type."""
    try:
        column = pa.array(cells)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return column_of(cells, kind)
    made = _plain(column, kind)
    return made if made is not None else column_of(cells, kind)


def _plain(column: pa.Array, kind: Kind) -> pa.Array | None:
    """The column with the types that formulas know; None where that needs a look at every cell."""
    type, as_text = column.type, kind is Kind.TEXT
    if pa.types.is_string(type):
        return pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), None, column)
    if pa.types.is_integer(type):
        return column.cast(pa.string()) if as_text else pc.cast(column, pa.float64(), safe=False)
    if as_text:
        return None
    if pa.types.is_floating(type) or pa.types.is_boolean(type):
        return column
    if pa.types.is_decimal(type):
        return pa.array([None if cell is None else float(cell) for cell in column.to_pylist()], pa.float64())
    if pa.types.is_date(type):
        return column.cast(pa.timestamp("us"))
    if pa.types.is_timestamp(type):
        return column.cast(pa.timestamp("us", "UTC" if type.tz is not None else None))
    return None
