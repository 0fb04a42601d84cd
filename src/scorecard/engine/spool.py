"""Tables laid aside in a file without a name, which is gone when nobody holds it, however the work ends."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile, gettempdir
from typing import IO, TYPE_CHECKING

from scorecard.errors import OutputError
from scorecard.model.issue import Issue

if TYPE_CHECKING:
    import pyarrow as pa


class Spool:
    """A file of tables, read as often as needed; each may have types of its own. Raises OutputError where there is no room."""

    def __init__(self) -> None:
        try:
            self._file: IO[bytes] = TemporaryFile(prefix="scorecard-")  # noqa: SIM115
        except OSError as error:
            raise _no_room(error) from None
        self._tables: list[dict[str, tuple[int, int]]] = []
        """per table where each column begins in the file, and how long it is"""
        weakref.finalize(self, _let_go, self._file)

    def add(self, table: pa.Table) -> None:
        with _room():
            at = self._file.seek(0, os.SEEK_END)
            self._tables.append({})
            for name in table.column_names:
                self._tables[-1][name] = at, (size := self._written(table.select([name])))
                at += size

    def tables(self, *names: str) -> Iterator[pa.Table]:
        """The tables in their order; the named columns are read, or all."""
        import pyarrow as pa

        for places in self._tables:
            columns = [self._read(*places[name]) for name in names or places]
            yield pa.table(
                {name: column[name] for name, column in zip(names or places, columns, strict=True)}, metadata=columns[0].schema.metadata
            )

    def _written(self, column: pa.Table) -> int:
        from pyarrow import ipc

        begin = self._file.tell()
        with ipc.new_stream(self._file, column.schema) as stream:
            stream.write_table(column)
        self._file.flush()
        return self._file.tell() - begin

    def _read(self, begin: int, size: int) -> pa.Table:
        import pyarrow as pa
        from pyarrow import ipc

        self._file.seek(begin)
        return ipc.open_stream(pa.py_buffer(self._file.read(size))).read_all()


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _no_room(error) from None


def _no_room(error: OSError) -> OutputError:
    try:
        values = {"folder": gettempdir(), "problem": error.strerror or str(error)}
    except FileNotFoundError:
        values = {"reason": "nowhere"}
    return OutputError([Issue(code="SC676", values=values)])


def _let_go(file: IO[bytes]) -> None:
    with suppress(OSError):  # what a full disk did not take
        file.close()
