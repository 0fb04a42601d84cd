"""Data as they come in: absent, empty, misspelt, typed by people. A wrong number is never shown."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

HEADER = "customer_id,day,amount\n"
ORDERS = f"{HEADER}C001,2026-07-02,500\nC002,2026-08-02,800\n"


def table(out: str) -> dict[str, dict[str, str]]:
    return {row["customer_id"]: row for row in csv.DictReader(io.StringIO(out))}


def test_a_file_that_is_not_there_is_told_the_near_name(run, folder: Path) -> None:
    (folder / "orders.csv").rename(folder / "Orders.CSV")
    result = run()
    assert result.code == 3
    assert "acme.scorecard.yaml:7:3: SC620 " in result.err
    assert "did you mean 'Orders.CSV'?" in result.err


def test_a_column_that_is_not_there_is_told_the_near_name(run, folder: Path) -> None:
    (folder / "orders.csv").write_text(ORDERS.replace("amount", "amuont"), "utf-8")
    result = run()
    assert result.code == 1
    assert "acme.scorecard.yaml:9:40: SC303 " in result.err
    assert "did you mean 'amuont'?" in result.err


def test_a_sheet_that_is_not_there_is_told_the_sheets(run, change, folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    book.active.title = "Orders 2026"
    book.active.append(["customer_id", "day", "amount"])
    book.save(folder / "orders.xlsx")
    change(("{type: csv, path: orders.csv,", "{type: excel, path: orders.xlsx, sheet: Orders 2025,"))
    result = run()
    assert result.code == 3
    assert "SC625" in result.err
    assert "allowed: Orders 2026" in result.err


@pytest.mark.parametrize(
    ("path", "code"), [("orders*.csv.gz", "SC621"), (".", "SC620"), ("no/where.csv", "SC620")], ids=["no match", "a folder", "no folder"]
)
def test_trap_18_a_path_without_a_file_is_a_failed_source(run, change, path: str, code: str) -> None:
    change(("path: orders.csv", f"path: '{path}'"))
    result = run()
    assert result.code == 3
    assert f"acme.scorecard.yaml:7:3: {code} " in result.err


@pytest.mark.parametrize("name", ["orders.csv", "customers.csv"])
def test_trap_18_a_file_of_no_bytes_is_a_failed_source(run, folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    result = run()
    assert result.code == 3
    assert f"{name} is empty" in result.err


def test_trap_18_a_source_with_a_header_only_is_no_pass(run, folder: Path) -> None:
    (folder / "orders.csv").write_text(HEADER, "utf-8")
    result = run()
    assert result.code == 4
    assert "SC642 warning: source 'orders' has no records at all" in result.out


def test_trap_18_one_empty_source_of_two_is_no_pass(run, change, folder: Path) -> None:
    (folder / "visits.csv").write_text("customer_id,on\n", "utf-8")
    change(
        ("metrics:\n", "  visits: {type: csv, path: visits.csv, time: on}\nmetrics:\n"),
        ("target: 1000}\n", "target: 1000}\n  visits: {source: visits, measure: count(), worst: 0, target: 2}\n"),
    )
    result = run("run", "--format", "csv")
    assert result.code == 4
    assert table(result.out)["C001"]["score"] == "50"
    assert table(result.out)["C001"]["coverage"] == "0.5"


def test_trap_18_a_roster_with_a_header_only_scores_nobody(run, folder: Path) -> None:
    (folder / "customers.csv").write_text("customer_id,tier\n", "utf-8")
    result = run()
    assert result.code == 4
    assert "SC613 there is no entity" in result.err
    assert "SC642 warning: source 'customers' has no records at all" in result.err


@pytest.mark.parametrize("cell", ["many", "1e400", "nan", "inf", "-inf", "1.2.3", "0x10", "1,23,4", "12 apples", "#REF!", "--5"])
def test_trap_14_text_in_a_number_column_is_shown_with_its_row(run, folder: Path, cell: str) -> None:
    (folder / "orders.csv").write_text(f'{ORDERS}C001,2026-09-01,"{cell}"\n', "utf-8")
    result = run()
    assert result.code == 3
    assert result.out == ""
    assert "SC603 column 'amount' of source 'orders'" in result.err
    assert f"orders.csv, row 4: '{cell}'" in result.err


def test_a_day_that_is_none_is_shown_with_its_row(run, folder: Path) -> None:
    (folder / "orders.csv").write_text(f"{ORDERS}C001,2026-13-41,5\n", "utf-8")
    result = run()
    assert result.code == 3
    assert "orders.csv, row 4: '2026-13-41'" in result.err


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,234.50", 1234.5),
        ("１２３", 123),
        ("￥1.2万", 12000),
        ("85%", 0.85),
        ("(5)", -5),
        ("$ 7", 7),
        ("300元", 300),
        (" 42 ", 42),
        ("+8", 8),
        ("−3", -3),
        ("1e3", 1000),
        ("", None),
    ],
)
def test_trap_30_numbers_as_people_type_them(run, folder: Path, engine: str, typed: str, meant: float | None) -> None:
    (folder / "orders.csv").write_text(f'{HEADER}C001,2026-07-02,"{typed}"\nC002,2026-07-02,1\n', "utf-8")
    result = run("run", "--format", "csv", "--engine", engine)
    assert result.code == 0
    value = table(result.out)["C001"]["sales.value"]
    assert (float(value) if value else None) == meant


def test_trap_33_ids_keep_their_zeros(run, folder: Path) -> None:
    (folder / "customers.csv").write_text("customer_id,tier\n007,big\n7,small\n", "utf-8")
    (folder / "orders.csv").write_text(f"{HEADER}007,2026-07-02,500\n7,2026-08-02,800\n", "utf-8")
    scores = table(run("run", "--format", "csv").out)
    assert {key: row["score"] for key, row in scores.items()} == {"007": "50", "7": "80"}


def test_trap_32_two_rows_that_differ_for_one_entity_are_refused(run, folder: Path) -> None:
    (folder / "customers.csv").write_text("customer_id,tier\nC001,big\nC002,small\nC001,small\n", "utf-8")
    result = run()
    assert result.code == 3
    assert "SC612" in result.err
    assert "customer_id=C001" in result.err


def test_trap_32_two_equal_rows_are_one_entity(run, folder: Path) -> None:
    (folder / "customers.csv").write_text("customer_id,tier\nC001,big\nC002,small\nC001,big\n", "utf-8")
    result = run("run", "--format", "csv")
    assert result.code == 0
    assert {key: row["sales.value"] for key, row in table(result.out).items()} == {"C001": "500", "C002": "800"}


def test_trap_1_all_values_missing_is_no_pass(run, folder: Path) -> None:
    (folder / "orders.csv").write_text(f"{HEADER}C001,2026-07-02,\nC002,2026-08-02,\n", "utf-8")
    result = run("run", "--format", "csv")
    assert result.code == 4
    assert {row["score"] for row in table(result.out).values()} == {""}
    assert {row["coverage"] for row in table(result.out).values()} == {"0"}


def test_rows_of_another_length_are_named(run, folder: Path) -> None:
    (folder / "orders.csv").write_text(f"{ORDERS}C001,2026-09-01,3,4\n", "utf-8")
    result = run()
    assert result.code == 3
    assert "SC628" in result.err
    assert "row 4" in result.err


def test_bytes_that_are_no_text(run, folder: Path) -> None:
    (folder / "orders.csv").write_bytes(bytes(range(256)) * 2)
    result = run()
    assert result.code == 3
    assert "acme.scorecard.yaml:7:3: SC6" in result.err


def test_validate_with_sources_says_the_same_and_reads_no_records(run, folder: Path) -> None:
    (folder / "orders.csv").write_text(ORDERS.replace("amount", "amuont"), "utf-8")
    assert run("validate").code == 0
    result = run("validate", "--with-sources")
    assert result.code == 1
    assert "did you mean 'amuont'?" in result.err
