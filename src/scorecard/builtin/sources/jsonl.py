"""Files with one JSON record on each line."""

from __future__ import annotations

from scorecard.builtin.sources.settings import ADDRESSES, ENCODING, FILE_COLUMN, PATH
from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="jsonl",
    title=Text({"en": "JSON lines", "zh": "JSON 行文件"}),
    params={
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": {"path": PATH, "file_column": FILE_COLUMN, "encoding": ENCODING},
    },
    doc="""Reads one record per line, each a JSON mapping of column to cell, from one or several files.

Blank lines are left out. What is nested in a record becomes columns with points in their names: `account.id`."""
    + ADDRESSES,
    open="scorecard.builtin.reading.json:open_json_lines",
)
