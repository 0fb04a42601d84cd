"""Opens the sheets of workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa

from scorecard.builtin.reading.cells import column_of
from scorecard.builtin.reading.ends import header_place, rows_below, said_of
from scorecard.builtin.reading.error_cells import error_cells
from scorecard.builtin.reading.files import NamedFile, digest_of, find_files, labels_of
from scorecard.builtin.reading.header import Header, header_of
from scorecard.builtin.reading.needed import needed
from scorecard.builtin.reading.pieces import Pieces
from scorecard.hooks.contracts import Remark, SourceError, SourceRequest
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind

ALL_SHEETS = "*"
Row = Sequence[Any]


def open_excel(request: SourceRequest) -> Pieces:
    """The sheets of the workbooks of a path. Raises SourceError."""
    files = find_files(request.settings["path"], request.folder)
    found = [(file, sheet) for file in files for sheet in _sheets(file, request.settings)]
    if not found:
        raise SourceError("SC622", origin=", ".join(file.name for file in files))
    labels = labels_of(request.settings, [file for file, _ in found])
    return Pieces([sheet for _, sheet in found], partial(digest_of, files), request.spellings, labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet whose header is known: its records with the numbers of their rows."""

    name: str
    header: Header
    rows: Sequence[tuple[int, Row]]
    remarks: tuple[Remark, ...] = ()

    @property
    def columns(self) -> Mapping[str, Kind]:
        return dict.fromkeys(self.header.columns, Kind.ANY)

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        places = {name: self.header.position(name) for name in wanted}
        return pa.table({name: column_of([row[places[name]] for _, row in self.rows], kind) for name, kind in wanted.items()})

    def row(self, at: int) -> int:
        return self.rows[at][0]


def _sheets(file: NamedFile, settings: Mapping[str, Any]) -> Iterator[Sheet]:
    calamine = needed("python_calamine", "excel")
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(file.path))
    except calamine.CalamineError as error:
        raise SourceError("SC626", origin=file.name, problem=str(error)) from None
    asked = settings.get("sheet")
    for name in _chosen(workbook, asked, file.name):
        where = Phrase("{file}, sheet {sheet}", file=file.name, sheet=name)
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for (row, column), shown in error_cells(file.path, name).items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = shown
        sheet = _headed(rows, settings, where)
        if sheet is not None:
            yield sheet
        elif asked != ALL_SHEETS:
            raise SourceError("SC622", origin=where)


def _chosen(workbook: Any, asked: str | int | None, where: str) -> list[str]:
    """The names of the asked sheets; a number is a sheet's name where there is one, else its place from 1."""
    sheets = [sheet for sheet in workbook.sheets_metadata if str(sheet.typ).endswith(".WorkSheet")]
    names = [sheet.name for sheet in sheets]
    visible = [sheet.name for sheet in sheets if str(sheet.visible).endswith(".Visible")]
    if asked is None:
        return (visible or names)[:1]
    if asked == ALL_SHEETS:
        return visible
    if str(asked) in names:
        return [str(asked)]
    if isinstance(asked, int) and 1 <= asked <= len(names):
        return [names[asked - 1]]
    raise SourceError("SC625", sheet=str(asked), origin=where, allowed=names)


def _headed(rows: Sequence[Row], settings: Mapping[str, Any], where: str) -> Sheet | None:
    """The header and the records below it; None where the sheet is blank."""
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(_filled(cell) for cell in row)]
    if not numbered:
        return None
    found = numbered[header_place([row for _, row in numbered]) or 0][0]
    at = settings.get("header_row", found)
    if at > len(rows):
        raise SourceError("SC623", origin=where)
    header = header_of(rows[at - 1], where)
    first = at + settings.get("skip_rows", 0)
    records = [(number, row) for number, row in numbered if number > first]
    below = [] if settings.get("keep_totals") else [records[place] for place in rows_below([row for _, row in records])]
    remarks = tuple(said_of(where, at, [] if "header_row" in settings else [row for number, row in numbered if number < at], below))
    return Sheet(name=where, header=header, rows=records[: len(records) - len(below)], remarks=remarks)


def _filled(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None
