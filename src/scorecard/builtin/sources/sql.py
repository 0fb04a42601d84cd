"""Databases that SQLAlchemy has a dialect for."""

from __future__ import annotations

from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="sql",
    title=Text({"en": "SQL databases", "zh": "SQL 数据库"}),
    params={
        "type": "object",
        "required": ["url"],
        "oneOf": [{"required": ["query"]}, {"required": ["table"]}],
        "additionalProperties": False,
        "properties": {
            "url": {
                "type": "string",
                "minLength": 1,
                "title": "url",
                "description": "The database as SQLAlchemy writes it: sqlite:///data/erp.db, postgresql://…; best `${ERP_URL}`.",
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
    doc="""Reads the rows of a query, or the used columns of a table, in blocks; nothing is ever written or committed.

The path of a SQLite file is relative to the definition's folder, and the file must exist. Keep passwords out of the
definition: `url: ${ERP_URL}` reads the environment. A password is never shown, whatever goes wrong.

Needs the extra `sql`: `pip install 'kpi-scorecard[sql]'`, and the driver of the database.""",
    open="scorecard.builtin.reading.sql:open_sql",
)
