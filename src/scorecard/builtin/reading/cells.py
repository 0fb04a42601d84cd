"""Cells as Python values, made a column of the kind its uses ask."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from scorecard.model.formula import Kind

SERIAL_ZERO = datetime(1899, 12, 30)
SERIALS = (20_000, 80_000)
"""numbers among dates in this range are days since 1899-12-30 (1954 to 2119)"""


def column_of(cells: Sequence[object], kind: Kind) -> pa.Array:
    """A column: text where text is asked or where the cells are of several sorts, else numbers, truths or moments.

    Blank texts are null. Nothing is dropped that does not fit: it stays as text, for the reader to refuse.
    """
    values = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    sorts = {_sort(value) for value in values if value is not None}
    if kind is Kind.MOMENT and "moment" in sorts:
        values = [_from_serial(value) for value in values]
        sorts = {_sort(value) for value in values if value is not None}
    if kind is Kind.TEXT or not sorts:
        return pa.array([None if value is None else text_of(value) for value in values], pa.string())
    if sorts == {"number"}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())  # type: ignore[arg-type]
    if sorts == {"truth"}:
        return pa.array(values, pa.bool_())
    if sorts == {"moment"}:
        return pa.array([_midnight(value) for value in values], pa.timestamp("us"))
    if sorts == {"zoned"}:
        return pa.array(values, pa.timestamp("us", "UTC"))
    return pa.array([None if value is None else text_of(value) for value in values], pa.string())


def text_of(value: object) -> str:
    """What people see in a cell: whole numbers without a decimal point, a day without its midnight."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case Decimal():
            return format(value.normalize(), "f")
        case datetime():
            return value.date().isoformat() if value.time() == time() and value.tzinfo is None else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _sort(value: object) -> str:
    match value:
        case bool():
            return "truth"
        case int() | float() | Decimal():
            return "number"
        case datetime():
            return "moment" if value.tzinfo is None else "zoned"
        case date():
            return "moment"
    return "text"


def _midnight(value: Any) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return datetime.combine(value, time())


def _from_serial(value: object) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and SERIALS[0] <= value <= SERIALS[1]:
        return SERIAL_ZERO + timedelta(seconds=round(value * 86_400))
    return value
