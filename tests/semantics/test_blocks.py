"""Many records are gone through block by block: every number, count and message is what it is when they are read at once."""

from __future__ import annotations

import csv
import sqlite3
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scorecard import app
from scorecard.engine import blocks, spool
from scorecard.engine.backend import ENGINES
from scorecard.errors import ScorecardError
from scorecard.hooks.registry import Registry

HEAD = """
schema: scorecard/1
entity: {key: [c], roster: customers}
period: {every: quarter, timezone: Asia/Shanghai}
sources:
  customers: {type: inline, rows: [{c: "007"}, {c: "8"}, {c: "9"}, {c: "10"}]}
  products: {type: inline, rows: [{p: a, price: 3}, {p: b, price: 4}]}
  orders: {type: %s, %s}
defaults: {metrics: {source: orders}}
"""
MEASURES = """
metrics:
  revenue: {measure: sum(amount), worst: 0, target: 500}
  before: {measure: previous(sum(amount)), worst: 0, target: 500}
  a_year_ago: {measure: year_ago(mean(amount)), worst: 0, target: 500}
  smallest: {window: year, measure: min(amount), worst: 0, target: 5}
  largest: {window: all, measure: max(amount), worst: 0, target: 5}
  recent: {window: all, measure: "days_between(max(at), period.end)", worst: 90, target: 0}
  paid: {measure: share(paid), worst: 0, target: 1}
  late: {measure: "count(amount > 50 and note != 'x')", worst: 9, target: 0}
  middle: {measure: median(amount), worst: 0, target: 50}
  spread: {window: year, measure: stdev(amount), worst: 50, target: 0}
  words: {measure: count_distinct(note), worst: 0, target: 9}
  known: {measure: count(note), worst: 0, target: 9}
  newest: {window: all, measure: last(amount), worst: 0, target: 9}
  loyal: {measure: "share(count() >= 2, each=note)", worst: 0, target: 1}
  everywhere: {per: [], measure: sum(amount), worst: 0, target: 500}
"""
FEW = """
metrics:
  revenue: {measure: previous(sum(amount)), worst: 0, target: 500}
  paid: {measure: share(paid), worst: 0, target: 1}
  kinds: {measure: count_distinct(n), worst: 0, target: 9}
  kind: {measure: last(n), worst: 0, target: 9}
"""


@pytest.fixture
def laid_aside(monkeypatch):
    """Small blocks from every source, and how many files they were laid aside in."""
    from scorecard.builtin.reading import csv, duckdb, parquet
    from scorecard.builtin.reading.sql import database

    files: list[spool.Spool] = []

    class Counted(spool.Spool):
        def __init__(self) -> None:
            super().__init__()
            files.append(self)

    def begin() -> list[spool.Spool]:
        for module, name, value in (
            (blocks, "HELD", 10),
            (blocks, "BLOCK", 16),
            (blocks, "Spool", Counted),
            (csv, "_AT_ONCE", 0),
            (csv, "_BLOCK", 600),
            (csv, "_PART", 5),
            (parquet, "_AT_ONCE", 6),
            (duckdb, "_PART", 6),
            (database, "BLOCK", 6),
        ):
            monkeypatch.setattr(module, name, value)
        return files

    return begin


@cache
def plugins() -> Registry:
    return app.registry()


def told(folder: Path, definition: str, period: str | None = "2026-Q2", engine: Any = "pandas") -> dict[str, Any]:
    """Everything that an evaluation says, to the last bit; or the issues it is stopped by."""
    path = folder / "d.scorecard.yaml"
    path.write_text(definition, encoding="utf-8")
    try:
        found = app.evaluate(path, period=period, engine=engine, plugins=plugins())
    except ScorecardError as error:
        return {"issues": error.issues}
    cells = {
        (label, name): np.asarray(cell).tobytes() if not hasattr(cell, "decode") else list(cell.decode())
        for label, scores in found.results.items()
        for name, cell in scores.cells.items()
        if not hasattr(cell, "holds")
    }
    quality = [
        (each.source, each.rows, each.records, each.used, each.left_out, each.first, each.last, each.remarks, each.nulls, each.duplicates)
        for each in found.quality
    ]
    last_records = [found.last_record(metric, at, one) for metric in ("revenue", "paid") for at in range(2) for one in found.shown]
    return {
        "shown": found.shown,
        "cells": cells,
        "tables": [found.scores.astype(str).to_dict(), found.metrics.astype(str).to_dict()],
        "quality": quality,
        "notes": found.notes,
        "last records": last_records,
        "until": (found.data_until, found.data_of_years),
        "fingerprints": found.provenance.sources,
    }


