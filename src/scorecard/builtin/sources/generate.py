"""Sample records made up by chance from a seed."""

from __future__ import annotations

from typing import Any

from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

_NUMBER: dict[str, Any] = {"type": "number"}
_SHARE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}


def _numbers(description: str, **keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(keys), "additionalProperties": False, "properties": keys, "description": description}


_FIELD: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "title": "field",
    "description": "How a column is made up: exactly one of sequence, choice, normal, lognormal, poisson and dates.",
    "oneOf": [{"required": [kind]} for kind in ("sequence", "choice", "normal", "lognormal", "poisson", "dates")],
    "properties": {
        "sequence": {"type": "string", "description": "Ids in a row, after this beginning: `O` gives O00001, O00002, …"},
        "choice": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "number", "minimum": 0},
            "description": "One of these words, each with its weight.",
        },
        "normal": _numbers("A number around a mean.", mean=_NUMBER, stdev={"type": "number", "minimum": 0}),
        "lognormal": _numbers(
            "A number above 0, half of them below the median; a spread of 0.5 puts two in three within 0.6 to 1.65 times the median.",
            median={"type": "number", "exclusiveMinimum": 0},
            spread={"type": "number", "minimum": 0},
        ),
        "poisson": {"type": "number", "minimum": 0, "description": "A count around this mean."},
        "dates": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 2,
            "maxItems": 2,
            "description": "A day from the first to the last, both included, each as likely.",
        },
        "decimals": {"type": "integer", "minimum": 0, "maximum": 9, "description": "Digits behind the point; 2 unless given."},
        "low": {"type": "number", "description": "No number is below this."},
        "high": {"type": "number", "description": "No number is above this."},
        "missing": {**_SHARE, "description": "The share of cells left blank."},
        "varies": {"type": "number", "minimum": 0, "description": "How much entities of `per` differ: the spread of a factor of each."},
        "on": {"type": "string", "description": "The field of dates that trend and season follow."},
        "trend": {"type": "number", "exclusiveMinimum": -1, "description": "Growth from quarter to quarter: 0.02 is 2 percent."},
        "season": {
            "type": "array",
            "items": {"type": "number", "minimum": 0},
            "minItems": 4,
            "maxItems": 4,
            "description": "A factor for each quarter of the year.",
        },
    },
}

SOURCE = SourceType(
    id="generate",
    title=Text({"en": "Sample records", "zh": "示例数据"}),
    params={
        "type": "object",
        "required": ["rows", "fields"],
        "additionalProperties": False,
        "properties": {
            "seed": {"type": "integer", "minimum": 0, "title": "seed", "description": "Another seed gives other records; 0 unless given."},
            "rows": {
                "type": "integer",
                "minimum": 1,
                "maximum": 10_000_000,
                "title": "rows",
                "description": "How many records; with `per`, for each of its entities.",
            },
            "per": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "title": "per",
                "description": "A column with the entities that have records: a list of ids, or {prefix, count}.",
                "additionalProperties": {
                    "type": ["array", "object"],
                    "minItems": 1,
                    "items": {"type": ["string", "number"]},
                    "required": ["prefix", "count"],
                    "additionalProperties": False,
                    "properties": {"prefix": {"type": "string"}, "count": {"type": "integer", "minimum": 1, "maximum": 1_000_000}},
                },
            },
            "fields": {
                "type": "object",
                "minProperties": 1,
                "title": "fields",
                "description": "The columns and how each is made up.",
                "additionalProperties": _FIELD,
            },
        },
    },
    doc="""Makes up records for demonstrations and trials; the same seed gives the same records on every computer.

Each field has a stream of chance of its own, so that adding one changes no other. `per: {customer_id: {prefix: C, count:
50}}` gives every customer `rows` records. With `on:` a field of dates, numbers follow a trend and the seasons.""",
    open="scorecard.builtin.reading.generate:open_generated",
)
