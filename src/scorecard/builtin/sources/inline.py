"""Records written in the definition itself."""

from __future__ import annotations

from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

SOURCE = SourceType(
    id="inline",
    title=Text({"en": "Rows in the definition", "zh": "定义内的数据行"}),
    params={
        "type": "object",
        "required": ["rows"],
        "additionalProperties": False,
        "properties": {
            "rows": {
                "type": "array",
                "items": {"type": ["object", "array"]},
                "title": "rows",
                "description": "The records: mappings of column to cell, or lists of cells in the order of `names`.",
            },
            "names": {
                "type": "array",
                "items": {"type": "string", "minLength": 1},
                "minItems": 1,
                "title": "names",
                "description": "The columns of rows that are written as lists.",
            },
        },
    },
    doc="""Takes its records from the definition: for small lists such as targets per branch, for examples and for cases.

Rows are mappings (`{customer_id: C1, score: 9}`; a column that a row does not write is blank there) or lists under
`names: [customer_id, score]`.""",
    open="scorecard.builtin.reading.inline:open_inline",
)
