"""Databases of DuckDB, and files through its SQL."""

from __future__ import annotations

from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="duckdb",
    title=Text({"en": "DuckDB", "zh": "DuckDB 数据库"}),
    params={
        "type": "object",
        "oneOf": [{"required": ["query"]}, {"required": ["path", "table"]}],
        "additionalProperties": False,
        "properties": {
            "path": {
                "type": "string",
                "minLength": 1,
                "title": "path",
                "description": "The database file, relative to the definition's folder; in memory unless given.",
            },
            "query": {"type": "string", "minLength": 1, "title": "query", "description": "The query that gives the records."},
            "table": {
                "type": "string",
                "minLength": 1,
                "title": "table",
                "description": "The table or view that holds the records, with its schema before a point where it has one.",
            },
        },
    },
    doc="""Reads the used columns of a query or a table. The file is opened to read only and must exist.

Without `path` the query runs in memory and reads files itself: `select * from 'orders/*.parquet'`; their paths are relative
to the definition's folder. A query is a single select; nothing else is run.

Needs the extra `duckdb`: `pip install 'kpi-scorecard[duckdb]'`.""",
    open="scorecard.builtin.reading.duckdb:open_duckdb",
)
