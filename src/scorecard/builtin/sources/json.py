"""JSON files."""

from __future__ import annotations

from scorecard.builtin.sources.settings import ADDRESSES, ENCODING, FILE_COLUMN, PATH
from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="json",
    title=Text({"en": "JSON files", "zh": "JSON 文件"}),
    params={
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": {
            "path": PATH,
            "file_column": FILE_COLUMN,
            "encoding": ENCODING,
            "records": {
                "type": "string",
                "minLength": 1,
                "title": "records",
                "description": "Where in the file the list of records is: keys with points between them, such as data.items.",
            },
        },
    },
    doc="""Reads a list of records, each a mapping of column to cell, from one or several JSON files.

`records: data.items` leads to the list where it is not the whole file. What is nested in a record becomes columns with
points in their names: `{"account": {"id": 7}}` has the column `account.id`. A list inside a record is kept as its JSON
text."""
    + ADDRESSES,
    open="scorecard.builtin.reading.json:open_json",
)
