"""Opens text files with a delimiter between the cells."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, reduce
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from scorecard.builtin.reading.encoding import CHINESE, looked_at
from scorecard.builtin.reading.ends import LOOKED_AT, filled, header_place, rows_below, said_of
from scorecard.builtin.reading.files import NamedFile, digits_of, find_files, labels_of, refuse_changed
from scorecard.builtin.reading.header import Header, header_of
from scorecard.builtin.reading.pieces import Pieces
from scorecard.hooks.contracts import Remark, SourceError, SourceRequest
from scorecard.model.formula import Kind

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

DELIMITERS = ",;\t|"
_TYPES: Mapping[Kind, pa.DataType] = {Kind.NUMBER: pa.float64(), Kind.MOMENT: pa.timestamp("us")}
_HEADER_CHARACTERS = 1 << 16
_LAST_BYTES = 1 << 14
"""at the end of a file, in which totals and notes are looked for"""
_AT_ONCE = 1 << 25
"""bytes of a file up to which it is read as a whole"""
_BLOCK, _PART = 1 << 18, 1 << 15
"""of a larger one the bytes that are parsed at a time, and the records that make a part"""
_SHOWN = 5

csv.field_size_limit(1 << 30)


def open_csv(request: SourceRequest) -> Pieces:
    """The files of a path, their headers read. Raises SourceError."""
    return open_texts(find_files(request.settings["path"], request.folder), request)


def open_texts(files: Sequence[NamedFile], request: SourceRequest) -> Pieces:
    """Files that were found already, their headers read. Raises SourceError."""
    settings = request.settings
    hash: Hash = hashlib.sha256()
    pieces = []
    for file in files:
        if not file.state[0]:
            raise SourceError("SC622", origin=file.name)
        hash.update(f"{file.state[0]}\n".encode())
        encoding, hash = looked_at(file.path, file.name, settings.get("encoding"), hash)
        pieces.append(_opened(file, encoding, settings))
    return Pieces(pieces, partial(_digest, files, digits_of(hash)), request.spellings, labels_of(settings, files))


def _digest(files: Sequence[NamedFile], digest: str) -> str:
    """What `digest_of` gives, from the first look at the files: they must be as they were then."""
    refuse_changed(files)
    return digest


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """A text file whose header is known. `above` is the last row that is no record, `bytes` where the records end."""

    file: NamedFile
    encoding: str
    delimiter: str
    header: Header
    above: int
    bytes: int | None = None
    remarks: tuple[Remark, ...] = ()

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
            table = self._as_texts(include)
        columns = {str(place): table[str(place)] for place in places.values()}
        if not _finite(table):
            table = self._as_texts(include)
            columns = {place: table[place] for place in columns}
        if not columns:
            return table.select([])
        return self._filled(pa.table({name: _converted(columns[str(place)], types[str(place)]) for name, place in places.items()}))

    def blocks(self, wanted: Mapping[str, Kind]) -> Iterator[pa.Table]:
        """The same in parts, at once where the file is small.

        A cell that is not as asked makes all cells of the rest texts first; a row that may be blank makes all columns be read.
        """
        if not wanted or self.file.state[0] <= _AT_ONCE:
            yield self.read(wanted)
            return
        places = {name: str(self.header.position(name)) for name in wanted}
        types = {places[name]: _TYPES.get(kind, pa.string()) for name, kind in wanted.items()}
        given = yielded = 0
        everything = self._places
        for include, asked in ((list(types), types), (list(types), {}), (everything, {})):
            try:
                for part in _ahead(self._parts(include, asked, given)):
                    table = pa.table({name: _converted(part[place], types[place]) for name, place in places.items()})
                    if not _finite(table) or (include is not everything and pc.any(_blank(table)).as_py()):
                        break
                    table = table.filter(_somewhere(part)) if include is everything else table
                    given, yielded = given + len(part), yielded + len(table)
                    yield table
                else:
                    if not given:
                        yield self.read(wanted)
                    return
            except pa.ArrowInvalid:
                if not asked:
                    yield self.read(wanted).slice(yielded)  # where it is not refused, a row is longer than what is parsed at a time
                    return

    def _filled(self, table: pa.Table) -> pa.Table:
        """The table without rows of nothing but delimiters, which spreadsheets write for blank ones."""
        return table.filter(_somewhere(self._as_texts(self._places))) if pc.any(_blank(table)).as_py() else table

    def row(self, at: int) -> int:
        return next(islice((number for number, _ in self._records()), at, None))

    def _as_texts(self, include: list[str]) -> pa.Table:
        """Raises SourceError where rows have more or fewer cells than the header."""
        try:
            return self._parsed(include, {})
        except pa.ArrowInvalid:
            self._refuse_ragged()
            raise

    def _parsed(self, include: list[str], types: Mapping[str, pa.DataType]) -> pa.Table:
        """The columns in the types asked. Raises ArrowInvalid."""
        with self._until_the_end() as file:
            table = arrow_csv.read_csv(file, **self._options(include, types, use_threads=False))
        pa.default_memory_pool().release_unused()
        return table

    def _parts(self, include: list[str], types: Mapping[str, pa.DataType], given: int) -> Iterator[pa.Table]:
        """The same in parts, without the rows that were given before. Raises ArrowInvalid."""
        waiting: list[pa.RecordBatch] = []
        with self._until_the_end() as file:
            for batch in arrow_csv.open_csv(file, **self._options(include, types, use_threads=False, block_size=_BLOCK)):
                if given < len(batch):
                    waiting.append(batch.slice(given))
                given = max(given - len(batch), 0)
                if sum(map(len, waiting)) >= _PART:
                    yield pa.Table.from_batches(waiting)
                    waiting = []
        if waiting:
            yield pa.Table.from_batches(waiting)

    def _options(self, include: list[str], types: Mapping[str, pa.DataType], **how: Any) -> dict[str, Any]:
        """How Arrow reads the file. For a whole one more threads gain little and hold more of it."""
        return {
            "read_options": arrow_csv.ReadOptions(
                column_names=self._places, skip_rows_after_names=self.above, encoding=self._python_encoding, **how
            ),
            "parse_options": arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
            "convert_options": arrow_csv.ConvertOptions(
                column_types={place: types.get(place, pa.string()) for place in self._places},
                include_columns=include,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        }

    @contextmanager
    def _until_the_end(self) -> Iterator[Any]:
        """The file up to where the records end, for Arrow."""
        if self.bytes is None:
            yield self.file.path
            return
        with self.file.path.open("rb", buffering=0) as file:
            yield _Beginning(file, self.bytes)

    @property
    def _places(self) -> list[str]:
        """The columns as Arrow is told to call them: by their places."""
        return [str(place) for place in range(len(self.header.names))]

    @property
    def _python_encoding(self) -> str:
        return "utf-8" if self.encoding == "utf-8-sig" else self.encoding

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with the number of its row, read slowly: for messages only."""
        with self.file.path.open("r", encoding=self.encoding, newline="") as stream:
            lines = stream if self.bytes is None else islice(stream, _lines(self.file.path, self.bytes))
            for number, cells in enumerate(csv.reader(lines, delimiter=self.delimiter), start=1):
                if number > self.above and any(cell.strip() for cell in cells):
                    yield number, cells

    def _refuse_ragged(self) -> None:
        """Raises SourceError where rows have more or fewer cells than the header."""
        expected = len(self.header.names)
        ragged = [(number, len(cells)) for number, cells in self._records() if len(cells) != expected]
        if ragged:
            rows = [str(number) for number, _ in ragged[:_SHOWN]]
            raise SourceError("SC628", origin=self.name, count=len(ragged), rows=rows, found=ragged[0][1], expected=expected)


