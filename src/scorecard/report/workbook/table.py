"""Rows under heads as a named table; what one sheet does not hold goes on to a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format

from scorecard.describe import width
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.sheet import ROWS, WIDEST, Sheet, fitting

HEAD_HEIGHT = 33
"""two lines"""
LINE = 15.0
HIGHEST = 409.0
"""points that a line takes, and that a row can have"""
_FITS = WIDEST - 6
"""characters of a line, since words are not broken"""
_LONGEST_HEAD = 255
_BUTTON = 3
"""characters that the button of the filter takes"""
_SIGN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and how its cells are shown, unless a row says otherwise."""

    head: str
    form: Format | None = None
    width: int = 0
    """the least; 0 where cells and head decide"""


@dataclass(slots=True)
class Table:
    """A table on a sheet, from a row and the first column on."""

    sheet: Sheet
    name: str
    columns: Sequence[Column]
    book: Book
    top: int = 0
    heads: list[str] = field(init=False)
    next: int = field(init=False)
    """the row that is written next"""
    _largest: list[float] = field(init=False)
    _wrapped: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = _apart([column.head for column in self.columns])
        self.next = self.top + 1
        self._largest = [0.0] * len(self.columns)
        self._wrapped = [place for place, column in enumerate(self.columns) if column.form is self.book.wrapped]
        self.sheet.set_row(self.top, HEAD_HEIGHT)
        for place, head in enumerate(self.heads):
            self.sheet.put(self.top, place, head, self.book.head)
            longest = max((len(word) for word in head.split()), default=0)
            self.sheet.widen_for(place, head[: max(len(head) // 2 + longest // 2, longest)], _BUTTON)
            self.sheet.widen(place, self.columns[place].width)

    @property
    def full(self) -> bool:
        return self.next >= ROWS

    def add(self, cells: Sequence[Any], forms: Mapping[int, Format] | None = None) -> None:
        """A row; `forms` show some of its cells otherwise than their column."""
        sheet, row = self.sheet, self.next
        if (lines := self._lines(cells)) > 1:
            sheet.set_row(row, min(lines * LINE, HIGHEST))
        for place, value in enumerate(cells):
            if value is None:
                continue
            form = (forms or {}).get(place, self.columns[place].form)
            sheet.put(row, place, value, form or (self.book.text if isinstance(value, str) else self.book.number))
            if isinstance(value, str):
                sheet.widen_for(place, value)
            elif isinstance(value, float | int):
                self._largest[place] = max(self._largest[place], abs(value))
        self.next += 1

    def _lines(self, cells: Sequence[Any]) -> int:
        """How many lines the tallest of the cells takes; not every program finds that out by itself."""
        wrapped = (cells[place] for place in self._wrapped if isinstance(cells[place], str) and 2 * len(cells[place]) > _FITS)
        folded = max((sum(1 + width(line) // _FITS for line in cell.split("\n")) for cell in wrapped), default=1)
        broken = max((1 + cell.count("\n") for cell in cells if isinstance(cell, str)), default=1)
        return max(folded, broken)

    def end(self, banded: Mapping[int, Sequence[int]] | None = None) -> int:
        """Lays the table over the rows and returns the first row that is free; `banded` colours columns by the band in another."""
        last = self.next - 1
        for place, largest in enumerate(self._largest):
            self.sheet.widen(place, len(f"{largest:,.4f}") + _SIGN if largest >= 1e4 else 0)
        if last == self.top:
            return self.next + 1
        for of, places in (banded or {}).items():
            self.book.color_bands(self.sheet, self.top + 1, last, of, places)
        self.sheet.lay_table(self.name, (self.top, 0, last, len(self.columns) - 1), self.heads)
        return self.next + 1


class Listing:
    """A sheet that is one table, heads and first columns frozen, with as many further sheets as its rows need."""

    def __init__(self, book: Book, key: str, columns: Sequence[Column], frozen: int, banded: Mapping[int, Sequence[int]]) -> None:
        self._book = book
        self._key = key
        self._columns = columns
        self._frozen = frozen
        self._banded = banded
        self._count = 0
        self._table = self._opened()

    def add(self, cells: Sequence[Any], forms: Mapping[int, Format] | None = None) -> None:
        if self._table.full:
            self.end()
            self._table = self._opened()
        self._table.add(cells, forms)

    def end(self) -> Table:
        self._table.end(self._banded)
        self._table.sheet.finish()
        return self._table

    def _opened(self) -> Table:
        self._count += 1
        sheet = self._book.sheet(self._key, self._count)
        sheet.freeze_panes(1, self._frozen)
        sheet.repeat_rows(0)
        name = self._key if self._count == 1 else f"{self._key}_{self._count}"
        return Table(sheet, name, self._columns, self._book)


def _apart(heads: Sequence[str]) -> list[str]:
    """Heads that Excel can tell apart, which does not look at case."""
    found: list[str] = []
    taken: set[str] = set()
    for written in heads:
        head = fitting(" ".join(written.split()))[: _LONGEST_HEAD - 5] or "–"
        name, number = head, 1
        while name.casefold() in taken:
            number += 1
            name = f"{head} ({number})"
        taken.add(name.casefold())
        found.append(name)
    return found
