"""Sample records made up by chance from a seed."""

from __future__ import annotations

from typing import Any

from scorecard.hooks.contracts import SourceType
from scorecard.model.text import Text

_NUMBER: dict[str, Any] = {"type": "number"}
_SHARE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}
_VARIES: dict[str, Any] = {
    "type": "number",
    "description": "How much entities of `per` differ: the spread of a factor on numbers, or on the weight of the first word.",
}
_LIKE: dict[str, Any] = {
    "type": "string",
    "description": "With varies: what names the same word here varies alike, in all sources; where one is below 0, the other way.",
}


def _numbers(description: str, **keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(keys), "additionalProperties": False, "properties": keys, "description": description}


_FIELD: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "title": "field",
    "description": "How a column is made up: exactly one of sequence, choice, normal, lognormal, poisson, dates and every.",
    "oneOf": [{"required": [kind]} for kind in ("sequence", "choice", "normal", "lognormal", "poisson", "dates", "every")],
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
        "clock": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0, "maximum": 24},
            "minItems": 2,
            "maxItems": 2,
            "description": "With dates: a time between these two hours of the day; midnight unless given.",
        },
        "workdays": {"const": True, "description": "With dates: from Monday to Friday; what falls on a weekend is on the Friday before."},
        "every": {
            "enum": ["month", "quarter"],
            "description": "A record for each month or quarter: the first of an entity is of `from`, the next one of the next.",
        },
        "from": {"type": "string", "description": "With every: the day of an entity's first record."},
        "hours_after": {"type": "string", "description": "The number is how many hours a moment is later than that of this field."},
        "days_after": {"type": "string", "description": "The number is how many days a moment is later than that of this field."},
        "until": {"type": "string", "description": "With hours_after and days_after: a moment after this day is blank, not come yet."},
        "needs": {
            "type": ["string", "object"],
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "description": "Blank where this field is blank, or, with {field: [words]}, where it has none of the words.",
        },
        "otherwise": {"type": "string", "description": "With needs: this word, where a choice would be blank for it."},
        "times": {"type": "string", "description": "The number is a share of what this field of numbers has: `cost` of `amount`."},
        "decimals": {"type": "integer", "minimum": 0, "maximum": 9, "description": "Digits behind the point; 2 unless given."},
        "low": {"type": "number", "description": "No number is below this."},
        "high": {"type": "number", "description": "No number is above this."},
        "missing": {**_SHARE, "description": "The share of cells left blank."},
        "varies": _VARIES,
        "like": _LIKE,
        "on": {"type": "string", "description": "The field with dates that trend and season follow."},
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
                "type": ["integer", "object"],
                "minimum": 1,
                "maximum": 10_000_000,
                "required": ["poisson"],
                "additionalProperties": False,
                "properties": {
                    "poisson": {"type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000},
                    "varies": _VARIES,
                    "like": _LIKE,
                    "low": {"type": "integer", "minimum": 0},
                },
                "title": "rows",
                "description": "How many records; with `per`, for each of its entities, {poisson, varies, low} a count around a mean.",
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
50}}` gives every customer `rows` records. With `on:` a field with dates, numbers follow a trend and the seasons.

Fields follow each other: `closed_at: {hours_after: opened_at, lognormal: {median: 8, spread: 0.9}, until: 2026-12-31}` leaves
open what would close later, `status: {choice: {won: 2, lost: 3}, needs: closed_at, otherwise: open}` has a word for that, and
`{every: month, from: 2026-01-01}` gives each entity a record a month.""",
    open="scorecard.builtin.reading.generate:open_generated",
)
