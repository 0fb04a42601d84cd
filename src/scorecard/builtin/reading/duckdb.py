"""Opens queries and tables of DuckDB."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from scorecard.builtin.reading.arrow_types import kind_of, plain
from scorecard.builtin.reading.needed import needed
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.hooks.edges import Span, on_the_wall
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind

IN_MEMORY = ":memory:"
_PART = 1 << 16
"""records that are fetched at a time"""
START, END = "period_start", "period_end"
_NAME = re.compile(r"(?<![:\w]):([A-Za-z_]\w*)")
"""a name in a query; two colons are a cast"""


def open_duckdb(request: SourceRequest) -> Selection:
    """The query or the table, its columns asked from the database. Raises SourceError."""
    needed("duckdb", "duckdb")
    settings = request.settings
    edges, zone = on_the_wall(request.span)
    database = Database(settings.get("path"), request.folder, zone)
    if "table" in settings:
        return Selection(database, _quoted(settings["table"]), f"{database.name}, table {settings['table']}")
    origin = Phrase("the query to {database}", database=database.name)
    query, values = _bound(settings["query"].strip().rstrip(";"), settings.get("params", {}), edges, origin)
    return Selection(database, f"(\n{query}\n)", origin, query, values)


@dataclass(frozen=True, slots=True)
class Database:
    """A database file, or one in memory that finds files in the definition's folder; `name` is what people call it.

    `zone` is the time zone in which moments without one are meant.
    """

    path: str | None
    folder: str
    zone: str | None = None

    def __post_init__(self) -> None:
        if not self._file.is_file() and self.path is not None:
            raise SourceError("SC620", path=self.path, folder=str(self._file.parent))

    @property
    def name(self) -> str:
        return self.path or "DuckDB"

    @property
    def _file(self) -> Path:
        return Path(self.folder) / Path(self.path or "").expanduser()

    @contextmanager
    def connected(self) -> Iterator[Any]:
        """A connection that can only read. Raises SourceError for whatever DuckDB refuses."""
        import duckdb

        try:
            with duckdb.connect(IN_MEMORY if self.path is None else str(self._file), read_only=self.path is not None) as connection:
                connection.execute("set file_search_path = $folder", {"folder": str(Path(self.folder).absolute())})
                if self.zone is not None:
                    connection.execute("set TimeZone = $zone", {"zone": self.zone})
                yield connection
        except duckdb.Error as error:
            said = str(error).strip().splitlines()
            raise SourceError("SC631", origin=self.name, problem=said[0] if said else type(error).__name__) from None


class Selection:
    """The records of a query or of a table; `query` is the query without what is around it, `values` are those of its names."""

    def __init__(
        self, database: Database, what: str, origin: str, query: str | None = None, values: Mapping[str, object] | None = None
    ) -> None:
        self._database = database
        self._from = what
        self._origin = origin
        self._values = values or None
        self._digest = ""
        with database.connected() as connection:
            self._schema: pa.Schema = connection.sql(f"select * from {what} limit 0", params=self._values).to_arrow_table().schema
            names = connection.sql(query, params=self._values).columns if query is not None else self._schema.names
        self._twice = {name for name in names if names.count(name) > 1}

    @property
    def columns(self) -> Mapping[str, Kind]:
        return {field.name: kind_of(field.type) for field in self._schema}

    @property
    def origin(self) -> str:
        return self._origin

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return pa.concat_tables(self.blocks(wanted))

    def blocks(self, wanted: Mapping[str, Kind]) -> Iterator[pa.Table]:
        """The same in parts, each hashed by a connection of its own."""
        if unclear := next((name for name in wanted if name in self._twice), None):
            raise SourceError("SC624", name=unclear, origin=self._origin)
        names = ", ".join(_quoted(name, whole=True) for name in wanted) or "1"
        count = total = 0
        with self._database.connected() as connection, connection.cursor() as second:
            records = connection.sql(f"select {names} from {self._from}", params=self._values)
            reader = getattr(records, "to_arrow_reader", None) or records.fetch_record_batch  # as it was called before DuckDB 1.4
            parts = reader(_PART)
            yield plain(parts.schema.empty_table())
            for part in map(pa.table, parts):
                second.register("records", part)
                ((hashed,),) = second.execute("select sum(hash(records)) from records").fetchall()
                count, total = count + len(part), total + hashed
                yield plain(part)
        text = "\n".join([self._from, str(count), str(total if count else None)])
        self._digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def fingerprint(self) -> str:
        """Of the records that were read, whatever their order."""
        return self._digest

    def locate(self, row: int) -> str:
        return Phrase("{origin}, row {row}", origin=self._origin, row=row + 1)


def _quoted(name: str, *, whole: bool = False) -> str:
    """A name as DuckDB quotes it; unless whole, a point parts schema and table."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in ([name] if whole else name.split(".")))


def _bound(query: str, params: Mapping[str, object], span: Span, origin: str) -> tuple[str, dict[str, object]]:
    """The query with its names as DuckDB writes them, and their values. Raises SourceError for an edge that the period lacks."""
    known = {**params, START: span[0], END: span[1]}
    used: dict[str, object] = {}

    def named(found: re.Match[str]) -> str:
        name = found[1]
        if name not in known:
            return found[0]
        if known[name] is None:
            raise SourceError("SC651", origin=origin, name=found[0])
        used[name] = known[name]
        return f"${name}"

    return _NAME.sub(named, query), used
