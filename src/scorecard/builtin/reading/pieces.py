"""One source from several pieces, files or sheets: their columns united, their rows one below the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import pyarrow as pa

from scorecard.hooks.contracts import Remark, SourceError
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind
from scorecard.stack import stacked

_SHOWN = 3


class Piece(Protocol):
    """A file or a sheet. One that may have many records also has `blocks(wanted)`: what `read` gives, in parts, at least one."""

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
        shown = names[0] if len(names) == 1 else ", ".join(names[:_SHOWN])
        return Phrase("{names} and {count} more", names=shown, count=len(names) - _SHOWN) if len(names) > _SHOWN else shown

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return stacked(list(self._given(wanted, lambda piece, asked: [piece.read(asked)])))

    def blocks(self, wanted: Mapping[str, Kind]) -> Iterator[pa.Table]:
        """The same in parts, each of one piece."""
        return self._given(wanted, _in_blocks)

    def fingerprint(self) -> str:
        return self._digest()

    def locate(self, row: int) -> str:
        for piece, count in zip(self._pieces, self._counts, strict=True):
            if row < count:
                return Phrase("{origin}, row {row}", origin=piece.name, row=piece.row(row))
            row -= count
        raise IndexError(row)

    def _given(self, wanted: Mapping[str, Kind], give: Callable[[Piece, Mapping[str, Kind]], Iterable[pa.Table]]) -> Iterator[pa.Table]:
        """What the pieces give, one after the other, under the wanted names."""
        self._counts = [0] * len(self._pieces)
        for at, piece in enumerate(self._pieces):
            labels = {name: self._labels[name][at] for name in wanted if name in self._labels}
            own = {name: self._spelled(name, piece) for name in wanted if name not in labels}
            asked = {found: wanted[name] for name, found in own.items() if found is not None}
            if labels and not asked:
                asked = dict.fromkeys(list(piece.columns)[:1], Kind.ANY)  # a table without columns would have no rows to label
            for table in give(piece, asked):
                self._counts[at] += len(table)
                yield _named(table, own, labels) if wanted else table

    def _spelled(self, name: str, piece: Piece) -> str | None:
        if name in piece.columns:
            return name
        others = next((group for group in self._spellings if name in group), ())
        return next((other for other in others if other in piece.columns), None)


def _in_blocks(piece: Piece, asked: Mapping[str, Kind]) -> Iterable[pa.Table]:
    give = getattr(piece, "blocks", None)
    return [piece.read(asked)] if give is None else give(asked)


def _named(table: pa.Table, own: Mapping[str, str | None], labels: Mapping[str, str]) -> pa.Table:
    """A table under the names wanted, blank where the piece has no such column, with the labels of the piece."""
    blank = pa.nulls(len(table))
    columns = {name: table[found] if found is not None else blank for name, found in own.items()}
    return pa.table(columns | {name: pa.array([text] * len(table), pa.string()) for name, text in labels.items()})
