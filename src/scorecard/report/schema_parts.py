"""What the JSON Schemas of outputs are put together from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": ["number", "null"]}
MAYBE: Schema = {"type": ["string", "null"]}


def object_of(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def perhaps(schema: Schema, **properties: Schema) -> Schema:
    """The object with further properties that need not be there."""
    return {**schema, "properties": {**schema["properties"], **properties}}


def list_of(items: Mapping[str, Any]) -> Schema:
    return {"type": "array", "items": items}


def map_of(values: Mapping[str, Any], description: str) -> Schema:
    return {"type": "object", "additionalProperties": values, "description": description}
