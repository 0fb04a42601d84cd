"""Writes the records of a made-up company as the exports of five CRMs: `python generate.py [FOLDER]`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from company import Records, company
from systems import SYSTEMS


def write(folder: Path, records: Records, systems: Iterable[str] = SYSTEMS) -> None:
    """The exports of some systems, in a folder each."""
    for name in systems:
        system = SYSTEMS[name]
        (folder / name).mkdir(parents=True, exist_ok=True)
        for shape in system.exports:
            path = folder / name / f"{shape}{system.suffix}"
            rows = system.rows(shape, records[shape])
            (_write_workbook if system.suffix == ".xlsx" else _write_text)(path, rows, system.encoding)


def _write_text(path: Path, rows: Sequence[Sequence[object]], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def _write_workbook(path: Path, rows: Sequence[Sequence[object]], _: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("exports"), company())
