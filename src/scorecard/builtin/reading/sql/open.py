"""Opens queries and tables of databases."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial

import pyarrow as pa

from scorecard.builtin.reading.needed import needed
from scorecard.builtin.reading.row_digest import RowDigest
from scorecard.builtin.reading.sql.columns import typed
from scorecard.builtin.reading.sql.database import Database
from scorecard.builtin.reading.sql.statement import Statement
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind
from scorecard.stack import stacked


def open_sql(request: SourceRequest) -> Selection:
    """The query or the table, its columns asked from the database. Raises SourceError."""
    needed("sqlalchemy", "sql")
    settings = request.settings
    database = Database(settings["url"], request.folder, request.span)
    if "table" in settings:
        table = settings["table"]
        return Selection(database, database.columns_of_table(table), f"{database.shown}, table {table}", partial(database.table, table))
    query = database.query(settings["query"], settings.get("params", {}))
    names, may_choose = database.columns_of_query(query)

    def choosing(wanted: Sequence[str]) -> Statement:
        """Only the wanted columns, where the database lets a query take some of another's."""
        return query.within(f"select {database.listed(wanted)}") if may_choose and not set(wanted) >= set(names) else query

    return Selection(database, names, Phrase("the query to {database}", database=database.shown), choosing)


class Selection:
    """The records of a query or of a table; `choosing` gives the statement that reads some of its columns."""

    def __init__(self, database: Database, names: Sequence[str], origin: str, choosing: Callable[[Sequence[str]], Statement]) -> None:
        self._database = database
        self._names = names
        self._origin = origin
        self._choosing = choosing
        self._digest = RowDigest()

    @property
    def columns(self) -> Mapping[str, Kind]:
        return dict.fromkeys(self._names, Kind.ANY)

    @property
    def origin(self) -> str:
        return self._origin

    def read(self, wanted: Mapping[str, Kind]) -> pa.Table:
        return stacked(list(self.blocks(wanted)))

    def blocks(self, wanted: Mapping[str, Kind]) -> Iterator[pa.Table]:
        """The wanted columns of one block of rows after the other; the rows are let go."""
        for name in wanted:
            self._refuse_twice(name)
        self._digest = RowDigest()
        with _no_search_for_cycles(), closing(self._database.blocks(self._choosing(list(wanted)))) as blocks:
            for names, rows in blocks:
                cells = list(zip(*rows, strict=True)) if rows else [()] * len(names)
                table = pa.table({name: typed(cells[names.index(name)], kind) for name, kind in wanted.items()})
                self._digest.add(table)
                yield table

    def fingerprint(self) -> str:
        """Of the records that were read, whatever their order."""
        return self._digest.hexdigest()

    def locate(self, row: int) -> str:
        return Phrase("{origin}, row {row}", origin=self._origin, row=row + 1)

    def _refuse_twice(self, name: str) -> None:
        """Raises SourceError where two columns have the name. SQLite, asked for a query's columns, calls the second `id:1`."""
        first = name.partition(":")[0]
        alike = [each for each in self._names if each in (name, first) or re.fullmatch(rf"{re.escape(name)}:\d+", each)]
        if len(alike) > 1:
            raise SourceError("SC624", name=first, origin=self._origin)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keeps Python from searching all that it holds for cycles over and over, as millions of rows come, which have none."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
