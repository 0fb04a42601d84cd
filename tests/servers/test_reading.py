"""What a server of a real database gives: types, texts, parameters, and that it is only read."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from scorecard.model.formula import Kind

CREATE = {
    "postgresql": """create table things (id bigint, code varchar(9), amount numeric(12, 2), rate double precision, small smallint,
        day date, at timestamp, zoned timestamptz, yes boolean, note text)""",
    "mysql": """create table things (id bigint, code varchar(9), amount decimal(12, 2), rate double, small smallint,
        day date, at datetime(6), zoned timestamp(6) null, yes boolean, note text) default charset utf8mb4""",
}
ROWS = """insert into things values
    (9007199254740993, '007', 1234.05, 0.1, 3, '2026-07-01', '2026-07-01 10:30:00.000001', '2026-07-01 00:00:00', true, '张三丰 50% :x'),
    (2, '8', null, null, null, null, null, null, null, '  '),
    (3, 'C', -0.10, 1e300, -3, '1999-12-31', '2026-09-30 23:59:59.999999', '2026-09-30 23:59:59.999999', false, null)"""


@pytest.fixture
def things(url, run):
    run(url, "drop table if exists things", CREATE[url.partition("+")[0]], ROWS)
    return url


def test_every_type_is_what_formulas_know(things, read):
    found = read(things, table="things", kinds={"id": Kind.TEXT})
    truths = [True, None, False] if things.startswith("postgresql") else [1, None, 0]
    assert found == {
        "id": ["9007199254740993", "2", "3"],
        "code": ["007", "8", "C"],
        "amount": [1234.05, None, -0.1],
        "rate": [0.1, None, 1e300],
        "small": [3, None, -3],
        "day": [datetime(2026, 7, 1), None, datetime(1999, 12, 31)],
        "at": [datetime(2026, 7, 1, 10, 30, 0, 1), None, datetime(2026, 9, 30, 23, 59, 59, 999999)],
        "zoned": found["zoned"],
        "yes": truths,
        "note": ["张三丰 50% :x", None, None],
    }


def test_a_query_gives_only_the_wanted_columns(things, opened, monkeypatch):
    asked = []
    monkeypatch.setattr("scorecard.builtin.reading.sql.open.typed", lambda cells, kind: asked.append(list(cells)) or _floats(cells))
    opened(things, query="with t as (select * from things) select * from t order by id").read({"amount": Kind.NUMBER})
    assert len(asked) == 2


def _floats(cells):
    import pyarrow as pa

    return pa.array([float(cell) if cell is not None else None for cell in cells], pa.float64())


def test_numbers_as_texts_keep_every_digit(things, read):
    found = read(things, table="things", kinds={"amount": Kind.TEXT, "small": Kind.TEXT})
    assert (found["amount"], found["small"]) == (["1234.05", None, "-0.1"], ["3", None, "-3"])


def test_a_schema_stands_before_a_point(things, run, read):
    schema = "public" if things.startswith("postgresql") else "test"
    assert read(things, table=f"{schema}.things")["code"] == ["007", "8", "C"]


def test_blocks_are_united(things, read, monkeypatch):
    monkeypatch.setattr("scorecard.builtin.reading.sql.database.BLOCK", 1)
    assert read(things, query="select id, amount from things order by amount")["amount"] in ([-0.1, 1234.05, None], [None, -0.1, 1234.05])


def test_the_fingerprint_follows_the_rows_and_not_their_order(things, run, opened):
    def print_of(order):
        data = opened(things, query=f"select * from things order by {order}")
        data.read(data.columns)
        return data.fingerprint()

    before = print_of("id")
    assert print_of("id desc") == before
    run(things, "update things set amount = 1234.06 where code = '007'")
    assert print_of("id") != before


def test_values_of_names_are_bound(things, read):
    query = "select code, '%' as percent from things where note like '%50\\%%' and code = :code and small in :some"
    assert read(things, query=query, params={"code": "007", "some": [1, 2, 3]})["code"] == ["007"]
    assert read(things, query="select code from things where code = :code", params={"code": "' or '1'='1"}) == {"code": []}
    assert read(things, query="select code from things where small = :n -- and :nobody\n;", params={"n": 3}) == {"code": ["007"]}


def test_the_edges_of_the_period(things, read):
    span = (datetime(2026, 7, 1), datetime(2026, 10, 1))
    for column in ("day", "at"):
        query = f"select code from things where {column} >= :period_start and {column} < :period_end order by code"
        assert read(things, query=query, span=span)["code"] == (["007"] if column == "day" else ["007", "C"])


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC"])
def test_moments_with_a_zone_are_cut_by_the_clock_of_the_scorecard(url, run, read, zone):
    moments = ["'2026-06-30 15:59:59'", "'2026-06-30 16:00:00'", "'2026-07-01 00:00:00'"]
    postgresql = url.startswith("postgresql")
    insert = [f"insert into moments values ({each if not postgresql else each[:-1] + chr(43) + '00' + each[-1]})" for each in moments]
    in_utc = ["set time zone 'UTC'"] if postgresql else ["set time_zone = '+00:00'"]
    run(
        url,
        "drop table if exists moments",
        f"create table moments (at {'timestamptz' if postgresql else 'timestamp null'})",
        *in_utc,
        *insert,
    )
    edges = tuple(datetime(2026, month, 1, tzinfo=ZoneInfo(zone)) for month in (7, 10))
    found = read(url, query="select at from moments where at >= :period_start and at < :period_end order by at", span=edges)["at"]
    wall = [at.astimezone(ZoneInfo(zone)) if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone)) for at in found]
    assert [at.astimezone(UTC).hour for at in wall] == ([16, 0] if zone == "Asia/Shanghai" else [0])


def test_mariadb_needs_its_zones_only_where_an_offset_changes(mariadb, run, read, refused):
    berlin = {month: datetime(2026, month, 1, tzinfo=ZoneInfo("Europe/Berlin")) for month in (1, 3, 4)}
    run(mariadb, "delete from mysql.time_zone_name", "flush tables")
    assert read(mariadb, query="select @@time_zone as zone", span=(berlin[1], berlin[3])) == {"zone": ["+01:00"]}
    assert refused(mariadb, query="select 1 as one", span=(berlin[3], berlin[4])).code == "SC674"


def test_nothing_is_written(things, run, refused):
    run(things, "drop table if exists other", "create table other (id int)")
    assert refused(things, query="delete from things").code == "SC672"
    assert refused(things, query="select 1; delete from things").values["reason"] == "several"
    assert refused(things, query="select * into other from things").values["reason"] == "into"
    if things.startswith("postgresql"):
        writes = "with gone as (delete from things returning id) select * from gone"
        run(things, "create or replace function emptied() returns int language sql as 'delete from things; select 1'")
        assert refused(things, query="select emptied() as one").code == "SC631"
    else:
        writes = "with gone as (select * from things) delete from things"
        run(
            things,
            "drop function if exists emptied",
            "create function emptied() returns int modifies sql data begin delete from things; return 1; end",
        )
        assert refused(things, query="select emptied() as one").code == "SC631"
    assert refused(things, query=writes).code == "SC631"
    assert run(things, "select count(*) from things") == [(3,)]


def test_what_is_wrong_is_said(things, run, refused):
    assert refused(things, query="select nothing from things").code == "SC631"
    unknown = refused(things, table="thing")
    assert (unknown.code, "things" in unknown.values["allowed"]) == ("SC635", True)
    assert refused(things, query="select id, id from things").code == "SC624"
    assert refused(things, query="select 1 as one where 1 = :nobody").values["name"] == "nobody"
    assert refused(things, query="select 1 as one where 'a' = ':who'", params={"who": "a"}).values["reason"] == "quoted"
    assert refused(things, query="select 1 as one", params={"who": "a"}).values["reason"] == "unused"
    assert refused(things, query="select 1 as one where now() > :period_end").code == "SC651"
