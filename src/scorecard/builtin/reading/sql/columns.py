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


def typed(cells: Cells, kind: Kind) -> pa.Array:
    """A column as `column_of` makes it, at once where a database gave all cells of one type."""
    types = {*map(type, cells)} - {type(None)}
    make = (_AS_TEXT if kind is Kind.TEXT else _AS_IT_IS).get(types.pop()) if len(types) == 1 else None
    try:
        made = make(cells) if make is not None else None
    except (pa.ArrowInvalid, OverflowError):  # a number beyond 64 bits
        made = None
    return made if made is not None else column_of(cells, kind)


def _texts(cells: Cells) -> pa.Array:
    texts = pa.array(cells, pa.string())
    blank = pc.equal(pc.utf8_trim_whitespace(texts), "")
    return pc.if_else(blank, None, texts) if pc.any(blank).as_py() else texts


def _moments(cells: Cells) -> pa.Array | None:
    zoned = {cell.tzinfo is not None for cell in cells if cell is not None}
    return pa.array(cells, pa.timestamp("us", "UTC" if zoned == {True} else None)) if len(zoned) == 1 else None


_AS_TEXT: Mapping[type, Callable[[Cells], pa.Array | None]] = {
    str: _texts,
    int: lambda cells: pa.array(cells, pa.int64()).cast(pa.string()),
}
_AS_IT_IS: Mapping[type, Callable[[Cells], pa.Array | None]] = {
    str: _texts,
    int: lambda cells: pc.cast(pa.array(cells, pa.int64()), pa.float64(), safe=False),
    float: lambda cells: pa.array(cells, pa.float64()),
    Decimal: lambda cells: pa.array([None if cell is None else float(cell) for cell in cells], pa.float64()),
    bool: lambda cells: pa.array(cells, pa.bool_()),
    date: lambda cells: pa.array(cells, pa.date32()).cast(pa.timestamp("us")),
    datetime: _moments,
}
