"""Opens text files with a delimiter between the cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from scorecard.builtin.reading.encoding import encoding_of
from scorecard.builtin.reading.files import NamedFile, digest_of, find_files, labels_of
from scorecard.builtin.reading.header import Header, header_of
from scorecard.builtin.reading.pieces import Pieces
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind

DELIMITERS = ",;\t|"
_TYPES: Mapping[Kind, pa.DataType] = {Kind.NUMBER: pa.float64(), Kind.MOMENT: pa.timestamp("us")}
_HEADER_CHARACTERS = 1 << 16
_SHOWN = 5

csv.field_size_limit(1 << 30)


def open_csv(request: SourceRequest) -> Pieces:
    """The files of a path, their headers read. Raises SourceError."""
    return open_texts(find_files(request.settings["path"], request.folder), request)


def open_texts(files: Sequence[NamedFile], request: SourceRequest) -> Pieces:
    """Files that were found already, their headers read. Raises SourceError."""
    settings = request.settings
    pieces = [_opened(file, settings) for file in files]
    return Pieces(pieces, partial(digest_of, files), request.spellings, labels_of(settings, files))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """A text file whose header is known. `above` is the last row that is no record."""

    file: NamedFile
    encoding: str
    delimiter: str
    header: Header
    above: int

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def columns(self) -> Mapping[str, Kind]:
        return dict.fromkeys(self.header.columns, Kind.ANY)

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        """The wanted columns as numbers and moments where every cell is one as it is written, else as text."""
        places = {name: self.header.position(name) for name in wanted}
        include = [str(place) for place in places.values()] or ["0"]
        types = {str(places[name]): _TYPES.get(kind, pa.string()) for name, kind in wanted.items()}
        try:
            table = self._parsed(include, types)
        except pa.ArrowInvalid:
            table = self._parsed(include, {})
        columns = {str(place): table[str(place)] for place in places.values()}
        if any(pa.types.is_floating(column.type) and not _all_finite(column) for column in columns.values()):
            columns = {place: self._parsed(include, {})[place] for place in columns}
        if not columns:
            return table.select([])
        return pa.table({name: _converted(columns[str(place)], types[str(place)]) for name, place in places.items()})

    def row(self, at: int) -> int:
        return next(islice((number for number, _ in self._records()), at, None))

    def _parsed(self, include: list[str], types: Mapping[str, pa.DataType]) -> pa.Table:
        names = [str(place) for place in range(len(self.header.names))]
        try:
            return arrow_csv.read_csv(
                self.file.path,
                read_options=arrow_csv.ReadOptions(column_names=names, skip_rows_after_names=self.above, encoding=self._python_encoding),
                parse_options=arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={name: types.get(name, pa.string()) for name in names},
                    include_columns=include,
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            )
        except pa.ArrowInvalid:
            self._refuse_ragged()
            raise

    @property
    def _python_encoding(self) -> str:
        return "utf-8" if self.encoding == "utf-8-sig" else self.encoding

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with the number of its row, read slowly: for messages only."""
        with self.file.path.open("r", encoding=self.encoding, newline="") as stream:
            for number, cells in enumerate(csv.reader(stream, delimiter=self.delimiter), start=1):
                if cells and number > self.above:
                    yield number, cells

    def _refuse_ragged(self) -> None:
        """Raises SourceError where rows have more or fewer cells than the header."""
        expected = len(self.header.names)
        ragged = [(number, len(cells)) for number, cells in self._records() if len(cells) != expected]
        if ragged:
            rows = [str(number) for number, _ in ragged[:_SHOWN]]
            raise SourceError("SC628", origin=self.name, count=len(ragged), rows=rows, found=ragged[0][1], expected=expected)


def _opened(file: NamedFile, settings: Mapping[str, Any]) -> TextTable:
    if not file.path.stat().st_size:
        raise SourceError("SC622", origin=file.name)
    encoding = encoding_of(file.path, file.name, settings.get("encoding"))
    delimiter = settings.get("delimiter") or _delimiter(file, encoding, settings.get("header_row"))
    with file.path.open("r", encoding=encoding, newline="") as stream:
        blank = True
        for number, cells in enumerate(csv.reader(stream, delimiter=delimiter), start=1):
            blank = blank and not cells
            if number == settings.get("header_row") or ("header_row" not in settings and any(cell.strip() for cell in cells)):
                header = header_of(cells, file.name)
                above = number + settings.get("skip_rows", 0)
                return TextTable(file=file, encoding=encoding, delimiter=delimiter, header=header, above=above)
    raise SourceError("SC622" if blank else "SC623", origin=file.name)


def _delimiter(file: NamedFile, encoding: str, header_row: int | None) -> str:
    """Which of the usual delimiters stands most often in the header, outside of quotes."""
    with file.path.open("r", encoding=encoding, newline="") as stream:
        lines = stream.read(_HEADER_CHARACTERS).splitlines()
    lines = lines[header_row - 1 :] if header_row is not None else [line for line in lines if line.strip()]
    if not lines:
        return ","
    outside = "".join(lines[0].split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _all_finite(column: pa.ChunkedArray) -> bool:
    """Whether no cell says nan or inf, which Arrow takes for numbers."""
    return bool(pc.all(pc.is_finite(column), min_count=0).as_py())


def _converted(column: pa.ChunkedArray, type: pa.DataType) -> pa.ChunkedArray:
    """A text column in the type asked, where every cell is one."""
    if column.type == type or type == pa.string():
        return column
    try:
        converted = pc.cast(column, type)
    except pa.ArrowInvalid:
        return column
    return converted if not pa.types.is_floating(type) or _all_finite(converted) else column
