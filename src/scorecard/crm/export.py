"""The export of a system, as its own program reads it, and where in it a field is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from scorecard.builtin.reading.address import Address
from scorecard.builtin.reading.csv import open_texts
from scorecard.builtin.reading.excel import open_excel
from scorecard.builtin.reading.files import find_files
from scorecard.builtin.reading.pieces import Pieces
from scorecard.crm.footer import without_footer
from scorecard.crm.preset import Field
from scorecard.hooks.contracts import SourceRequest

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_OF_TEXT = frozenset({"path", "encoding", "header_row", "skip_rows", "file_column"})
_OF_WORKBOOK = frozenset({"path", "sheet", "header_row", "skip_rows", "file_column"})


def open_export(request: SourceRequest, fields: Iterable[Field], footer: re.Pattern[bytes] | None = None) -> Pieces:
    """The file or files of a path, workbooks or texts by their suffix. Of several, each may have headings of its own.

    `footer` marks lines below the table of a text that are no records.
    """
    written = request.settings["path"]
    first = written if isinstance(written, str) else written[0]
    workbook = PurePosixPath(Address(first).shown.partition("::")[0]).suffix.lower() in WORKBOOKS
    taken = _OF_WORKBOOK if workbook else _OF_TEXT
    settings: Mapping[str, Any] = {key: value for key, value in request.settings.items() if key in taken}
    spellings = (*request.spellings, *(field.headings for field in fields if len(field.headings) > 1))
    request = replace(request, settings=settings, spellings=spellings)
    if workbook:
        return open_excel(request)
    files = find_files(written, request.folder)
    return open_texts(files if footer is None else [without_footer(file, footer) for file in files], request)


class Headings:
    """The headings that an export has, whatever their case, width and spaces."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for name in names:
            self._names.setdefault(_plain(name), name)

    def place(self, field: Field) -> str | None:
        """The heading that is a field's, the first of its own that is there."""
        return next((self._names[plain] for heading in field.headings if (plain := _plain(heading)) in self._names), None)


def _plain(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split()).casefold()
