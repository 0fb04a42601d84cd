"""Servers that are down, refuse, or go away halfway: a clear issue, nothing secret in it, and nothing that looks whole."""

from __future__ import annotations

import pytest
from private_servers import PASSWORD

from scorecard import app
from scorecard.builtin.reading.sql import open as reading
from scorecard.cli.main import main
from scorecard.errors import DataError

ROWS = 60_000
DEFINITION = """
entity: {key: [c], roster: customers}
sources:
  customers: {type: inline, rows: [{c: A}]}
  orders: {type: sql, url: "${ERP_URL}", table: many}
metrics:
  revenue: {source: orders, where: filler != "y", measure: sum(amount), worst: 0, target: 100}
"""
MANY = {
    "postgresql": f"insert into many select 'A', n, repeat('x', 500) from generate_series(1, {ROWS}) n",
    "mysql": f"insert into many select 'A', seq, repeat('x', 500) from seq_1_to_{ROWS}",
}
VICTIMS = {
    "postgresql": "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like 'FETCH%'",
    "mysql": "select id from information_schema.processlist where id <> connection_id() and info like '%many%'",
}


@pytest.fixture
def definition(tmp_path, monkeypatch, url, run):
    run(url, "drop table if exists many", "create table many (c varchar(9), amount int, filler varchar(500))", MANY[url.partition("+")[0]])
    monkeypatch.setenv("ERP_URL", url)
    path = tmp_path / "orders.scorecard.yaml"
    path.write_text(DEFINITION.replace("table: many", "query: 'select c, amount, filler from many'"), "utf-8")
    return path


@pytest.fixture
def killed(monkeypatch, url, run):
    """Ends the connection of the source when its second block of rows is made columns."""
    blocks = []
    made = reading.typed

    def typed(cells, kind):
        blocks.append(len(cells))
        if len(blocks) == 4:
            found = run(url, VICTIMS[url.partition("+")[0]])
            assert len(found) == 1
            if url.startswith("mysql"):
                run(url, f"kill {found[0][0]}")
        return made(cells, kind)

    monkeypatch.setattr(reading, "typed", typed)
    monkeypatch.setattr("scorecard.builtin.reading.sql.database.BLOCK", 1_000)


def test_a_connection_that_ends_halfway_leaves_nothing_that_looks_whole(definition, killed, url):
    with pytest.raises(DataError) as raised:
        app.evaluate(definition)
    (issue,) = raised.value.issues
    assert issue.code == "SC671"
    assert 0 < issue.values["count"] < ROWS
    assert PASSWORD not in str(issue)


def test_no_report_is_written(definition, killed, tmp_path, capsys):
    report = tmp_path / "report.json"
    report.write_text("the report of last month")
    with pytest.raises(SystemExit) as left:
        main(["run", str(definition), "--out", str(report)])
    said = "".join(capsys.readouterr())
    assert (left.value.code, "SC671" in said, PASSWORD in said) == (3, True, False)
    assert report.read_text() == "the report of last month"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["orders.scorecard.yaml", "report.json"]


def test_without_a_kill_all_rows_are_there(definition):
    assert app.evaluate(definition).metrics["value"].tolist() == [ROWS * (ROWS + 1) / 2]


def test_a_wrong_password(url, refused):
    problem = refused(url.replace(PASSWORD, f"{PASSWORD}-no"), query="select 1 as one")
    assert problem.code == "SC670"
    assert "tester" in problem.values["problem"]


def test_a_server_that_is_down(url, refused):
    at, _, database = url.rpartition("/")
    problem = refused(f"{at.rpartition(':')[0]}:1/{database}", query="select 1 as one")
    assert problem.code == "SC670"


def test_a_database_that_there_is_not(url, refused):
    assert refused(f"{url.rpartition('/')[0]}/nowhere", query="select 1 as one").code in ("SC670", "SC631")


def test_a_query_that_fails_halfway_is_refused_as_such(url, refused):
    if url.startswith("mysql"):
        query = "select cast(if(seq = 50000, (select 1 union select 2), seq) as double) as n from seq_1_to_60000"
    else:
        query = "select 1 / (50000 - n) as n from generate_series(1, 60000) n"
    assert refused(url, query=query).code == "SC631"