def _opened(file: NamedFile, encoding: str, settings: Mapping[str, Any]) -> TextTable:
    delimiter = settings.get("delimiter") or _delimiter(file, encoding, settings.get("header_row"))
    with file.path.open("r", encoding=encoding, newline="") as stream:
        rows = list(islice(csv.reader(stream, delimiter=delimiter), max(LOOKED_AT, settings.get("header_row", 0))))
    if not any(rows):
        raise SourceError("SC622", origin=file.name)
    place = settings["header_row"] - 1 if "header_row" in settings else header_place(rows)
    if place is None or place >= len(rows):
        raise SourceError("SC623", origin=file.name)
    end, below = (None, []) if settings.get("keep_totals") else _end(file.path, encoding, delimiter)
    above = [] if "header_row" in settings else [row for row in rows[:place] if filled(row)]
    return TextTable(
        file=file,
        encoding=encoding,
        delimiter=delimiter,
        header=header_of(rows[place], file.name),
        above=place + 1 + settings.get("skip_rows", 0),
        bytes=end,
        remarks=(*_found_out(file.name, encoding, settings), *said_of(file.name, place + 1, above, below)),
    )


def _found_out(origin: str, encoding: str, settings: Mapping[str, Any]) -> Iterator[Remark]:
    if "encoding" not in settings and encoding == CHINESE:
        yield Remark("SC682", {"origin": origin, "encoding": "GBK (GB 18030)"})


