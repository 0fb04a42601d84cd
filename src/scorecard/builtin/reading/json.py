"""Opens files with records as JSON: a list, or one on each line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa

from scorecard.builtin.reading.cells import column_of
from scorecard.builtin.reading.encoding import encoding_of
from scorecard.builtin.reading.files import NamedFile, digest_of, find_files, labels_of
from scorecard.builtin.reading.listed import flattened, listed, parsed
from scorecard.builtin.reading.pieces import Pieces
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind

Record = Mapping[str, Any]
NumberedRecord = tuple[int, Record]


def open_json(request: SourceRequest) -> Pieces:
    """The lists of records in the files of a path. Raises SourceError."""
    return _opened(request, partial(_listed, way=request.settings.get("records", "")))


def open_json_lines(request: SourceRequest) -> Pieces:
    """The records on the lines of the files of a path. Raises SourceError."""
    return _opened(request, _by_line)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """The records of a file with their numbers: of the line, or of the place in the list from 1."""

    name: str
    records: Sequence[NumberedRecord]

    @property
    def columns(self) -> Mapping[str, Kind]:
        return dict.fromkeys((name for _, record in self.records for name in record), Kind.ANY)

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return pa.table({name: column_of([record.get(name) for _, record in self.records], kind) for name, kind in wanted.items()})

    def row(self, at: int) -> int:
        return self.records[at][0]


def _opened(request: SourceRequest, records: Callable[[str, str], Iterator[NumberedRecord]]) -> Pieces:
    files = find_files(request.settings["path"], request.folder)
    pieces = [RecordFile(file.name, list(records(_text(file, request.settings.get("encoding")), file.name))) for file in files]
    if not any(piece.records for piece in pieces):
        raise SourceError("SC622", origin=", ".join(piece.name for piece in pieces))
    return Pieces(pieces, partial(digest_of, files), request.spellings, labels_of(request.settings, files))


def _text(file: NamedFile, encoding: str | None) -> str:
    return file.path.read_text(encoding_of(file.path, file.name, encoding)).removeprefix("\ufeff")


def _listed(text: str, name: str, way: str) -> Iterator[NumberedRecord]:
    found = parsed(text, name) if text.strip() else []
    for number, record in enumerate(listed(found, way, name), start=1):
        yield number, flattened(record, number, name)


def _by_line(text: str, name: str) -> Iterator[NumberedRecord]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, flattened(parsed(line, name, number), number, name)
