"""Opens queries and tables of databases. No message ever holds a password."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from scorecard.builtin.reading.cells import column_of
from scorecard.builtin.reading.needed import needed
from scorecard.builtin.reading.pieces import stacked
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind

BLOCK = 50_000
"""rows that are fetched at a time"""


def open_sql(request: SourceRequest) -> Query:
    """The query or the table, its columns asked from the database. Raises SourceError."""
    needed("sqlalchemy", "sql")
    settings = request.settings
    database = Database(settings["url"], request.folder)
    if "table" in settings:
        return Query(database, settings["table"], database.columns_of_table(settings["table"]), is_table=True)
    text = settings["query"].strip().rstrip(";")
    return Query(database, text, database.columns_of_query(text), is_table=False)


class Database:
    """A database by its url; `shown` is the url without the password."""

    def __init__(self, url: str, folder: str) -> None:
        import sqlalchemy as sql

        try:
            written = sql.engine.make_url(url)
        except sql.exc.ArgumentError:
            problem = "its url is not written like dialect://user:password@host/name"
            raise SourceError("SC631", origin="the database", problem=problem) from None
        self.shown = written.set(query={}).render_as_string(hide_password=True)
        self._secrets = [word for word in (url, str(written.password or "")) if word]
        self._url = _in_folder(written, folder)
        with self._plainly():
            self._engine = sql.create_engine(self._url, poolclass=sql.pool.NullPool)

    def columns_of_table(self, table: str) -> list[str]:
        import sqlalchemy as sql

        schema, _, name = table.rpartition(".")
        with self._plainly():
            inspector = sql.inspect(self._engine)
            try:
                return [str(column["name"]) for column in inspector.get_columns(name, schema=schema or None)]
            except sql.exc.NoSuchTableError:
                near = [*inspector.get_table_names(schema=schema or None), *inspector.get_view_names(schema=schema or None)]
                raise SourceError("SC635", origin=self.shown, table=table, allowed=near) from None

    def columns_of_query(self, query: str) -> list[str]:
        """The columns of a query, without its rows where the database allows to wrap it."""
        import sqlalchemy as sql

        with self._plainly():
            try:
                return self._keys(f"select * from (\n{query}\n) records where 1 = 0")
            except sql.exc.DBAPIError:
                return self._keys(query)

    def _keys(self, statement: str) -> list[str]:
        with self._engine.connect() as connection:
            return list(connection.execution_options(no_parameters=True, stream_results=True).exec_driver_sql(statement).keys())

    def blocks(self, statement: str) -> Generator[tuple[list[str], Sequence[Sequence[Any]]]]:
        """The rows of a statement, block by block, with the names of their columns."""
        with self._plainly(), self._engine.connect() as connection:
            rows = connection.execution_options(no_parameters=True, stream_results=True).exec_driver_sql(statement)
            names = list(rows.keys())
            yield names, []
            for block in rows.partitions(BLOCK):
                yield names, block

    def selected(self, table: str, names: Sequence[str]) -> str:
        """The statement for some columns of a table, in the database's own way of quoting."""
        schema, _, name = table.rpartition(".")
        quote = self._engine.dialect.identifier_preparer.quote_identifier
        columns = ", ".join(quote(each) for each in names) or "1"
        return f"select {columns} from {'.'.join(quote(part) for part in (schema, name) if part)}"

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """What SQLAlchemy and the driver raise, as a SourceError without secrets."""
        import sqlalchemy as sql

        try:
            yield
        except ModuleNotFoundError as error:
            raise SourceError("SC630", package=str(error.name), install=str(error.name), reason="driver") from None
        except sql.exc.NoSuchModuleError:
            raise SourceError("SC636", dialect=self._url.drivername) from None
        except sql.exc.SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            said = str(cause).strip().splitlines()
            raise SourceError("SC631", origin=self.shown, problem=self._hidden(said[0] if said else type(cause).__name__)) from None

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "•••")
        return text


class Query:
    """The records of a query or of a table."""

    def __init__(self, database: Database, text: str, names: Sequence[str], *, is_table: bool) -> None:
        self._database = database
        self._text = text
        self._names = names
        self._is_table = is_table
        self._count: int | None = None

    @property
    def columns(self) -> Mapping[str, Kind]:
        return dict.fromkeys(self._names, Kind.ANY)

    @property
    def origin(self) -> str:
        return f"{self._database.shown}, table {self._text}" if self._is_table else f"the query to {self._database.shown}"

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        statement = self._database.selected(self._text, list(wanted)) if self._is_table else self._text
        with closing(self._database.blocks(statement)) as blocks:
            tables = [self._table(names, rows, wanted) for names, rows in blocks]
        table = stacked(tables[1:] or tables)
        self._count = len(table)
        return table

    def fingerprint(self) -> str:
        text = "\n".join([self._database.shown, self._text, str(self._count)])
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def locate(self, row: int) -> str:
        return f"{self.origin}, row {row + 1}"

    def _table(self, names: list[str], rows: Sequence[Sequence[Any]], wanted: Mapping[str, Kind]) -> pa.Table:
        places = {name: self._place(names, name) for name in wanted}
        return pa.table({name: column_of([row[places[name]] for row in rows], kind) for name, kind in wanted.items()})

    def _place(self, names: list[str], name: str) -> int:
        """Which column has a name. Inside of a wrapped query the database may have told two of one name apart, as `id` and `id:1`."""
        written = name if name in names else name.partition(":")[0]
        if names.count(written) != 1:
            raise SourceError("SC624", name=written, origin=self.origin)
        return names.index(written)


def _in_folder(url: Any, folder: str) -> Any:
    """A SQLite file's path from the definition's folder on; it must exist, or SQLite would make an empty one."""
    database = url.database
    if url.get_backend_name() != "sqlite" or not database or database == ":memory:" or database.startswith("file:"):
        return url
    path = Path(folder) / database
    if not path.is_file():
        raise SourceError("SC620", path=database, folder=str(path.parent))
    return url.set(database=str(path))
