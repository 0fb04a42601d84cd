"""Customers whose names are programs, and secrets that must stay where they are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

NAMES = {
    "a formula": '=HYPERLINK("http://x","y")',
    "at": "@SUM(1)",
    "plus": "+1+1",
    "minus": "-2+3",
    "full width": "＝1+1",
    "a script": "<script>alert(1)</script>",
    "a new line": "two\nlines",
    "a carriage return": "a\rb",
    "right to left": "invoice\u202egnp.exe",
    "zero width": "zero\u200bwidth",
    "an emoji": "😀 smile",
    "a border": "a | b",
    "code": "`rm`",
    "a link": "[x](http://x)",
    "a color": "\x1b[31mred",
    "a bell": "ring\x07",
}
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


@pytest.fixture
def odd(folder: Path) -> None:
    def write(name: str, head: list[str], *more: str) -> None:
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(head)
            writer.writerows([each, *more] for each in NAMES.values())

    write("customers.csv", ["customer_id", "tier"], "big")
    write("orders.csv", ["customer_id", "day", "amount"], "2026-07-02", "500")


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("target", [False, True], ids=["stdout", "file"])
def test_trap_28_a_spreadsheet_computes_nothing(run, folder: Path, target: bool) -> None:
    result = run("run", "--out", "scores.csv") if target else run("run", "--format", "csv")
    text = (folder / "scores.csv").read_bytes().decode("utf-8-sig") if target else result.out
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert result.code == 0
    assert len(rows) == len(NAMES)
    assert not [row["customer_id"] for row in rows if row["customer_id"].startswith(FORMULA_STARTS)]
    assert {row["score"] for row in rows} == {"50"}


@pytest.mark.usefixtures("odd")
def test_trap_28_a_workbook_computes_nothing_of_a_name(run, folder: Path) -> None:
    assert run("run", "--out", "scores.xlsx").code == 0
    sheets = list(load_workbook(folder / "scores.xlsx"))
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert {cell.parent.title for cell in formulas} == {"What if"}
    assert not [cell for cell in formulas if any(name in cell.value for name in NAMES.values())]
    assert not [cell for cell in cells if cell.hyperlink]
    names = {row[1].value for row in sheets[1].iter_rows(min_row=2)}
    assert {NAMES["a formula"], NAMES["minus"], NAMES["full width"], NAMES["a new line"], NAMES["an emoji"]} <= names
    assert len(names) == len(NAMES)


@pytest.mark.usefixtures("odd")
def test_trap_28_markdown_shows_names_and_runs_none(run) -> None:
    result = run("run", "--format", "markdown")
    rows = [line for line in result.out.splitlines() if line.startswith("| ")]
    assert len(rows) == len(NAMES) + 2
    assert "<script" not in result.out
    assert r"\| b" in result.out
    assert r"\`rm\`" in result.out
    assert r"\[x\]" in result.out
    assert not any(control in result.out for control in "\u202e\u200b\x1b\x07\r")


@pytest.mark.usefixtures("odd")
def test_trap_28_a_terminal_is_not_steered(run) -> None:
    result = run()
    assert result.code == 0
    assert not any(control in result.out for control in "\u202e\u200b\x1b\x07\r")
    assert "two lines" in result.out
    assert "😀 smile" in result.out


@pytest.mark.usefixtures("odd")
def test_json_keeps_every_name_as_it_is(run) -> None:
    whole = json.loads(run("run", "--format", "json").out)
    assert {one["key"]["customer_id"] for one in whole["entities"]} == set(NAMES.values())
    lines = run("run", "--format", "jsonl").out.strip().split("\n")
    assert {json.loads(line)["key"]["customer_id"] for line in lines} == set(NAMES.values())


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_can_be_explained(run, name: str) -> None:
    result = run("explain", "-e", f"customer_id={name}")
    assert result.code == 0
    assert not any(control in result.out for control in "\u202e\u200b\x1b\x07\r")
    assert "Score  50.0" in result.out


URLS = {
    "a driver that is not there": "nodriver+postgresql://erp:Hunt3r%40two@db.internal.example/erp",
    "a dialect that is none": "unheardof://erp:Hunt3r%40two@db.internal.example/erp",
    "no url at all": "Hunt3r@two db.internal.example",
    "a file that is not there": "sqlite:///Hunt3r@two/erp.db",
    "a table that is not there": "sqlite://?password=Hunt3r@two",
}
SECRETS = ("Hunt3r", "%40two", "@two", "db.internal")


@pytest.mark.parametrize("url", URLS.values(), ids=URLS)
def test_trap_34_no_message_holds_a_password(run, change, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    pytest.importorskip("sqlalchemy")
    monkeypatch.setenv("ERP_URL", url)
    change(("{type: csv, path: orders.csv, time: day}", '{type: sql, url: "${ERP_URL}", query: select * from orders, time: day}'))
    for result in (run(), run("validate", "--with-sources"), run("explain", "-e", "customer_id=C001")):
        assert result.code == 3
        assert "acme.scorecard.yaml:7:3: SC6" in result.err
        assert not [secret for secret in SECRETS if secret in result.said]


def test_trap_34_no_output_holds_what_came_from_the_environment(run, change, folder: Path, monkeypatch, caplog) -> None:
    secret = folder / "Hunt3r-two"
    secret.mkdir()
    (folder / "orders.csv").rename(secret / "orders.csv")
    monkeypatch.setenv("DATA", str(secret))
    change(("path: orders.csv", "path: '${DATA}/orders.csv'"))
    for form in ("table", "json", "jsonl", "csv", "markdown"):
        result = run("run", "--format", form)
        assert result.code == 0
        assert "Hunt3r" not in result.said
    for name in ("scores.json", "scores.csv", "scores.md", "scores.parquet"):
        assert run("run", "--out", name).code == 0
        assert b"Hunt3r" not in (folder / name).read_bytes()
    assert "Hunt3r" not in caplog.text

    from scorecard import app

    evaluation = app.evaluate(folder / "acme.scorecard.yaml")
    assert "Hunt3r" not in repr(evaluation)
    assert "Hunt3r" not in repr(evaluation.provenance)
    assert "Hunt3r" not in repr(evaluation.scorecard)
    assert "Hunt3r" not in repr(evaluation.explain(customer_id="C001"))


def test_a_variable_that_is_not_set_is_named(run, change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA", raising=False)
    change(("path: orders.csv", "path: '${DATA}/orders.csv'"))
    result = run()
    assert result.code == 3
    assert "SC604 source 'orders' needs the environment variable DATA" in result.err
