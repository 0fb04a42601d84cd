"""Tables of Arrow one below the other: files of one source, and blocks of records."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

_WHOLE = 2.0**63
"""numbers from here on have no whole number of 64 bits"""


class Columns:
    """What tables with the same names hold together. Of a column of several types the shared one is numbers, else texts."""

    def __init__(self) -> None:
        self._types: dict[str, set[pa.DataType]] = {}
        self._of_nothing: dict[str, set[pa.DataType]] = {}
        self.blank: set[str] = set()
        """the columns with a cell that holds nothing"""

    def add(self, table: pa.Table) -> None:
        for name, column in zip(table.column_names, table.columns, strict=True):
            if column.null_count:
                self.blank.add(name)
            tells = not pa.types.is_null(column.type) and column.null_count < len(column)
            (self._types if tells else self._of_nothing).setdefault(name, set()).add(column.type)

    def shared(self, name: str) -> pa.DataType:
        types = self._types.get(name) or self._of_nothing[name] - {pa.null()}
        if len(types) == 1:
            return next(iter(types))
        return pa.float64() if types and all(_is_number(type) for type in types) else pa.string()

    def made(self, table: pa.Table) -> pa.Table:
        """One of the tables in the types that all share."""
        for at, name in enumerate(table.column_names):
            if table[at].type != (type := self.shared(name)):
                table = table.set_column(at, name, _made(table[at], type))
        return table


def stacked(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables with the same names one below the other."""
    columns = Columns()
    if len(tables) > 1:
        for table in tables:
            columns.add(table)
        tables = [columns.made(table) for table in tables]
    return pa.concat_tables(tables)


def _made(column: pa.ChunkedArray, type: pa.DataType) -> pa.ChunkedArray:
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), type)])
    if type == pa.string() and pa.types.is_floating(column.type):
        whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), _WHOLE))
        digits = pc.cast(pc.if_else(whole, column, None), pa.int64(), safe=False)
        return pc.coalesce(pc.cast(digits, pa.string()), pc.cast(column, pa.string()))
    if type == pa.string() and pa.types.is_timestamp(column.type):
        return pc.strftime(column, "%Y-%m-%d %H:%M:%S")
    return pc.cast(column, type)


def _is_number(type: pa.DataType) -> bool:
    return any(fits(type) for fits in (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal))
