"""Databases, and that no message tells a secret."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest

from scorecard.builtin.reading.sql.statement import statement_of
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
    monkeypatch.setattr("scorecard.builtin.reading.sql.database.BLOCK", 1)
    assert read(opened("sql", url=URL, table="order"))["amount net"] == [1.5, None]


def test_no_rows(opened, erp):
    assert read(opened("sql", url=URL, query='select id from "order" where 1 = 0')) == {"id": []}


def test_nothing_is_written(opened, erp):
    read(opened("sql", url=URL, table="order"))
    refused(opened, url=URL, query='delete from "order"')
    assert len(read(opened("sql", url=URL, table="order"))["id"]) == 2


@pytest.mark.parametrize(
    "query", ["delete from x", "-- select\n update x set a = 1", "vacuum", "", "explain select 1", "pragma query_only = off"]
)
def test_only_what_reads_is_run(opened, erp, query):
    assert refused(opened, url=URL, query=query).code == "SC672"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("select 1; select 2", "several"),
        ("select 1; /* ; */ delete from x;", "several"),
        ("select 1 into x", "into"),
        ("with a as (insert into x values (1) returning b) select * from a", "into"),
    ],
)
def test_a_query_that_begins_well_may_still_do_more(opened, erp, query, reason):
    problem = refused(opened, url=URL, query=query)
    assert (problem.code, problem.values["reason"]) == ("SC672", reason)


def test_a_semicolon_may_end_a_query_before_a_comment(opened, erp):
    assert read(opened("sql", url=URL, query="select ';into' as a /* into ; */ ; -- insert into x :nobody")) == {"a": [";into"]}


def test_values_of_names_are_bound(opened, erp):
    query = 'select id, note as "a:b" from "order" where id in :ids and note <> :note and at >= :period_start and at < :period_end'
    span = (datetime(2026, 1, 1), datetime(2026, 1, 2))
    data = opened("sql", url=URL, query=query, params={"ids": ["007", "8"], "note": "' or 1 = 1 --"}, span=span)
    assert read(data) == {"id": ["007"], "a:b": ["50% off"]}
    assert read(data, **{"a:b": Kind.TEXT}) == {"a:b": ["50% off"]}


def test_a_day_that_sqlite_keeps_as_text_is_in_the_period_that_begins_with_it(opened, erp):
    query = 'select id from "order" where at >= :period_start'
    assert read(opened("sql", url=URL, query=query, span=(datetime(2026, 1, 2), None))) == {"id": ["8"]}


@pytest.mark.parametrize(
    ("query", "params", "values"),
    [
        ("select :who", {}, {"name": "who", "allowed": ["period_start", "period_end"]}),
        ("select 1", {"who": "a"}, {"name": "who", "reason": "unused"}),
        ("select ':who' as a where 1 = :who", {"who": "a"}, {"name": "who", "reason": "quoted"}),
        ("select ':period_end'", {}, {"name": "period_end", "reason": "quoted"}),
    ],
)
def test_names_and_values_must_agree(opened, erp, query, params, values):
    problem = refused(opened, url=URL, query=query, params=params)
    assert (problem.code, problem.values) == ("SC673", {"origin": "sqlite:///erp.db", **values})


def test_an_edge_that_there_is_not_is_refused(opened, erp):
    assert refused(opened, url=URL, query="select 1 where :period_end > 1").code == "SC651"


@pytest.mark.parametrize(
    ("dialect", "query", "text"),
    [
        (
            "postgresql",
            "select a::date, b[1:n], 'it''s :x' from t where c = :x",
            r"select a\:\:date, b[1\:n], 'it''s \:x' from t where c = :x",
        ),
        ("postgresql", r"select '\' , :x, E'\':x', $a$ :x; $a$", r"select '\' , :x, E'\'\:x', $a$ \:x; $a$"),
        ("mysql", r"select '\':x', :x # :y", r"select '\'\:x', :x # \:y"),
        ("mysql", "select `a:x`, :x", r"select `a\:x`, :x"),
    ],
)
def test_names_are_found_by_the_dialects_way_of_quoting(dialect, query, text):
    assert statement_of(query, {"x": 1}, (None, None), dialect, "erp").text == text


def test_what_mysql_runs_within_a_comment_is_no_comment():
    with pytest.raises(SourceError, match="SC672"):
        statement_of("select 1 /*! into outfile 'x' */", {}, (None, None), "mysql", "erp")


def test_trap_18_a_sqlite_file_that_is_not_there_is_not_made(opened, tmp_path):
    assert refused(opened, url="sqlite:///none.db", table="x").code == "SC620"
    assert not (tmp_path / "none.db").exists()


def test_what_is_wrong_is_said(opened, erp):
    assert refused(opened, url=URL, query="select").code == "SC631"
    unknown = refused(opened, url=URL, table="orders")
    assert (unknown.code, unknown.values["allowed"]) == ("SC635", ["order"])
    assert refused(opened, url="nosuch://h/x", query="select 1").code == "SC636"
    assert refused(opened, url=URL, query='select id, id from "order"').code == "SC624"
    two = opened("sql", url=URL, query='select id, id, note from "order"')
    assert read(two, note=Kind.TEXT) == {"note": ["50% off", ":x"]}
    with pytest.raises(SourceError, match="SC624"):
        read(two, id=Kind.TEXT)


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
