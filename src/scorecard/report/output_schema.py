"""The JSON Schema of the JSON form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scorecard.engine.quality import REASONS as QUALITY_REASONS
from scorecard.model.state import Fired, Reason, State
from scorecard.report.whole import SCHEMA

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "description": "0 to 1; in a sum, the weight."}
_NUMBER: Schema = {"type": ["number", "null"]}
_MAYBE: Schema = {"type": ["string", "null"]}
_FACT: Schema = {"type": ["string", "number", "boolean", "null"]}
_END: Schema = {"anyOf": [_NUMBER, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}]}


def output_schema() -> Schema:
    """Draft 2020-12; no other key is allowed, and every key is required but the aspects of a metric, which most have not."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Evaluation of a scorecard",
        "description": "What `scorecard run --format json` writes. Numbers have twelve significant digits; null stands for none.",
        **_object(
            schema={"const": SCHEMA},
            scorecard=_object(
                id=_TEXT,
                title=_MAYBE,
                key=_list(_TEXT),
                attributes=_list(_TEXT),
                scale=_object(low=_NUMBER, high=_NUMBER, direction={"enum": ["higher", "lower"]}),
            ),
            periods={**_list(_MAYBE), "description": "In the order of time; null for a scorecard without periods."},
            provenance=_object(
                digest={**_TEXT, "description": "SHA-256 of the merged definition."},
                version=_TEXT,
                engine=_TEXT,
                sources=_map(_TEXT, "A fingerprint for each source."),
                plugins=_map(_TEXT, "The version of each plugin."),
                as_of=_MAYBE,
                made_at=_TEXT,
                data_until=_MAYBE,
            ),
            bands=_list(_object(id=_TEXT, **{"from": _NUMBER}, title=_MAYBE, color=_MAYBE)),
            sources={**_list({"$ref": "#/$defs/source"}), "description": "What became of the records of every source."},
            notes=_list({"$ref": "#/$defs/note"}),
            gates=_list(
                _object(
                    id=_TEXT,
                    period=_MAYBE,
                    passed={"type": "boolean"},
                    holds=_COUNT,
                    fails=_COUNT,
                    unknown=_COUNT,
                    failing={**_list(_TEXT), "description": "The first that fail."},
                    unjudged={**_list(_TEXT), "description": "The first that cannot be judged."},
                )
            ),
            entities=_list({"$ref": "#/$defs/entity"}),
        ),
        "$defs": {
            "note": _object(code=_TEXT, level={"enum": ["error", "warning", "info"]}, message=_TEXT, place=_MAYBE),
            "source": _object(
                id=_TEXT,
                origin=_TEXT,
                rows={**_COUNT, "description": "Rows read."},
                records={**_COUNT, "description": "The rows, once columns across the top are rows."},
                used={**_COUNT, "description": "Records that count in a number of any period."},
                left_out=_map(_COUNT, f"Records that do not, by why: {', '.join(QUALITY_REASONS)}. They and `used` are the records."),
                first=_MAYBE,
                last=_MAYBE,
                nulls=_map({"type": "number", "minimum": 0, "maximum": 1}, "The share of records without a value, by column."),
                duplicates={**_COUNT, "description": "Records equal to an earlier one in every column that was read."},
                remarks={**_list({"$ref": "#/$defs/note"}), "description": "What was done to the data while they were read."},
            ),
            "entity": _object(
                key=_map(_TEXT, "The key parts, as texts."),
                period=_MAYBE,
                attributes=_map(_FACT, "The facts of the entity."),
                segments=_list(_TEXT),
                **_conclusion(),
                coverage=_SHARE,
                bounds=_object(low=_NUMBER, high=_NUMBER, guaranteed={"type": "boolean"}),
                rank=_NUMBER,
                metrics=_map({"$ref": "#/$defs/metric"}, "By id, in the order of the definition."),
                groups=_map({"$ref": "#/$defs/group"}, "By id; the total is the entity itself."),
                rules=_map({"enum": [fired.name.lower() for fired in Fired]}, "Whether each rule fired."),
            ),
            "metric": _perhaps(
                _object(
                    value={**_FACT, "description": "In the metric's unit; a percent as 0 to 1."},
                    unit=_MAYBE,
                    **_conclusion(),
                    **_part(),
                    lost={**_NUMBER, "description": "Points of the total that it cost."},
                    worst=_END,
                    target=_END,
                    gap={**_NUMBER, "description": "Target less value; of a pair, from the nearer end."},
                ),
                aspects=_map(_map(_NUMBER, "By part."), "What its type tells beside the value; nothing of it is scored."),
            ),
            "group": _object(**_conclusion(), coverage=_SHARE, **_part()),
        },
    }


def output_schema_text() -> str:
    return json.dumps(output_schema(), ensure_ascii=False, indent=2) + "\n"


def _conclusion() -> dict[str, Schema]:
    return {
        "score": _NUMBER,
        "band": {**_MAYBE, "description": "The id of a band, or `insufficient`."},
        "state": {"enum": [state.name.lower() for state in State]},
        "reason": {"enum": [None, *(reason.name.lower() for reason in Reason if reason)]},
    }


def _part() -> dict[str, Schema]:
    return {
        "weight": {**_NUMBER, "description": "As written."},
        "share": {**_SHARE, "description": "As used among the siblings that count; in a sum, the weight."},
        "contribution": {**_NUMBER, "description": "Share all the way up times score."},
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _perhaps(schema: Schema, **properties: Schema) -> Schema:
    """The object with further properties that need not be there."""
    return {**schema, "properties": {**schema["properties"], **properties}}


def _list(items: Mapping[str, Any]) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Mapping[str, Any], description: str) -> Schema:
    return {"type": "object", "additionalProperties": values, "description": description}
