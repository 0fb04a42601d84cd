"""A database by its url: what it holds, and the rows of a query, block by block. No message ever holds a password."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from scorecard.builtin.reading.sql.session import edge, let_go, options, patience, prepare
from scorecard.builtin.reading.sql.statement import Statement, escaped, statement_of
from scorecard.hooks.contracts import SourceError
from scorecard.hooks.edges import Span, on_the_wall
from scorecard.language.phrase import Phrase

BLOCK = 10_000
"""rows that are fetched at a time"""
HIDDEN = "•••"


class Database:
    """A database, and the stretch of records that it is asked for; `shown` is its url without the password."""

    def __init__(self, url: str, folder: str, span: Span) -> None:
        import sqlalchemy as sql

        try:
            written = sql.engine.make_url(url)
        except sql.exc.ArgumentError:
            problem = Phrase("its url is not written like dialect://user:password@host/name")
            raise SourceError("SC631", origin=Phrase("the database"), problem=problem) from None
        self.shown = written.set(query={}).render_as_string(hide_password=True)
        self._secrets = [word for word in (url, str(written.password or "")) if word]
        self._url = _in_folder(written, folder)
        self._span, self._zone = on_the_wall(span)
        with self._plainly():
            self._engine = sql.create_engine(self._url, poolclass=sql.pool.NullPool, connect_args=patience(self._url))
        self.dialect = self._engine.dialect.name

    def query(self, text: str, params: Mapping[str, Any]) -> Statement:
        """A query with the values of its names. Raises SourceError where it does more than read."""
        start, end = (edge(moment, self.dialect) for moment in self._span)
        return statement_of(text, params, (start, end), self.dialect, self.shown)  # type: ignore[arg-type]

    def table(self, name: str, columns: Sequence[str] | None = None) -> Statement:
        """All or some columns of a table, whose schema stands before a point."""
        source = ".".join(self.quoted(part) for part in name.rpartition(".")[::2] if part)
        return Statement(escaped(f"select {self.listed(columns)} from {source}"), {})

    def listed(self, columns: Sequence[str] | None) -> str:
        return "*" if columns is None else ", ".join(self.quoted(name) for name in columns) or "1"

    def quoted(self, name: str) -> str:
        """A name in the database's own way of quoting."""
        return str(self._engine.dialect.identifier_preparer.quote_identifier(name))

    def columns_of_table(self, table: str) -> list[str]:
        import sqlalchemy as sql

        schema, _, name = table.rpartition(".")
        with self._connected() as connection, self._plainly():
            inspector = sql.inspect(connection)
            if not inspector.has_table(name, schema=schema or None):
                near = [*inspector.get_table_names(schema=schema or None), *inspector.get_view_names(schema=schema or None)]
                raise SourceError("SC635", origin=self.shown, table=table, allowed=near)
        return self._names(Statement(f"{self.table(table).text} where 1 = 0", {}))

    def columns_of_query(self, query: Statement) -> tuple[list[str], bool]:
        """The columns of a query, and whether the database lets another query take some of them."""
        try:
            return self._names(query.within("select *", " where 1 = 0")), True
        except SourceError as error:
            if error.code != "SC631":
                raise
            return self._names(query), False

    def _names(self, statement: Statement) -> list[str]:
        with self._ran(statement) as rows:
            return list(rows.keys())

    def blocks(self, statement: Statement) -> Generator[tuple[list[str], Sequence[Sequence[Any]]]]:
        """The rows of a statement, with the names of their columns. Raises SourceError where the connection ends before them."""
        import sqlalchemy as sql

        count = 0
        with self._ran(statement) as rows:
            names, cursor = list(rows.keys()), rows.cursor
            yield names, []
            blocks = rows.partitions(BLOCK)
            while True:
                try:
                    block = next(blocks, None)
                except sql.exc.DBAPIError as error:
                    if not error.connection_invalidated:
                        raise
                    let_go(cursor)
                    raise SourceError("SC671", origin=self.shown, count=count, problem=self._said(error)) from None
                if block is None:
                    return
                count += len(block)
                yield names, block

    @contextmanager
    def _ran(self, statement: Statement) -> Iterator[Any]:
        """The rows of a statement, as they are fetched."""
        import sqlalchemy as sql

        bound: list[Any] = [
            sql.bindparam(name, value, expanding=isinstance(value, (list, tuple))) for name, value in statement.values.items()
        ]
        with self._connected() as connection, self._plainly():
            query = sql.text(statement.text).bindparams(*bound)
            with closing(connection.execute(query, execution_options={"stream_results": True})) as rows:
                yield rows

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        """A connection that only reads. Raises SourceError where there is no way to the database."""
        import sqlalchemy as sql

        with self._plainly():
            try:
                connection = self._engine.connect().execution_options(**options(self.dialect))
            except (sql.exc.OperationalError, sql.exc.InterfaceError) as error:
                raise SourceError("SC670", origin=self.shown, problem=self._said(error)) from None
            with connection:
                prepare(connection, self._zone, self._span, self.shown)
                yield connection

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """What SQLAlchemy and the driver raise, as a SourceError without secrets."""
        import sqlalchemy as sql

        try:
            yield
        except ModuleNotFoundError as error:
            raise SourceError("SC630", package=str(error.name), install=_extra(error.name), reason="driver") from None
        except sql.exc.NoSuchModuleError:
            raise SourceError("SC636", dialect=self._url.drivername) from None
        except sql.exc.SQLAlchemyError as error:
            raise SourceError("SC631", origin=self.shown, problem=self._said(error)) from None

    def _said(self, error: Any) -> str:
        """The first line of what the database said."""
        cause = getattr(error, "orig", None) or error
        said = cause.args[1] if len(cause.args) == 2 else cause  # a number and a text, of drivers of MySQL
        lines = str(said).strip().splitlines()
        text = lines[0] if lines else type(cause).__name__
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


def _extra(driver: str | None) -> str:
    extra = {"psycopg": "postgresql", "pymysql": "mysql"}.get(driver or "")
    return f"kpi-scorecard[{extra}]" if extra is not None else str(driver)


def _in_folder(url: Any, folder: str) -> Any:
    """A SQLite file's path from the definition's folder on; it must exist, or SQLite would make an empty one."""
    database = url.database
    if url.get_backend_name() != "sqlite" or not database or database == ":memory:" or database.startswith("file:"):
        return url
    path = Path(folder) / database
    if not path.is_file():
        raise SourceError("SC620", path=database, folder=str(path.parent))
    return url.set(database=str(path))
