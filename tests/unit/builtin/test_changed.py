"""Files that change while they are read: nothing of them is used."""

from __future__ import annotations

import json
import os

import pyarrow as pa
import pytest
from pyarrow import parquet

from scorecard import app
from scorecard.builtin.reading.pieces import Pieces
from scorecard.cli.main import main
from scorecard.errors import DataError

RECORDS = [{"c": f"C{number:05d}", "amount": number} for number in range(20_000)]
DEFINITION = """
entity: {{key: [c], roster: orders}}
sources: {{orders: {{type: {type}, path: {name}}}}}
metrics: {{amount: {{source: orders, worst: 0, target: 20000}}}}
"""
FILES = {"csv": "orders.csv", "json": "orders.json", "jsonl": "orders.jsonl", "parquet": "orders.parquet", "excel": "orders.xlsx"}


@pytest.fixture(params=list(FILES))
def definition(request, tmp_path):
    """A scorecard whose records are in one file, of each kind."""
    path = tmp_path / FILES[request.param]
    match request.param:
        case "csv":
            path.write_text("c,amount\n" + "".join(f"{each['c']},{each['amount']}\n" for each in RECORDS))
        case "json":
            path.write_text(json.dumps(RECORDS))
        case "jsonl":
            path.write_text("".join(json.dumps(each) + "\n" for each in RECORDS))
        case "parquet":
            parquet.write_table(pa.Table.from_pylist(RECORDS), path)
        case "excel":
            pytest.importorskip("python_calamine")
            sheet = pytest.importorskip("openpyxl").Workbook(write_only=True)
            table = sheet.create_sheet()
            for row in (["c", "amount"], *([each["c"], each["amount"]] for each in RECORDS[:500])):
                table.append(row)
            sheet.save(path)
    written = tmp_path / "orders.scorecard.yaml"
    written.write_text(DEFINITION.format(type=request.param, name=path.name), "utf-8")
    return written


@pytest.fixture
def during(monkeypatch, definition):
    """Does something with the file when its header is known and its records are about to be read."""
    read = Pieces.read

    def begin(change):
        def reading(self, wanted):
            change(next(each for each in definition.parent.iterdir() if each.stem == "orders"))
            return read(self, wanted)

        monkeypatch.setattr(Pieces, "read", reading)

    return begin


def halved(path):
    with path.open("r+b") as stream:
        half = stream.read(path.stat().st_size // 2)
        stream.truncate(half.rfind(b"\n") + 1 or len(half))


def grown(path):
    with path.open("ab") as stream:
        stream.write(b"C99999,1\n")


def touched(path):
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [halved, grown, touched])
def test_nothing_of_a_file_that_changed_is_used(definition, during, change):
    during(change)
    with pytest.raises(DataError) as raised:
        app.evaluate(definition)
    assert [issue.code for issue in raised.value.issues] == ["SC675"]


def test_a_file_that_is_gone_is_not_used(definition, during):
    during(lambda path: path.unlink())
    with pytest.raises(DataError):
        app.evaluate(definition)


def test_the_report_of_last_time_stays(definition, during, tmp_path, capsys):
    report = tmp_path / "report.json"
    report.write_text("last month")
    during(halved)
    with pytest.raises(SystemExit) as left:
        main(["run", str(definition), "--out", str(report)])
    assert left.value.code == 3
    assert "changed while it was read" in "".join(capsys.readouterr())
    assert report.read_text() == "last month"
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".report")]


def test_a_file_that_stays_is_used(definition):
    assert app.evaluate(definition).metrics["value"].sum() > 100_000
