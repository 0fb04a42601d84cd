"""Text files with a delimiter between the cells."""

from __future__ import annotations

from scorecard.builtin.sources.settings import ADDRESSES, ENCODING, FILE_COLUMN, HEADER_ROW, KEEP_TOTALS, PATH, SKIP_ROWS
from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="csv",
    title=Text({"en": "CSV files", "zh": "CSV 文件"}),
    params={
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": {
            "path": PATH,
            "file_column": FILE_COLUMN,
            "encoding": ENCODING,
            "delimiter": {
                "type": "string",
                "minLength": 1,
                "maxLength": 1,
                "title": "delimiter",
                "description": "The character between two cells; comma, semicolon, tab or bar is found out unless given.",
            },
            "header_row": HEADER_ROW,
            "skip_rows": SKIP_ROWS,
            "keep_totals": KEEP_TOTALS,
        },
    },
    doc="""Reads one or several text files with a row of column names.

Encoding and delimiter are found out unless given: UTF-8 with or without a byte order mark, UTF-16 with one, GBK and
GB18030. Of several files each may lack columns that others have; its cells there are blank. A column that is spelled
differently from file to file is united by `columns: {customer_id: [客户编号, 客户代码]}`. Where only the
file's name tells the month, `file_column: file` makes a column of it, and `columns: {month: {from: file, values: {jan.csv:
2026-01-01}}}` makes that a day.

Only an empty cell is blank: `NA`, `null` or `-` are text unless `nulls` lists them. Cells in quotes may hold line
breaks. A row with more or fewer cells than the header is an error that names the row.

Titles above the header, a few cells in rows of their own, are found and left out, as are totals (合计, 总计, Total) and notes
(注:, 制表人:, Note:) at the end. What was left out is told with the result."""
    + ADDRESSES,
    open="scorecard.builtin.reading.csv:open_csv",
)
