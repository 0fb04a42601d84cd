"""Parquet files."""

from __future__ import annotations

from scorecard.builtin.sources.settings import ADDRESSES, FILE_COLUMN, PATH
from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="parquet",
    title=Text({"en": "Parquet files", "zh": "Parquet 文件"}),
    params={
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": {"path": PATH, "file_column": FILE_COLUMN},
    },
    doc="""Reads one or several Parquet files, only the columns that are used.

Columns keep the types of the file; times with a zone are put on the clock of the scorecard's `timezone`. Of several files
each may lack columns that others have."""
    + ADDRESSES,
    open="scorecard.builtin.reading.parquet:open_parquet",
)
