"""The cells of a sheet before they are written: formulas name what they read, wherever that comes to stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from scorecard.report.workbook.excel_parts import sound
from scorecard.report.workbook.sheet import Sheet

_OPEN, _CLOSE = "\x01", "\x02"
_MENTION = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_NO_SIGN_OF_A_NAME = re.compile(r"[^\w.]")
_LONGEST_NAME = 200

Area = tuple[int, int, int, int]


def ref(*parts: str) -> str:
    """The mention of a cell or a block of cells in a formula."""
    return f"{_OPEN}{'.'.join(parts)}{_CLOSE}"


@dataclass(slots=True)
class _Content:
    value: Any
    form: Format | None
    formula: str | None


@dataclass(slots=True)
class Grid:
    """What will stand on a sheet; `named` cells get a name of the sheet, by which formulas read them."""

    heights: dict[int, float] = field(default_factory=dict)
    _cells: dict[tuple[int, int], _Content] = field(default_factory=dict)
    _areas: dict[str, Area] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Any, form: Format | None = None, *, key: str | None = None) -> None:
        """A value; an input or a label."""
        self._cells[row, column] = _Content(value, form, None)
        if key is not None:
            self.mark(key, (row, column, row, column))

    def formula(self, row: int, column: int, formula: str, form: Format | None = None, value: Any = "", *, key: str | None = None) -> None:
        """A formula, less its `=`, with what it gives for the entity that is chosen; without, whatever opens it works it out."""
        self._cells[row, column] = _Content(value, form, formula)
        if key is not None:
            self.mark(key, (row, column, row, column))

    def mark(self, key: str, area: Area) -> None:
        """Says where what is mentioned by a key stands."""
        self._areas[key] = area

    def name(self, key: str) -> None:
        """Has a cell be called by a name that says what it holds: `csat.value`."""
        name = _NO_SIGN_OF_A_NAME.sub("_", key)[:_LONGEST_NAME]
        name = f"_{name}" if name[0].isdigit() or name[0] == "." else name
        taken = {other.casefold() for other in self._names.values()}
        number, unique = 1, name
        while unique.casefold() in taken:
            number += 1
            unique = f"{name}_{number}"
        self._names[key] = unique

    def resolve(self) -> None:
        """Puts into formulas where that stands which they mention. Raises NotExpressibleError for one that Excel does not take."""
        for content in self._cells.values():
            if content.formula is not None:
                content.formula = sound(self._resolved(content.formula))

    def write(self, workbook: Any, sheet: Sheet) -> None:
        """Writes the cells from top to bottom, and defines the names."""
        for (row, column), content in sorted(self._cells.items(), key=lambda cell: cell[0]):
            if row in self.heights:
                sheet.set_row(row, self.heights.pop(row))
            if content.formula is None and content.value is None:
                sheet.write_blank(row, column, None, content.form)
            elif content.formula is None:
                sheet.put(row, column, content.value, content.form)
            else:
                sheet.write_formula(row, column, f"={content.formula}", content.form, content.value)
        here = quote_sheetname(sheet.name)
        for key, name in self._names.items():
            if key in self._areas:
                workbook.define_name(f"{here}!{name}", f"={here}!{_absolute(self._areas[key])}")

    def _resolved(self, formula: str) -> str:
        return _MENTION.sub(lambda found: self._names.get(found[1]) or _absolute(self._areas[found[1]]), formula)


def _absolute(area: Area) -> str:
    first_row, first_column, last_row, last_column = area
    if (first_row, first_column) == (last_row, last_column):
        return str(xl_rowcol_to_cell(first_row, first_column, row_abs=True, col_abs=True))
    return str(xl_range_abs(*area))
