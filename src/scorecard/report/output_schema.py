"""The JSON Schema of the JSON form."""

from __future__ import annotations

import json

from scorecard.engine.quality import REASONS as QUALITY_REASONS
from scorecard.model.state import Fired, Reason, State
from scorecard.report.schema_parts import COUNT, MAYBE, NUMBER, TEXT, Schema, list_of, map_of, object_of, perhaps
from scorecard.report.whole import SCHEMA

_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "description": "0 to 1; in a sum, the weight."}
_FACT: Schema = {"type": ["string", "number", "boolean", "null"]}
_END: Schema = {"anyOf": [NUMBER, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}]}


def output_schema() -> Schema:
    """Draft 2020-12; no other key is allowed, and every key is required but the aspects of a metric, which most have not."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Evaluation of a scorecard",
        "description": "What `scorecard run --format json` writes. Numbers have twelve significant digits; null stands for none.",
        **object_of(
            schema={"const": SCHEMA},
            scorecard=object_of(
                id=TEXT,
                title=MAYBE,
                key=list_of(TEXT),
                attributes=list_of(TEXT),
                scale=object_of(low=NUMBER, high=NUMBER, direction={"enum": ["higher", "lower"]}),
            ),
            periods={**list_of(MAYBE), "description": "In the order of time; null for a scorecard without periods."},
            provenance=object_of(
                digest={**TEXT, "description": "SHA-256 of the merged definition."},
                version=TEXT,
                engine=TEXT,
                sources=map_of(TEXT, "A fingerprint for each source."),
                plugins=map_of(TEXT, "The version of each plugin."),
                as_of=MAYBE,
                made_at=TEXT,
                data_until=MAYBE,
            ),
            bands=list_of(object_of(id=TEXT, **{"from": NUMBER}, title=MAYBE, color=MAYBE)),
            sources={**list_of({"$ref": "#/$defs/source"}), "description": "What became of the records of every source."},
            notes=list_of({"$ref": "#/$defs/note"}),
            gates=list_of(
                object_of(
                    id=TEXT,
                    period=MAYBE,
                    passed={"type": "boolean"},
                    holds=COUNT,
                    fails=COUNT,
                    unknown=COUNT,
                    failing={**list_of(TEXT), "description": "The first that fail."},
                    unjudged={**list_of(TEXT), "description": "The first that cannot be judged."},
                )
            ),
            entities=list_of({"$ref": "#/$defs/entity"}),
        ),
        "$defs": {
            "note": object_of(code=TEXT, level={"enum": ["error", "warning", "info"]}, message=TEXT, place=MAYBE),
            "source": object_of(
                id=TEXT,
                origin=TEXT,
                rows={**COUNT, "description": "Rows read."},
                records={**COUNT, "description": "The rows, once columns across the top are rows."},
                used={**COUNT, "description": "Records that count in a number of any period."},
                left_out=map_of(COUNT, f"Records that do not, by why: {', '.join(QUALITY_REASONS)}. They and `used` are the records."),
                first=MAYBE,
                last=MAYBE,
                nulls=map_of({"type": "number", "minimum": 0, "maximum": 1}, "The share of records without a value, by column."),
                duplicates={**COUNT, "description": "Records equal to an earlier one in every column that was read."},
                remarks={**list_of({"$ref": "#/$defs/note"}), "description": "What was done to the data while they were read."},
            ),
            "entity": object_of(
                key=map_of(TEXT, "The key parts, as texts."),
                period=MAYBE,
                attributes=map_of(_FACT, "The facts of the entity."),
                segments=list_of(TEXT),
                **_conclusion(),
                coverage=_SHARE,
                bounds=object_of(low=NUMBER, high=NUMBER, guaranteed={"type": "boolean"}),
                rank=NUMBER,
                metrics=map_of({"$ref": "#/$defs/metric"}, "By id, in the order of the definition."),
                groups=map_of({"$ref": "#/$defs/group"}, "By id; the total is the entity itself."),
                rules=map_of({"enum": [fired.name.lower() for fired in Fired]}, "Whether each rule fired."),
            ),
            "metric": perhaps(
                object_of(
                    value={**_FACT, "description": "In the metric's unit; a percent as 0 to 1."},
                    unit=MAYBE,
                    **_conclusion(),
                    **_part(),
                    lost={**NUMBER, "description": "Points of the total that it cost."},
                    worst=_END,
                    target=_END,
                    gap={**NUMBER, "description": "Target less value; of a pair, from the nearer end."},
                ),
                aspects=map_of(map_of(NUMBER, "By part."), "What its type tells beside the value; nothing of it is scored."),
            ),
            "group": object_of(**_conclusion(), coverage=_SHARE, **_part()),
        },
    }


def output_schema_text() -> str:
    return json.dumps(output_schema(), ensure_ascii=False, indent=2) + "\n"


def _conclusion() -> dict[str, Schema]:
    return {
        "score": NUMBER,
        "band": {**MAYBE, "description": "The id of a band, or `insufficient`."},
        "state": {"enum": [state.name.lower() for state in State]},
        "reason": {"enum": [None, *(reason.name.lower() for reason in Reason if reason)]},
    }


def _part() -> dict[str, Schema]:
    return {
        "weight": {**NUMBER, "description": "As written."},
        "share": {**_SHARE, "description": "As used among the siblings that count; in a sum, the weight."},
        "contribution": {**NUMBER, "description": "Share all the way up times score."},
    }
