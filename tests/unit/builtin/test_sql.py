"""Databases, and that no message tells a secret."""

from __future__ import annotations

import sqlite3

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind

pytest.importorskip("sqlalchemy")
URL = "sqlite:///erp.db"


@pytest.fixture
def erp(tmp_path):
    with sqlite3.connect(tmp_path / "erp.db") as connection:
        connection.execute('create table "order" (id text, "amount net" real, note text, at text)')
        rows = [("007", 1.5, "50% off", "2026-01-01"), ("8", None, ":x", "2026-01-02")]
        connection.executemany('insert into "order" values (?, ?, ?, ?)', rows)
    connection.close()
    return tmp_path / "erp.db"


def read(data, **kinds):
    return data.read(kinds or dict.fromkeys(data.columns, Kind.ANY)).to_pydict()


def refused(opened, **settings):
    with pytest.raises(SourceError) as raised:
        read(opened("sql", **settings))
    return raised.value


def test_a_table_gives_the_wanted_columns(opened, erp):
    data = opened("sql", url=URL, table="order")
    assert read(data, id=Kind.TEXT, **{"amount net": Kind.NUMBER}) == {"id": ["007", "8"], "amount net": [1.5, None]}
    assert data.locate(1) == "sqlite:///erp.db, table order, row 2"


def test_a_query_may_hold_percent_signs_colons_and_a_semicolon(opened, erp):
    data = opened("sql", url=URL, query="""select id, note from "order" where note like '50%' or note = ':x' order by id;""")
    assert read(data) == {"id": ["007", "8"], "note": ["50% off", ":x"]}


def test_blocks_are_united(opened, erp, monkeypatch):
    monkeypatch.setattr("scorecard.builtin.reading.sql.BLOCK", 1)
    assert read(opened("sql", url=URL, table="order"))["amount net"] == [1.5, None]


def test_no_rows(opened, erp):
    assert read(opened("sql", url=URL, query='select id from "order" where 1 = 0')) == {"id": []}


def test_nothing_is_written(opened, erp):
    read(opened("sql", url=URL, table="order"))
    refused(opened, url=URL, query='delete from "order"')
    assert len(read(opened("sql", url=URL, table="order"))["id"]) == 2


def test_trap_18_a_sqlite_file_that_is_not_there_is_not_made(opened, tmp_path):
    assert refused(opened, url="sqlite:///none.db", table="x").code == "SC620"
    assert not (tmp_path / "none.db").exists()


def test_what_is_wrong_is_said(opened, erp):
    assert refused(opened, url=URL, query="selec").code == "SC631"
    unknown = refused(opened, url=URL, table="orders")
    assert (unknown.code, unknown.values["allowed"]) == ("SC635", ["order"])
    assert refused(opened, url="nosuch://h/x", query="select 1").code == "SC636"
    twice = refused(opened, url=URL, query='select id, id from "order"')
    assert twice.code == "SC624"


@pytest.mark.parametrize(
    "url", ["nosuch://u:s3cret@h/x", "u:s3cret@h", "nodriver+nosuch://u:s3cret@h/x", "mysql+pymysql://u:s3cret@127.0.0.1:1/x"]
)
def test_trap_34_no_message_holds_the_password(opened, url):
    problem = refused(opened, url=url, query="select 1")
    assert "s3cret" not in str(problem.values)
    assert "s3cret" not in str(problem)


def test_trap_34_what_a_driver_says_is_shown_without_the_password(opened, erp):
    problem = refused(opened, url="sqlite://u:s3cret@/erp.db", query="select 1")
    assert "s3cret" not in str(problem.values)
