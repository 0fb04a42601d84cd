"""From one fault against the schema to one issue, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from scorecard.definition.document import Spot, Where
from scorecard.definition.scalars import number_of
from scorecard.language.phrase import Phrase
from scorecard.model.issue import Issue

_MOST_ALLOWED = 40
_TYPE_WORDS = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "object": "a mapping",
    "array": "a list",
    "boolean": "true or false",
    "null": "nothing",
    "": "another value",
}
_LIMITS = {
    "minimum": "at least {bound}",
    "maximum": "at most {bound}",
    "exclusiveMinimum": "more than {bound}",
    "exclusiveMaximum": "less than {bound}",
    "multipleOf": "a multiple of {bound}",
    "maxLength": "no longer than {bound}",
}
_PARTS = frozenset({"total", "entity", "period", "scale"})
_OF_EVERY_SOURCE = frozenset({"type", "time", "columns", "where", "nulls", "values", "unpivot", "join", "required", "expect"})
_FULL_WIDTH = {"：": ":", "，": ","}
_YES, _NO = frozenset({"yes", "on", "y", "是"}), frozenset({"no", "off", "n", "否"})
_SPAN = re.compile(r"([0-9.]+) ?(?:-|–|~|～|to|至|到) ?([0-9.]+)").fullmatch
_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "if": ("when",), "condition": ("when", "where"), "filter": ("where",), "then": (),
    "name": ("title",), "label": ("title",), "名称": ("title",), "标题": ("title",), "desc": ("description",), "说明": ("description",),
    "importance": ("weight",), "weightage": ("weight",), "权重": ("weight",),
    "parent": ("group",), "category": ("group",), "分组": ("group",),
    "goal": ("target",), "max": ("target",), "目标": ("target",), "目标值": ("target",), "min": ("worst",), "floor": ("worst",),
    "最差值": ("worst",), "levels": ("thresholds",), "limits": ("thresholds",), "阈值": ("thresholds",),
    "formula": ("measure",), "calculation": ("measure",), "expression": ("measure",), "公式": ("measure",),
    "data": ("source", "sources"), "数据源": ("source", "sources"), "parameters": ("params",), "file": ("path",), "kpis": ("metrics",),
    "indicators": ("metrics",), "指标": ("metrics",), "frequency": ("every",), "deadline": ("due",), "责任人": ("owner",),
}  # fmt: skip
"""what people call a key, and what it may be called here"""
_ENTRIES = {
    "metrics": "metric '{id}'",
    "groups": "group '{id}'",
    "sources": "source '{id}'",
    "segments": "segment '{id}'",
    "rules": "rule '{id}'",
    "exemptions": "exemption '{id}'",
    "recommendations": "recommendation '{id}'",
    "gates": "gate '{id}'",
    "cases": "case '{id}'",
    "bands": "band '{id}'",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One keyword of the schema that a value breaks; `key` where a key of the mapping at `where` is to blame, not its value."""

    where: Where
    keyword: str
    wanted: Any
    value: Any
    schema: Mapping[str, Any]
    key: str | None = None

    @property
    def culprit(self) -> Where:
        """The way to what must go or change."""
        return self.where if self.key is None else (*self.where, self.key)


def issue_of(fault: Fault, root: Spot) -> Issue:
    """The issue of a fault, at the place of the key or of the value."""
    spot = root.at(fault.culprit)
    place = spot.value if fault.key is None else spot.key or spot.value
    code, values = _translated(fault)
    of_its_keys = fault.key is not None or code == "SC102"
    return Issue(code=code, place=place, values={**values, "owner": owner(fault.where if of_its_keys else fault.where[:-1])})


