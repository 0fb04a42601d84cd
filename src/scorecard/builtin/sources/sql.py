"""Databases that SQLAlchemy has a dialect for."""

from __future__ import annotations

from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

_VALUE = {"type": ["string", "number", "boolean"]}

SOURCE = SourceType(
    id="sql",
    title=Text({"en": "SQL databases", "zh": "SQL 数据库"}),
    params={
        "type": "object",
        "required": ["url"],
        "oneOf": [{"required": ["query"]}, {"required": ["table"]}],
        "dependentRequired": {"params": ["query"]},
        "additionalProperties": False,
        "properties": {
            "url": {
                "type": "string",
                "minLength": 1,
                "title": "url",
                "description": "The database: sqlite:///data/erp.db, postgresql+psycopg://…, mysql+pymysql://…; best `${ERP_URL}`.",
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
                "additionalProperties": {"anyOf": [_VALUE, {"type": "array", "minItems": 1, "items": _VALUE}]},
                "title": "params",
                "description": "Values for names such as `:region` in the query; a list for `region in :regions`.",
            },
        },
    },
    doc="""Reads the rows of a query, or of a table: the used columns alone, in blocks. PostgreSQL, MySQL, MariaDB and SQLite are tested;
others that SQLAlchemy has a dialect for should do as well.

```yaml
orders:
  type: sql
  url: ${ERP_URL}
  query: select * from sales_order where region = :region and ordered_on >= :period_start and ordered_on < :period_end
  params: {region: East}
  time: ordered_on
```

`:period_start` and `:period_end` enclose everything that is read: all periods asked for, windows that reach further back, and
the periods that `previous` and `year_ago` look at. They are on the clock of the scorecard's `timezone`. Where a query asks for
them, the period `latest` is the last one that is over, by the calendar, as it must be known before the records are. A query that
asks for an edge that there is not, for want of a period or with a window of all time, is refused.

Only a single `select` (or `with`) is run, on a connection that cannot write where the database has such, and nothing is ever
committed. Values are bound, never text of the query. A connection that ends before all rows are there is an error: no part of
the records is used.

Numbers of all kinds are read as they count, dates and times to the microsecond. The path of a SQLite file is relative to the
definition's folder, and the file must exist. Keep passwords out of the definition: `url: ${ERP_URL}` reads the environment. A
password is never shown, whatever goes wrong.

Needs an extra: `pip install 'kpi-scorecard[postgresql]'` or `'kpi-scorecard[mysql]'` with their drivers, `'kpi-scorecard[sql]'` for
SQLite and others.""",
    open="scorecard.builtin.reading.sql.open:open_sql",
)
