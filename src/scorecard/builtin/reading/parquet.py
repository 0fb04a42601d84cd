"""Opens Parquet files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
from pyarrow import parquet

from scorecard.builtin.reading.files import NamedFile, digest_of, find_files
from scorecard.builtin.reading.pieces import Pieces
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind


def open_parquet(request: SourceRequest) -> Pieces:
    """The files of a path, their schemas read. Raises SourceError."""
    files = find_files(request.settings["path"], request.folder)
    return Pieces([_opened(file) for file in files], partial(digest_of, files), request.spellings)


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A Parquet file whose schema is known."""

    file: NamedFile
    schema: pa.Schema

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def columns(self) -> Mapping[str, Kind]:
        return {field.name: _kind(field.type) for field in self.schema}

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        table = parquet.read_table(self.file.path, columns=list(wanted), partitioning=None)
        return table.cast(pa.schema([(field.name, _plain(field.type)) for field in table.schema]))

    def row(self, at: int) -> int:
        return at + 1


def _opened(file: NamedFile) -> ParquetTable:
    try:
        return ParquetTable(file, parquet.read_schema(file.path))
    except pa.ArrowInvalid as error:
        raise SourceError("SC633", origin=file.name, format="Parquet", problem=str(error).splitlines()[0]) from None


def _plain(type: pa.DataType) -> pa.DataType:
    """The type without its storage: dictionaries are what they hold, decimals are numbers."""
    if pa.types.is_dictionary(type):
        return _plain(type.value_type)
    if pa.types.is_decimal(type):
        return pa.float64()
    if pa.types.is_large_string(type) or pa.types.is_string_view(type):
        return pa.string()
    return type


def _kind(type: pa.DataType) -> Kind:
    type = _plain(type)
    if pa.types.is_boolean(type):
        return Kind.TRUTH
    if pa.types.is_integer(type) or pa.types.is_floating(type):
        return Kind.NUMBER
    if pa.types.is_string(type):
        return Kind.TEXT
    return Kind.MOMENT if pa.types.is_timestamp(type) or pa.types.is_date(type) else Kind.ANY