def extra_keys(value: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    """The keys of a mapping that its schema does not list."""
    patterns = schema.get("patternProperties", {})
    return [key for key in value if key not in schema.get("properties", {}) and not any(re.search(each, key) for each in patterns)]


def _translated(fault: Fault) -> tuple[str, dict[str, object]]:
    name = _name(fault.where)
    expected = _expected(fault.schema, labelled=_is_brought(fault.where))
    match fault.keyword:
        case "additionalProperties":
            return "SC104", _unknown_key(str(fault.key), fault)
        case _ if fault.key is not None:
            return "SC106", {"key": fault.key, "expected": expected}
        case "required":
            missing = [key for key in fault.wanted if key not in fault.value]
            return "SC102", {"key": ", ".join(missing)}
        case "dependentRequired":
            missing = [other for key, others in fault.wanted.items() if key in fault.value for other in others if other not in fault.value]
            return "SC102", {"key": ", ".join(missing)}
        case "type":
            return "SC101", {"key": name, "expected": expected, "found": shown(fault.value), **_meant(fault.value, fault.schema)}
        case "enum" | "const":
            allowed = [str(each) for each in (fault.wanted if fault.keyword == "enum" else [fault.wanted])]
            return _code_of_choice(fault.where), {"key": name, "value": shown(fault.value), **hints(str(fault.value), allowed)}
        case "pattern" | "format":
            return "SC105", {"key": name, "value": shown(fault.value), "expected": expected}
        case "minLength":
            return "SC107", {"key": name, "expected": expected}
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "maxLength":
            return "SC108", {"key": name, "value": shown(fault.value), "limit": Phrase(_LIMITS[fault.keyword], bound=fault.wanted)}
        case "minItems" | "maxItems" | "minProperties" | "maxProperties":
            return "SC109", {"key": name, "count": len(fault.value), "expected": expected}
        case "uniqueItems":
            twice = sorted({str(each) for each in fault.value if fault.value.count(each) > 1})
            return "SC110", {"key": name, "value": ", ".join(twice)}
    return "SC105", {"key": name, "value": shown(fault.value), "expected": expected}


def _unknown_key(key: str, fault: Fault) -> dict[str, object]:
    """What was probably meant by a key: a sign that swallowed it, another word for it, or a slip of the fingers."""
    wide = next((sign for sign in key if sign in _FULL_WIDTH), None)
    if wide is not None:
        return {"reason": "full_width", "key": key, "character": wide, "expected": _FULL_WIDTH[wide]}
    known = fault.schema.get("properties", {})
    also = _ALSO_CALLED.get(key.casefold())
    if also is None:
        return {"key": key, **hints(key, known)}
    meant = [each for each in also if each in known and each not in fault.value][:1]
    return {"key": key, **({"did_you_mean": meant} if meant else {"allowed": sorted(known)[:_MOST_ALLOWED]})}


def _meant(value: Any, schema: Mapping[str, Any]) -> dict[str, object]:
    """A text as the value of another type that it was probably meant as."""
    if not isinstance(value, str):
        return {}
    types = {schema.get("type")} if isinstance(schema.get("type"), str) else set(schema.get("type", ()))
    if "boolean" in types and value.casefold() in _YES | _NO:
        return {"did_you_mean": ["true" if value.casefold() in _YES else "false"]}
    if "number" in types and (share := number_of(value)) is not None:
        return {"did_you_mean": [f"{share:.12g}"]}
    if "array" in types and _has_a_length(schema) and (span := _SPAN(value)):
        return {"did_you_mean": [f"[{span[1]}, {span[2]}]"]}
    return {}


def _code_of_choice(where: Where) -> str:
    if len(where) == 3 and where[-1] == "type":
        return {"metrics": "SC204", "defaults": "SC204", "sources": "SC205"}.get(str(where[0]), "SC103")
    return "SC103"


def _name(where: Where) -> str:
    """The nearest key on the way to a value."""
    return next((step for step in reversed(where) if isinstance(step, str)), Phrase("the definition"))


def _is_brought(where: Where) -> bool:
    """Whether a plugin brings the setting; its title is then a label, while a title of the language says what a value looks like."""
    return "params" in where or (len(where) > 2 and where[0] == "sources" and where[2] not in _OF_EVERY_SOURCE)


def _expected(schema: Mapping[str, Any], *, labelled: bool) -> str:
    """What a schema asks for, in words."""
    if "title" in schema and not labelled:
        return Phrase(schema["title"])
    named = schema.get("type", ())
    types = [named] if isinstance(named, str) else list(named)
    words = {name: Phrase(text) for name, text in _TYPE_WORDS.items()}
    if _has_a_length(schema):
        words["array"] = Phrase("a list of {count} entries", count=schema["minItems"])
    return reduce(lambda one, other: Phrase("{one} or {other}", one=one, other=other), (words[each] for each in types or [""]))


def _has_a_length(schema: Mapping[str, Any]) -> bool:
    return "minItems" in schema and schema["minItems"] == schema.get("maxItems")


def owner(where: Sequence[str | int]) -> str:
    """Whose key or value it is: `metric 'csat'`, `the total`, `the definition`."""
    if not where:
        return Phrase("the definition")
    section = str(where[0])
    if len(where) >= 2 and section in _ENTRIES:
        return Phrase(_ENTRIES[section], id=where[1])
    return Phrase(f"the {section}") if section in _PARTS else Phrase("'{section}'", section=section)


def shown(value: Any) -> str:
    """A value as an issue names it: a short text, or what kind of thing it is."""
    match value:
        case None:
            return Phrase("nothing")
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case dict():
            return Phrase("a mapping")
        case list():
            return Phrase("a list")
    text = str(value)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def hints(word: str, known: Iterable[str]) -> dict[str, object]:
    """What was probably meant, and what there is, as the standard values of an issue."""
    from difflib import get_close_matches

    allowed = sorted(known) if not isinstance(known, list) else known
    close = get_close_matches(word, allowed, n=3, cutoff=0.6)
    if close:
        return {"did_you_mean": close[:1], **({"less_likely": close[1:]} if close[1:] else {})}
    return {"allowed": allowed[:_MOST_ALLOWED]} if allowed else {}
