"""Plain rows as comma-separated values, Markdown and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from scorecard.report.csv import harmless
from scorecard.report.markdown import escaped


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A text that a spreadsheet would take for a formula gets a quote in front."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return stream.getvalue()


def as_markdown(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [[escaped(str(head)) for head in heads], ["---"] * len(heads), *([escaped(str(_cell(cell))) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _cell(cell: object) -> object:
    return "" if cell is None else harmless(cell) if isinstance(cell, str) else f"{cell:.12g}" if isinstance(cell, float) else cell
