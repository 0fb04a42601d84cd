"""Workbooks of Excel and what writes its format."""

from __future__ import annotations

from scorecard.builtin.sources.settings import ADDRESSES, FILE_COLUMN, HEADER_ROW, KEEP_TOTALS, PATH, SKIP_ROWS
from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="excel",
    title=Text({"en": "Excel workbooks", "zh": "Excel 工作簿"}),
    params={
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": {
            "path": PATH,
            "file_column": FILE_COLUMN,
            "sheet": {
                "type": ["string", "integer"],
                "minLength": 1,
                "minimum": 1,
                "title": "sheet",
                "description": "The sheet by its name or its number from 1, or `*` for all that are visible; the first unless given.",
            },
            "header_row": HEADER_ROW,
            "skip_rows": SKIP_ROWS,
            "keep_totals": KEEP_TOTALS,
        },
    },
    doc="""Reads sheets of xlsx, xlsm, xlsb, xls and ods files with a row of column names.

Cells keep the type they have in the workbook: real dates stay dates, and an id in a number cell is read as the digits it
shows (`1001`, never `1001.0`). Blank rows are left out, columns without a name too. With `sheet: "*"` every visible
sheet that is not empty is read, one after the other. An error such as #N/A is text, so that it is not taken for a
blank; list it under `nulls` where it means one.

Titles above the header, a few cells in rows of their own, are found and left out, as are totals (合计, 总计, Total) and notes
(注:, 制表人:, Note:) at the end. What was left out is told with the result.

Needs the extra `excel`: `pip install 'kpi-scorecard[excel]'`."""
    + ADDRESSES,
    open="scorecard.builtin.reading.excel:open_excel",
)