@dataclass(frozen=True)
class Orders:
    """Rows that try what people write: `changed` puts a cell at a row and column."""

    count: int = 64

    def rows(self, **changed: tuple[int, object]) -> list[dict[str, object]]:
        rng = np.random.default_rng(7)
        rows = []
        for at in range(self.count):
            rows.append(
                {
                    "c": ["007", "8", "9", "10", "nobody", ""][at % 6],
                    "at": f"202{5 + at % 2}-{1 + at % 6:02d}-{1 + at % 27:02d}",
                    "amount": round(float(rng.random() * 100), 3) if at % 9 else "",
                    "paid": ["yes", "no", ""][at % 3],
                    "note": ["x", "y", "z", "", "wide"][at % 5],
                    "p": ["a", "b", "none", ""][at % 4],
                    "n": at % 4,
                }
            )
        for name, (at, cell) in changed.items():
            rows[at][name] = cell
        return rows


def as_csv(folder: Path, rows: list[dict[str, object]], name: str = "orders.csv") -> tuple[str, str]:
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return "csv", f"path: {name}"


def as_several_csv(folder: Path, rows: list[dict[str, object]]) -> tuple[str, str]:
    for number, begin in enumerate(range(0, len(rows), 25)):
        as_csv(folder, rows[begin : begin + 25], f"orders-{number}.csv")
    return "csv", 'path: "orders-*.csv", file_column: file'


def as_sqlite(folder: Path, rows: list[dict[str, object]]) -> tuple[str, str]:
    (folder / "orders.db").unlink(missing_ok=True)
    with sqlite3.connect(folder / "orders.db") as connection:
        connection.execute(f"create table orders ({', '.join(rows[0])})")
        connection.executemany(
            f"insert into orders values ({', '.join('?' for _ in rows[0])})", [[cell or None for cell in row.values()] for row in rows]
        )
    connection.close()
    return "sql", 'url: "sqlite:///orders.db", table: orders'


def as_parquet(folder: Path, rows: list[dict[str, object]]) -> tuple[str, str]:
    import pandas as pd

    frame = pd.DataFrame(rows)
    frame["amount"] = pd.to_numeric(frame["amount"], errors="coerce")
    frame["n"] = frame["n"].astype("Int64").where(frame.index != 40)
    frame.to_parquet(folder / "orders.parquet")
    return "parquet", "path: orders.parquet"


def as_duckdb(folder: Path, rows: list[dict[str, object]]) -> tuple[str, str]:
    as_parquet(folder, rows)
    return "duckdb", "query: \"select * from 'orders.parquet'\""


def alike(laid_aside, folder: Path, definition: str, **how: Any) -> dict[str, Any]:
    """What is told, which is the same at once and in blocks."""
    at_once = told(folder, definition, **how)
    files = laid_aside()
    in_blocks = told(folder, definition, **how)
    assert files, "nothing was laid aside"
    assert in_blocks == at_once
    return in_blocks


@pytest.mark.parametrize(
    ("stored", "engine"),
    [*product((as_csv, as_parquet), ENGINES), (as_several_csv, "pandas"), (as_sqlite, "pandas"), (as_duckdb, "polars")],
)
def test_blocks_give_the_bits_of_the_whole(laid_aside, tmp_path, stored, engine):
    kind, where = stored(tmp_path, Orders().rows())
    found = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + MEASURES, engine=engine)
    assert "issues" not in found
    assert {issue.code for issue in found["notes"]} >= {"SC610"}
    assert any(value for value in found["last records"])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "more",
    [
        "where: amount > 20",
        "where: paid",
        "nulls: [wide], values: {paid: {yes: no}}",
        "columns: {p: {type: text}, note: {from: note, values: {x: 有, y: 无}, otherwise: 其他}}",
        "join: {products: {on: [p], columns: [price]}}",
        "expect: {rows: {at_most: 5}, unique: [n, note], failing: warn, columns: {amount: {between: [10, 20]}, note: {nulls: 1%}}}",
        "expect: {columns: {note: {among: [x, y]}, n: {unique: true}}, records: {cheap: amount < 50}, fresh: 5 days, failing: warn}",
        "expect: {columns: {note: {among: [x, y]}}}",
    ],
)
def test_what_is_done_to_records_is_the_same(laid_aside, tmp_path, more, engine):
    kind, where = as_csv(tmp_path, Orders().rows())
    measures = FEW + ("  worth: {measure: sum(price), worst: 0, target: 9}\n" if "join" in more else "")
    alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at, {more}") + measures, engine=engine)


@pytest.mark.parametrize(
    ("changed", "codes", "engine"),
    [
        ({"amount": (47, "1,234.50")}, {"SC683"}, "pandas"),
        ({"amount": (47, "1,234.50")}, {"SC683"}, "polars"),
        ({"amount": (47, "nan")}, {"SC603"}, "pandas"),
        ({"amount": (47, "twelve")}, {"SC603"}, "polars"),
        ({"at": (50, "Monday")}, {"SC607"}, "pandas"),
        ({"at": (60, "31/12/2025")}, set(), "polars"),
        ({"at": (60, "03/04/2026")}, {"SC609"}, "pandas"),
        ({"paid": (33, "perhaps")}, {"SC611"}, "polars"),
        ({"n": (55, "A-17")}, set(), "pandas"),
        ({"n": (55, "A-17")}, set(), "polars"),
        ({"n": (55, "017")}, set(), "pandas"),
        ({"note": (44, "two\nlines, and a comma")}, set(), "polars"),
    ],
)
def test_a_cell_in_a_late_block_counts_for_the_whole_column(laid_aside, tmp_path, changed, codes, engine):
    kind, where = as_csv(tmp_path, Orders().rows(**changed))
    found = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + FEW, engine=engine)
    said = {issue.code for issue in found.get("issues", ())} | {issue.code for one in found.get("quality", ()) for issue in one[7]}
    assert said >= codes


