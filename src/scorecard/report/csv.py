"""The scores as comma-separated values that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.digits import twelve

BLOCK = 4_096
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_MARK = "\ufeff"
"""tells a spreadsheet that the file is UTF-8"""


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """A row per entity and period: key, attributes, score, band, coverage, bounds, rank, values and scores of nodes.

    A text that a spreadsheet would take for a formula gets a quote in front; numbers have twelve significant digits.
    """
    frame = evaluation.to_pandas()
    head = [harmless(str(name)) for name in frame.columns]
    yield (_MARK if options.get("to_file") else "").encode() + _lines([head])
    for start in range(0, len(frame), BLOCK):
        part = frame.iloc[start : start + BLOCK]
        columns = [_texts(part[name].to_numpy()) for name in frame.columns]
        yield _lines(zip(*columns, strict=True))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _texts(column: Any) -> list[str]:
    array = np.asarray(column)
    if array.dtype.kind in "fiu":
        return ["" if number is None else f"{number:.12g}" for number in twelve(array)]
    return ["" if _blank(value) else str(value).lower() if isinstance(value, bool) else harmless(str(value)) for value in array]


def _blank(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 - NaN and NaT


def _lines(rows: Any) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode()
