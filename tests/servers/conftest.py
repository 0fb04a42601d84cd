"""Servers of real databases, each started when the first test asks for it, and what a test does with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

pytest.importorskip("sqlalchemy")
import private_servers
import sqlalchemy as sql

from scorecard.builtin.reading.sql.open import open_sql
from scorecard.hooks.contracts import SourceData, SourceError, SourceRequest
from scorecard.model.formula import Kind


def _started(server: Callable[[], AbstractContextManager[str]], driver: str) -> Iterator[str]:
    pytest.importorskip(driver)
    try:
        with server() as url:
            yield url
    except private_servers.NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    yield from _started(private_servers.postgresql, "psycopg")


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    yield from _started(private_servers.mariadb, "pymysql")


@pytest.fixture(params=["postgresql", "mariadb"])
def url(request: pytest.FixtureRequest) -> str:
    """The url of a server, once of each kind."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def run() -> Callable[..., list[Any]]:
    """Runs statements on a database by its url, as somebody else than the source; gives the rows of the last."""

    def run_(url: str, *statements: str) -> list[Any]:
        engine = sql.create_engine(url, poolclass=sql.pool.NullPool)
        with engine.begin() as connection:
            for statement in statements:
                found = connection.exec_driver_sql(statement.replace("%", "%%"))
            return [tuple(row) for row in found] if found.returns_rows else []

    return run_


@pytest.fixture
def opened(tmp_path: Any) -> Callable[..., SourceData]:
    """Opens a source of type sql."""

    def open_(url: str, *, span: Any = (None, None), **settings: Any) -> SourceData:
        return open_sql(SourceRequest(settings={"url": url, **settings}, folder=str(tmp_path), span=span))

    return open_


@pytest.fixture
def read(opened: Callable[..., SourceData]) -> Callable[..., dict[str, list[Any]]]:
    """The columns of a source of type sql, as lists; `kinds` are what is asked of some of them."""

    def read_(url: str, *, kinds: dict[str, Kind] | None = None, **how: Any) -> dict[str, list[Any]]:
        data = opened(url, **how)
        found: dict[str, list[Any]] = data.read({**data.columns, **(kinds or {})}).to_pydict()
        return found

    return read_


@pytest.fixture
def refused(read: Callable[..., Any]) -> Callable[..., SourceError]:
    """What a source of type sql is refused with."""

    def refused_(url: str, **how: Any) -> SourceError:
        with pytest.raises(SourceError) as raised:
            read(url, **how)
        assert private_servers.PASSWORD not in f"{raised.value}{raised.value.values}"
        return raised.value

    return refused_
