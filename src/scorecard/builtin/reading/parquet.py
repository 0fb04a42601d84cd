"""Opens Parquet files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
from pyarrow import parquet

from scorecard.builtin.reading.arrow_types import kind_of, plain
from scorecard.builtin.reading.files import NamedFile, digest_of, find_files, labels_of, refuse_changed
from scorecard.builtin.reading.pieces import Pieces
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind

_AT_ONCE = 1 << 17
"""records that are read at once"""


def open_parquet(request: SourceRequest) -> Pieces:
    """The files of a path, their schemas read. Raises SourceError."""
    files = find_files(request.settings["path"], request.folder)
    return Pieces([_opened(file) for file in files], partial(digest_of, files), request.spellings, labels_of(request.settings, files))


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
        return {field.name: kind_of(field.type) for field in self.schema}

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        with self._reading():
            return plain(parquet.read_table(self.file.path, columns=list(wanted), partitioning=None))

    def blocks(self, wanted: Mapping[str, Kind]) -> Iterator[pa.Table]:
        """The same in parts, at once where there are few records."""
        with self._reading(), parquet.ParquetFile(self.file.path, pre_buffer=False) as file:
            if not wanted or file.metadata.num_rows <= _AT_ONCE:
                yield self.read(wanted)
                return
            for batch in file.iter_batches(_AT_ONCE, columns=list(wanted), use_threads=False):
                yield plain(pa.table(batch))

    def row(self, at: int) -> int:
        return at + 1

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What Arrow raises, as a SourceError."""
        try:
            yield
        except (pa.ArrowInvalid, OSError) as error:
            refuse_changed([self.file])
            raise _unreadable(self.file, error) from None


def _opened(file: NamedFile) -> ParquetTable:
    try:
        return ParquetTable(file, parquet.read_schema(file.path))
    except pa.ArrowInvalid as error:
        raise _unreadable(file, error) from None


def _unreadable(file: NamedFile, error: Exception) -> SourceError:
    return SourceError("SC633", origin=file.name, format="Parquet", problem=str(error).splitlines()[0])