def test_a_cell_is_told_with_its_row_in_whatever_block_it_is(laid_aside, tmp_path):
    kind, where = as_several_csv(tmp_path, Orders().rows(amount=(47, "twelve")))
    (issue,) = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + FEW)["issues"]
    assert issue.values["examples"] == ["orders-1.csv, row 24: 'twelve'"]


def test_the_order_of_days_is_decided_by_all_blocks(laid_aside, tmp_path):
    rows = Orders().rows()
    for at, row in enumerate(rows):
        row["at"] = f"{1 + at % 12:02d}/{1 + at % 5:02d}/2026"
    rows[60]["at"] = "25/01/2026"
    kind, where = as_csv(tmp_path, rows)
    found = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + FEW)
    assert found["until"][0].date().isoformat() == "2026-05-12"


@pytest.mark.parametrize("ends", ["2026-06-30", "2026-06-30 18:00"])
def test_whether_intervals_end_with_a_day_is_decided_by_all_blocks(laid_aside, tmp_path, ends):
    rows = [{**row, "until": "2026-03-31" if at % 5 else ""} for at, row in enumerate(Orders().rows())]
    rows[-1]["until"] = ends
    kind, where = as_csv(tmp_path, rows)
    alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: {{from: at, to: until}}") + FEW)


def test_the_latest_period_follows_from_the_last_record_of_any_block(laid_aside, tmp_path):
    kind, where = as_csv(tmp_path, Orders().rows(at=(41, "2026-08-30")))
    found = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + FEW, period="latest")
    assert [one.label for one in found["shown"]] == ["2026-Q3"]


def test_rows_of_nothing_are_no_records(laid_aside, tmp_path):
    kind, where = as_csv(tmp_path, Orders().rows())
    lines = (tmp_path / "orders.csv").read_text(encoding="utf-8").splitlines()
    lines[30:30] = [",,,,,,", ""]
    lines[44:44] = [",,,,, ,", ",,,,,,1"]
    (tmp_path / "orders.csv").write_text("\n".join(lines), encoding="utf-8")
    found = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + FEW)
    assert [one[1] for one in found["quality"] if one[0] == "orders"] == [65]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_totals_at_the_end_are_no_records_however_the_file_is_stored(laid_aside, tmp_path, encoding):
    kind, where = as_csv(tmp_path, Orders().rows(note=(5, "发货及时，包装完好")))
    text = (tmp_path / "orders.csv").read_text(encoding="utf-8")
    (tmp_path / "orders.csv").write_text(text + ("合计,,3000,,,,\n" if encoding != "utf-16" else ""), encoding=encoding)
    found = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + FEW)
    assert [one[1] for one in found["quality"] if one[0] == "orders"] == [64]


def test_a_row_of_other_width_is_refused(laid_aside, tmp_path):
    kind, where = as_csv(tmp_path, Orders().rows())
    with (tmp_path / "orders.csv").open("a", encoding="utf-8") as stream:
        stream.write("8,2026-01-01,5\n")
    (issue,) = alike(laid_aside, tmp_path, HEAD % (kind, f"{where}, time: at") + FEW)["issues"]
    assert (issue.code, issue.values["rows"]) == ("SC628", ["66"])


def test_no_file_is_left_and_none_has_a_name(laid_aside, tmp_path, monkeypatch):
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))
    kind, where = as_csv(tmp_path, Orders().rows(amount=(47, "twelve")))
    files = laid_aside()
    told(tmp_path, HEAD % (kind, f"{where}, time: at") + FEW)
    assert files
    assert list(aside.iterdir()) == []


def test_no_folder_for_the_records_is_said(laid_aside, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    kind, where = as_csv(tmp_path, Orders().rows())
    laid_aside()
    (issue,) = told(tmp_path, HEAD % (kind, f"{where}, time: at, required: false") + FEW)["issues"]
    assert (issue.code, issue.values["folder"]) == ("SC676", str(tmp_path / "nowhere"))


def test_a_full_disk_is_said(laid_aside, tmp_path, monkeypatch):
    class Full:
        def __getattr__(self, name: str) -> Any:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    monkeypatch.setattr(spool, "TemporaryFile", lambda **_: Full())
    kind, where = as_csv(tmp_path, Orders().rows())
    laid_aside()
    (issue,) = told(tmp_path, HEAD % (kind, f"{where}, time: at") + FEW)["issues"]
    assert (issue.code, issue.values["problem"]) == ("SC676", "No space left on device")
