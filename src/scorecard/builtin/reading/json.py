"""Opens files with records as JSON: a list, or one on each line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn

import pyarrow as pa

from scorecard.builtin.reading.cells import column_of
from scorecard.builtin.reading.encoding import encoding_of
from scorecard.builtin.reading.files import NamedFile, digest_of, find_files
from scorecard.builtin.reading.pieces import Pieces
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind

Record = Mapping[str, Any]
NumberedRecord = tuple[int, Record]


def open_json(request: SourceRequest) -> Pieces:
    """The lists of records in the files of a path. Raises SourceError."""
    return _opened(request, partial(_listed, way=request.settings.get("records")))


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
    return Pieces(pieces, partial(digest_of, files), request.spellings)


def _text(file: NamedFile, encoding: str | None) -> str:
    return file.path.read_text(encoding_of(file.path, file.name, encoding)).removeprefix("\ufeff")


def _listed(text: str, name: str, way: str | None) -> Iterator[NumberedRecord]:
    found = _parsed(text, name, 1) if text.strip() else []
    for step in way.split(".") if way else ():
        if not isinstance(found, dict) or step not in found:
            raise SourceError("SC634", origin=name, records=way, step=step, allowed=list(found) if isinstance(found, dict) else [])
        found = found[step]
    if not isinstance(found, list):
        raise SourceError("SC634", origin=name, records=way or "", reason="no_list", allowed=list(found) if isinstance(found, dict) else [])
    for number, record in enumerate(found, start=1):
        yield number, _flat(record, name, number)


def _by_line(text: str, name: str) -> Iterator[NumberedRecord]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _flat(_parsed(line, name, number), name, number)


def _parsed(text: str, name: str, line: int) -> Any:
    def refuse(word: str) -> NoReturn:
        raise SourceError("SC633", origin=name, format="JSON", problem=f"{word} is no JSON number")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        problem = f"{error.msg}, line {line + error.lineno - 1}, column {error.colno}"
        raise SourceError("SC633", origin=name, format="JSON", problem=problem) from None
    except RecursionError:
        raise SourceError("SC633", origin=name, format="JSON", problem="it nests too deep") from None


def _flat(record: Any, name: str, number: int) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise SourceError("SC633", origin=name, format="JSON", problem=f"record {number} is no mapping of column to cell")
    flat: dict[str, Any] = {}

    def put(nested: Mapping[str, Any], before: str) -> None:
        for key, value in nested.items():
            if isinstance(value, dict) and value:
                put(value, f"{before}{key}.")
            else:
                flat[f"{before}{key}"] = value

    put(record, "")
    return flat
