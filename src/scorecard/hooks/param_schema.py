"""Whether params are described by a JSON Schema: its structure only, without a validator."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from scorecard.language.phrase import Phrase

TYPES = ("string", "number", "integer", "object", "array", "boolean", "null")
_DEEPEST = 32


def schema_fault(params: object) -> str | None:
    """What makes this no JSON Schema of a mapping, as words after "params"; None where it is one."""
    if not isinstance(params, Mapping):
        return Phrase("are {kind}, not a mapping", kind=type(params).__name__)
    if params.get("type", "object") != "object":
        return Phrase("have the type {found}; params are a mapping, so it is 'object'", found=repr(params["type"]))
    return _fault(params, "params", 0)


def _fault(schema: object, where: str, depth: int) -> str | None:
    if isinstance(schema, bool):
        return None
    if depth > _DEEPEST:
        return Phrase("nest deeper than {most} at {place}", most=_DEEPEST, place=where)
    if not isinstance(schema, Mapping):
        return Phrase("hold {kind} instead of a schema at {place}", kind=type(schema).__name__, place=where)
    for keyword, value in schema.items():
        if not isinstance(keyword, str):
            return Phrase("have a key that is no text at {place}", place=where)
        here = f"{where}.{keyword}"
        if keyword in _OF_SCHEMAS:
            found = _each(value, here, depth)
        elif keyword in _A_SCHEMA:
            found = _fault(value, here, depth + 1)
        elif keyword in _LISTS_OF_SCHEMAS:
            found = _every(value, here, depth)
        else:
            right = _PLAIN.get(keyword, _anything)
            found = None if right(value) else Phrase("have a wrong value at {place}: {found}", place=here, found=repr(value))
        if found is not None:
            return found
    return None


def _each(value: object, where: str, depth: int) -> str | None:
    if not isinstance(value, Mapping):
        return Phrase("hold {kind} instead of a mapping at {place}", kind=type(value).__name__, place=where)
    return next((found for key, item in value.items() if (found := _fault(item, f"{where}.{key}", depth + 1))), None)


def _every(value: object, where: str, depth: int) -> str | None:
    if not isinstance(value, (list, tuple)) or not value:
        return Phrase("hold {found} instead of a list at {place}", found=repr(value), place=where)
    return next((found for at, item in enumerate(value) if (found := _fault(item, f"{where}[{at}]", depth + 1))), None)


def _anything(_: object) -> bool:
    return True


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _text(value: object) -> bool:
    return isinstance(value, str)


def _texts(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value)


def _types(value: object) -> bool:
    return value in TYPES if isinstance(value, str) else _texts(value) and all(each in TYPES for each in value)  # type: ignore[attr-defined]


def _pattern(value: object) -> bool:
    try:
        re.compile(value)  # type: ignore[call-overload]
    except (re.error, TypeError):
        return False
    return True


_OF_SCHEMAS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
_A_SCHEMA = frozenset({"items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "unevaluatedProperties"})
_LISTS_OF_SCHEMAS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_PLAIN: Mapping[str, Callable[[object], bool]] = {
    "type": _types,
    "required": _texts,
    "enum": lambda value: isinstance(value, (list, tuple)) and bool(value),
    "pattern": _pattern,
    "$ref": lambda value: isinstance(value, str) and value.startswith("#"),
    "title": _text,
    "description": _text,
    "uniqueItems": lambda value: isinstance(value, bool),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _number),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _count),
}
