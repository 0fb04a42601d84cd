"""Sheets whose rows go to the disk as they are written, and whose texts are texts whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from scorecard.describe import width
from scorecard.language.words import say
from scorecard.report.figures import LARGE

ROWS = 1_048_576
"""rows of a sheet, its head included"""
MOST_CHARACTERS = 32_767
"""of a cell, counted in halves of UTF-16"""
NARROWEST, WIDEST = 9, 44
_FIRST_DAY = date(1900, 3, 1)
"""from here on every program counts the days alike"""
_STYLE = "TableStyleLight1"


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that is written from top to bottom and knows how wide its columns have to be."""

    def __init__(self) -> None:
        super().__init__()
        self._widths: dict[int, int] = {}

    def put(self, row: int, column: int, value: Any, form: Format | None = None) -> None:
        """Writes a value as what it is: text as text and never as formula or link, a number, a truth, a day; nothing of None."""
        if value is None:
            return
        if isinstance(value, str):
            self.write_string(row, column, fitting(value), form)
        elif isinstance(value, bool):
            self.write_boolean(row, column, value, form)
        elif isinstance(value, date):
            self._put_day(row, column, value, form)
        elif abs(value) < LARGE:
            self.write_number(row, column, value, form)
        else:
            self.write_number(row, column, value)

    def widen(self, column: int, characters: int) -> None:
        """Has a column be at least so wide, within what is sensible."""
        if characters > self._widths.get(column, 0):
            self._widths[column] = min(max(characters, NARROWEST), WIDEST)

    def widen_for(self, column: int, text: str, room: int = 2) -> None:
        """Has a column hold a text; one of East Asian signs takes twice the room."""
        if 2 * len(text) + room > self._widths.get(column, 0):
            self.widen(column, (len(text) if text.isascii() else width(text)) + room)

    def lay_table(self, name: str, area: tuple[int, int, int, int], heads: Sequence[str]) -> None:
        """Makes rows that were written, heads in the first, a named table with a filter.

        `add_table` refuses where rows go to the disk, since it would write the heads; here they are written already.
        """
        place = xl_range(*area)
        self.tables.append(
            {
                "name": name,
                "range": place,
                "autofilter": place,
                "header_row_count": 1,
                "totals_row_shown": False,
                "columns": [{"id": number, "name": head} for number, head in enumerate(heads, start=1)],
                "style": _STYLE,
                "show_first_col": False,
                "show_last_col": False,
                "show_row_stripes": False,
                "show_col_stripes": False,
            }
        )

    def finish(self) -> None:
        """Sets what is known once every row is there: widths, how it is printed, no marks at numbers that are texts."""
        for column, characters in self._widths.items():
            self.set_column(column, column, characters)
        self.set_landscape()
        self.set_paper(9)
        self.fit_to_pages(1, 0)
        self.ignore_errors({"number_stored_as_text": xl_range(0, 0, ROWS - 1, max(self._widths, default=0))})

    def _put_day(self, row: int, column: int, day: date, form: Format | None) -> None:
        if (day.date() if isinstance(day, datetime) else day) < _FIRST_DAY:
            self.write_string(row, column, day.isoformat())
        else:
            self.write_datetime(row, column, day, form)

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """Forgets the height of a row once the row is on the disk."""
        written = self.previous_row
        super()._write_single_row(current_row_num)
        self.row_info.pop(written, None)
        self.row_sizes.pop(written, None)

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        """A number with all of its digits: sixteen may be the neighbour of the one that was meant."""
        if float(f"{number:.16G}") == number:
            super()._xml_number_element(number, attributes)
            return
        told = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{told}><v>{float(number)!r}</v></c>")

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        """A text between `<r>` and `</r>` is no markup of ours but somebody's name."""
        self._xml_inline_string(string, True, attributes)


def fitting(text: str) -> str:
    """A text as a cell can hold it: no halves of pairs, not longer than Excel takes, and marked where it was cut."""
    if text.isascii() and len(text) <= MOST_CHARACTERS:
        return text
    halves = text.encode("utf-16-le", "surrogatepass")
    if len(halves) > 2 * MOST_CHARACTERS:
        return halves[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + say("cell.cut")
    return halves.decode("utf-16-le", "replace")
