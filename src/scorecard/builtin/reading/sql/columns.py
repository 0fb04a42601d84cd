"""A block of rows as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from scorecard.builtin.reading.cells import column_of
from scorecard.model.formula import Kind

Cells = Sequence[Any]
_MISFITS = (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, OverflowError)


def typed(cells: Cells, kind: Kind) -> pa.Array:
    """A column as `column_of` makes it, without a look at each cell where all are of the type of the first."""
    first = next((cell for cell in cells if cell is not None), None)
    make = (_AS_TEXT if kind is Kind.TEXT else _AS_IT_IS).get(type(first))
    if make is None:
        return column_of(cells, kind)
    try:
        return make(cells)
    except _MISFITS:
        return column_of(cells, kind)


def _texts(cells: Cells) -> pa.Array:
    texts = pa.array(cells, pa.string())
    blank = pc.equal(pc.utf8_trim_whitespace(texts), "")
    return pc.if_else(blank, None, texts) if pc.any(blank).as_py() else texts


def _whole(cells: Cells) -> pa.Array:
    return pc.cast(pa.array(cells, pa.int64()), pa.float64(), safe=False)


def _digits(cells: Cells) -> pa.Array:
    return pa.array(cells, pa.int64()).cast(pa.string())


def _decimals(cells: Cells) -> pa.Array:
    return pa.array([float(cell) if type(cell) is Decimal else cell for cell in cells], pa.float64())


def _moments(cells: Cells) -> pa.Array:
    first = next(cell for cell in cells if cell is not None)
    return pa.array(cells, pa.timestamp("us", "UTC" if first.tzinfo is not None else None))


def _days(cells: Cells) -> pa.Array:
    return pa.array(cells, pa.date32()).cast(pa.timestamp("us"))


_AS_TEXT: Mapping[type, Callable[[Cells], pa.Array]] = {str: _texts, int: _digits}
_AS_IT_IS: Mapping[type, Callable[[Cells], pa.Array]] = {
    str: _texts,
    int: _whole,
    float: lambda cells: pa.array(cells, pa.float64()),
    Decimal: _decimals,
    bool: lambda cells: pa.array(cells, pa.bool_()),
    datetime: _moments,
    date: _days,
}