def _end(path: Path, encoding: str, delimiter: str) -> tuple[int | None, list[tuple[int, list[str]]]]:
    """The byte at which totals and notes at the end begin, and these rows with their numbers; None where there are none."""
    if encoding.startswith(("utf-16", "utf-32")):
        return None, []
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(size - _LAST_BYTES, 0))
        lines = stream.read().splitlines(keepends=True)
    lines = lines[1:] if size > _LAST_BYTES else lines
    rows = [next(csv.reader([line.decode(encoding, errors="replace")], delimiter=delimiter), []) for line in lines]
    places = rows_below(rows)
    if not places or len(places) == sum(1 for row in rows if filled(row)):
        return None, []
    end = size - sum(len(line) for line in lines[places[0] :])
    first = _lines(path, end) + 1
    return end, [(first + place - places[0], rows[place]) for place in places]


class _Beginning(io.RawIOBase):
    """A file up to a byte."""

    def __init__(self, file: io.FileIO, end: int) -> None:
        self._file = file
        self._left = end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._file.readinto(memoryview(buffer)[: self._left])
        self._left -= count
        return count


def _lines(path: Path, end: int) -> int:
    """How many lines the file has up to a byte."""
    with path.open("rb", buffering=0) as file:
        beginning = _Beginning(file, end)
        return sum(block.count(b"\n") for block in iter(lambda: beginning.read(_BLOCK), b""))


def _delimiter(file: NamedFile, encoding: str, header_row: int | None) -> str:
    """Which of the usual delimiters stands most often in the header, or in the first row with any, outside of quotes."""
    with file.path.open("r", encoding=encoding, newline="") as stream:
        lines = stream.read(_HEADER_CHARACTERS).splitlines()
    lines = lines[header_row - 1 : header_row] if header_row is not None else lines
    outside = ("".join(line.split('"')[::2]) for line in lines)
    separated = next((line for line in outside if any(each in line for each in DELIMITERS)), "")
    return max(DELIMITERS, key=separated.count)


def _ahead(parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The parts, of which a second thread parses the next while one is worked on."""
    with ThreadPoolExecutor(1) as second:
        coming = second.submit(next, parts, None)
        while (part := coming.result()) is not None:
            coming = second.submit(next, parts, None)
            yield part


def _blank(table: pa.Table) -> pa.ChunkedArray:
    """Which rows hold nothing."""
    return reduce(pc.and_, (pc.is_null(column) for column in table.columns))


def _somewhere(texts: pa.Table) -> pa.ChunkedArray:
    """Which rows of texts hold more than spaces."""
    return reduce(pc.or_, (pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(each), ""), False) for each in texts.columns))


def _finite(table: pa.Table) -> bool:
    """Whether no column of numbers has a cell that is none."""
    return all(_all_finite(column) for column in table.columns if pa.types.is_floating(column.type))


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
