"""One source from several pieces, files or sheets: their columns united, their rows one below the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from scorecard.hooks.contracts import Remark, SourceError
from scorecard.model.formula import Kind

_SHOWN = 3


class Piece(Protocol):
    """A file or a sheet."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> Mapping[str, Kind]: ...

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        """The wanted columns, which it has, and all its records."""
        ...

    def row(self, at: int) -> int:
        """The row of record `at` (from 0) as a spreadsheet numbers it."""
        ...


class Pieces:
    """What the pieces have together. A piece without a wanted column uses another spelling of it, or is blank there.

    `labels` are further columns, with one text for each piece: the name of its file. Raises SourceError where a piece has a
    column of that name.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        digest: Callable[[], str],
        spellings: Sequence[tuple[str, ...]] = (),
        labels: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._pieces = pieces
        self._digest = digest
        self._spellings = spellings
        self._labels = labels
        for name in labels:
            if piece := next((piece for piece in pieces if name in piece.columns), None):
                raise SourceError("SC624", origin=piece.name, name=name)
        self._counts: list[int] = []

    @property
    def columns(self) -> Mapping[str, Kind]:
        found: dict[str, Kind] = {}
        for piece in self._pieces:
            for name, kind in piece.columns.items():
                found[name] = kind if found.get(name, kind) == kind else Kind.ANY
        return found | dict.fromkeys(self._labels, Kind.TEXT)

    def remarks(self) -> Iterator[Remark]:
        """What was left out of the pieces, or found out about them."""
        for piece in self._pieces:
            yield from getattr(piece, "remarks", ())

    @property
    def origin(self) -> str:
        names = [piece.name for piece in self._pieces]
        return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        tables = [self._read(at, piece, wanted) for at, piece in enumerate(self._pieces)]
        self._counts = [len(table) for table in tables]
        return stacked(tables)

    def fingerprint(self) -> str:
        return self._digest()

    def locate(self, row: int) -> str:
        for piece, count in zip(self._pieces, self._counts, strict=True):
            if row < count:
                return f"{piece.name}, row {piece.row(row)}"
            row -= count
        raise IndexError(row)

    def _read(self, at: int, piece: Piece, wanted: Mapping[str, Kind]) -> pa.Table:
        labels = {name: self._labels[name][at] for name in wanted if name in self._labels}
        own = {name: self._spelled(name, piece) for name in wanted if name not in labels}
        asked = {found: wanted[name] for name, found in own.items() if found is not None}
        if labels and not asked:
            asked = dict.fromkeys(list(piece.columns)[:1], Kind.ANY)  # a table without columns would have no rows to label
        table = piece.read(asked)
        if not wanted:
            return table
        blank = pa.nulls(len(table))
        columns = {name: table[found] if found is not None else blank for name, found in own.items()}
        return pa.table(columns | {name: pa.array([text] * len(table), pa.string()) for name, text in labels.items()})

    def _spelled(self, name: str, piece: Piece) -> str | None:
        if name in piece.columns:
            return name
        others = next((group for group in self._spellings if name in group), ())
        return next((other for other in others if other in piece.columns), None)


def stacked(tables: Sequence[pa.Table]) -> pa.Table:
    """Tables with the same names one below the other; a column of several types becomes numbers, else texts."""
    if len(tables) == 1 or not tables[0].column_names:
        return pa.concat_tables(tables)
    return pa.table({name: _joined([table[name] for table in tables]) for name in tables[0].column_names})


def _joined(parts: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    types = {part.type for part in parts if not pa.types.is_null(part.type) and part.null_count < len(part)}
    shared = types.pop() if len(types) == 1 else None
    if types and shared is None:
        shared = pa.float64() if all(_is_number(type) for type in types) else pa.string()
    shared = shared or pa.string()
    return pa.chunked_array([chunk for part in parts for chunk in _as(part, shared).chunks], type=shared)


def _as(part: pa.ChunkedArray, type: pa.DataType) -> pa.ChunkedArray:
    if part.type == type:
        return part
    if part.null_count == len(part):
        return pa.chunked_array([pa.nulls(len(part), type)])
    if type == pa.string() and pa.types.is_floating(part.type):
        whole = pc.equal(pc.floor(part), part)
        digits = pc.cast(pc.if_else(whole, part, None), pa.int64(), safe=False)
        return pc.coalesce(pc.cast(digits, pa.string()), pc.cast(part, pa.string()))
    if type == pa.string() and pa.types.is_timestamp(part.type):
        return pc.strftime(part, "%Y-%m-%d %H:%M:%S")
    return pc.cast(part, type)


def _is_number(type: pa.DataType) -> bool:
    return any(fits(type) for fits in (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal))
