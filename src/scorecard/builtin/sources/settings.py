"""Settings that several sources share."""

from __future__ import annotations

from typing import Any

PATH: dict[str, Any] = {
    "type": ["string", "array"],
    "minLength": 1,
    "minItems": 1,
    "items": {"type": "string", "minLength": 1},
    "title": "path",
    "description": "The file, relative to the definition's folder, its address, or a list; `*`, `?` and `**` name several, read in turn.",
}
FILE_COLUMN: dict[str, Any] = {
    "type": "string",
    "minLength": 1,
    "title": "file column",
    "description": "A column to be made of the names of the files, where only those tell the month or branch that records are of.",
}
ENCODING: dict[str, Any] = {
    "type": "string",
    "minLength": 1,
    "title": "encoding",
    "description": "How its characters are stored (utf-8, utf-16, gbk, cp1252); found out unless given.",
}
HEADER_ROW: dict[str, Any] = {
    "type": "integer",
    "minimum": 1,
    "title": "header row",
    "description": "The row with the names of the columns, counted from 1; unless given the first row that is not blank and no title.",
}
KEEP_TOTALS: dict[str, Any] = {
    "type": "boolean",
    "title": "keep totals",
    "description": "true: rows of totals and notes at the end of the table are records like the others; they are left out unless given.",
}
SKIP_ROWS: dict[str, Any] = {
    "type": "integer",
    "minimum": 0,
    "title": "rows to skip",
    "description": "How many rows right below the header are no records, such as a row of units.",
}
ADDRESSES = """

A file may lie at any address that fsspec knows: `s3://reports/a.csv`, `https://host/a.csv`, `zip://a.csv::archive.zip`. It is
fetched whole before it is read, and shown without user, password and query. Needs the extra `remote` and, of a store, its
own package such as s3fs."""
