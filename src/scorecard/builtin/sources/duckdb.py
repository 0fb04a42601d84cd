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
            "params": {
                "type": "object",
                "additionalProperties": {"type": ["string", "number", "boolean"]},
                "title": "params",
                "description": "Values for names such as `:region` in the query; `:period_start` and `:period_end` are there anyway.",
            },
        },
    },
    doc="""Reads the used columns of a query or a table. The file is opened to read only and must exist.

Without `path` the query runs in memory and reads files itself: `select * from 'orders/*.parquet'`; their paths are relative
to the definition's folder. A query is a single select; nothing else is run.

`where region = :region and ordered_on >= :period_start` takes its values from `params` and from the scorecard's period; they are
never text of the query. The edges enclose all that is read, as for `sql`.

Needs the extra `duckdb`: `pip install 'kpi-scorecard[duckdb]'`.""",
    open="scorecard.builtin.reading.duckdb:open_duckdb",
)
