"""Queries and tables of DuckDB."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind

duckdb = pytest.importorskip("duckdb")


@pytest.fixture
def erp(tmp_path):
    with duckdb.connect(str(tmp_path / "erp.duckdb")) as connection:
        connection.execute('create table "order" (id varchar, "amount net" decimal(9, 2), note varchar, "at" date)')
        connection.execute("""insert into "order" values ('007', 1.5, '50% off', '2026-01-01'), ('8', null, ':x', '2026-01-02')""")
        connection.execute("""create view broken as select id, cast(note as int) n from "order" """)
        connection.execute("create schema s; create table s.t as select 1::hugeint big, 'a'::enum('a') word")
    return tmp_path / "erp.duckdb"


def read(data, **kinds):
    return data.read(kinds or dict.fromkeys(data.columns, Kind.ANY)).to_pydict()


def refused(opened, **settings):
    with pytest.raises(SourceError) as raised:
        read(opened("duckdb", **settings))
    return raised.value


def test_a_table_gives_the_wanted_columns(opened, erp):
    data = opened("duckdb", path="erp.duckdb", table="order")
    assert read(data, id=Kind.TEXT, **{"amount net": Kind.NUMBER}) == {"id": ["007", "8"], "amount net": [1.5, None]}
    assert data.columns == {"id": Kind.TEXT, "amount net": Kind.NUMBER, "note": Kind.TEXT, "at": Kind.MOMENT}
    assert data.locate(1) == "erp.duckdb, table order, row 2"


def test_a_column_that_nobody_asks_for_is_not_read(opened, erp):
    data = opened("duckdb", path="erp.duckdb", table="broken")
    assert read(data, id=Kind.TEXT) == {"id": ["007", "8"]}
    with pytest.raises(SourceError, match="SC631"):
        read(data)


def test_types_of_its_own_become_plain(opened, erp):
    assert read(opened("duckdb", path="erp.duckdb", table="s.t")) == {"big": [1.0], "word": ["a"]}


def test_a_query_reads_files_beside_the_definition(opened, write):
    write("a.csv", "id,n\n007,1\n8,2\n")
    data = opened("duckdb", query="select id, n from read_csv('a.csv', all_varchar = true) where id like '0%' -- x\n;")
    assert read(data) == {"id": ["007"], "n": ["1"]}
    assert data.origin == "the query to DuckDB"


def test_values_come_from_params_and_the_period_and_are_never_text_of_the_query(opened, erp):
    query = """select id from "order" where note <> :note and "at"::date >= :period_start and "at" < :period_end and note <> ':other'"""
    span = (datetime(2026, 1, 2), datetime(2026, 4, 1))
    data = opened("duckdb", path="erp.duckdb", query=query, params={"note": "' or true --"}, span=span)
    assert read(data) == {"id": ["8"]}
    assert refused(opened, path="erp.duckdb", query=query, params={"note": "x"}).values["name"] == ":period_start"
    assert refused(opened, path="erp.duckdb", query="select :nobody").code == "SC631"


def test_the_period_is_meant_on_the_clock_of_the_scorecard(opened):
    query = """select moment from (values (timestamptz '2026-06-30 15:59:59+00', date '2026-06-30'), (timestamptz '2026-06-30 16:00:00+00',
        date '2026-07-01')) records(moment, day) where moment >= :period_start and day >= :period_start"""
    edge = datetime(2026, 7, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = read(opened("duckdb", query=query, span=(edge, edge)))
    assert [at.astimezone(UTC) for at in found["moment"]] == [datetime(2026, 6, 30, 16, tzinfo=UTC)]


def test_no_rows(opened, erp):
    assert read(opened("duckdb", path="erp.duckdb", query='select id from "order" where false')) == {"id": []}


def test_the_fingerprint_follows_the_data_and_not_their_order(opened, write):
    def print_of(cells):
        write("a.csv", "n\n" + cells)
        data = opened("duckdb", query="select n from 'a.csv'")
        read(data)
        return data.fingerprint()

    assert print_of("1\n2\n") == print_of("2\n1\n") != print_of("1\n3\n")


def test_nothing_is_written(opened, erp):
    assert refused(opened, path="erp.duckdb", query='delete from "order"').code == "SC631"
    assert refused(opened, query="copy (select 1) to 'x.csv'").code == "SC631"
    assert not (erp.parent / "x.csv").exists()
    assert len(read(opened("duckdb", path="erp.duckdb", table="order"))["id"]) == 2


def test_trap_18_a_file_that_is_not_there_is_not_made(opened, tmp_path):
    assert refused(opened, path="none.duckdb", table="x").code == "SC620"
    assert not (tmp_path / "none.duckdb").exists()


def test_what_is_wrong_is_said(opened, erp, write):
    write("no.duckdb", "this is no database, only a text that is long enough to be taken for one")
    assert refused(opened, path="no.duckdb", table="x").code == "SC631"
    assert refused(opened, path="erp.duckdb", table="orders").code == "SC631"
    assert refused(opened, path="erp.duckdb", query="selec").code == "SC631"
    assert refused(opened, query="select 1 as id, 2 as id").code == "SC624"
