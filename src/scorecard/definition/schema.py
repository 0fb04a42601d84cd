"""The JSON Schema of a definition with the params of every installed plugin, and the issues of what does not fit it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from scorecard.definition.document import Spot, Where
from scorecard.definition.same import Same
from scorecard.definition.shape import Check, compile_shape
from scorecard.definition.wording import Fault, extra_keys, issue_of
from scorecard.hooks.registry import Registry
from scorecard.model.issue import Issue

SCORECARD_SOURCE = "scorecard"
"""the source type that reads another definition's results; no plugin provides it"""

_REFERENCE_TO_A_DEFINITION = {
    "properties": {
        "path": {"type": "string", "minLength": 1, "description": "The definition whose results are read, relative to this file."},
        "scorecard": {"type": "string", "minLength": 1, "description": "The same as `path`."},
    }
}


_PARTIAL = ("entity", "period", "source", "segment", "rule", "exemption", "recommendation", "gate", "case", "ignored")
"""parts of which a layer may write a few keys only"""


class Used(NamedTuple):
    """The ids of metric types and sources."""

    metric_types: frozenset[str]
    sources: frozenset[str]


def schema_for(registry: Registry, *, complete: bool = False, used: Used | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file that may use everything in the registry.

    It fits layers, which change a few keys; `complete` gives the schema of a merged definition, where nothing may be lacking.
    With `used` it holds the params of these metric types and sources alone.
    """
    metric_types = sorted(registry.metric_types if used is None else used.metric_types & registry.metric_types.keys())
    source_types = sorted(registry.sources if used is None else used.sources & registry.sources.keys())
    schema: dict[str, Any] = json.loads(Path(__file__).with_name("scorecard.schema.json").read_text("utf-8"))
    parts = schema["$defs"]
    metric, source = parts["metric_keys"], parts["source"]
    metric["properties"]["type"] = {"enum": sorted(registry.metric_types), "description": metric["properties"]["type"]["description"]}
    source["properties"]["type"] = {
        "enum": sorted({*registry.sources, SCORECARD_SOURCE}),
        "description": source["properties"]["type"]["description"],
    }
    branches = []
    for id in metric_types:
        metric_type = registry.metric_types[id]
        parts[f"metric_type.{id}"] = params = _closed(_moved(metric_type.params, f"#/$defs/metric_type.{id}"))
        params.setdefault("description", metric_type.title.into("en"))
        then: dict[str, Any] = {"properties": {"params": {"$ref": f"#/$defs/metric_type.{id}"}}}
        if params.get("required"):
            then["required"] = ["params"]
        branches.append(_if_type(id, then))
    if branches:
        parts["metric"]["allOf"] = branches
    settings: dict[str, Mapping[str, Any]] = {
        SCORECARD_SOURCE: _REFERENCE_TO_A_DEFINITION,
        **{id: registry.sources[id].params for id in source_types},
    }
    source["allOf"] = []
    for id, own in sorted(settings.items()):
        moved = _moved(own, f"#/$defs/source_type.{id}")
        moved["properties"] = {**dict.fromkeys(source["properties"], True), **moved.get("properties", {})}
        parts[f"source_type.{id}"] = _closed(moved)
        source["allOf"].append(_if_type(id, {"$ref": f"#/$defs/source_type.{id}"}))
    if not complete:
        metric["properties"]["type"] |= _told({id: registry.metric_types[id].title.into("en") for id in registry.metric_types})
        titles = {id: registry.sources[id].title.into("en") for id in registry.sources}
        source["properties"]["type"] |= _told({**titles, SCORECARD_SOURCE: "The results of another scorecard"})
        for part in (schema, *(parts[name] for name in (*_PARTIAL, *(f"source_type.{id}" for id in settings)))):
            part.pop("required", None)
        _take_null(schema, parts)
    return schema


def _told(titles: Mapping[str, str]) -> dict[str, Any]:
    """What editors show beside each allowed value, in the order of the values."""
    return {"enumDescriptions": [titles[id] for id in sorted(titles)]}


def _take_null(schema: dict[str, Any], parts: dict[str, Any]) -> None:
    """Lets a layer write null for a key or an entry that it removes."""
    for part in schema["properties"].values():
        if isinstance(part.get("additionalProperties"), Mapping):
            part["additionalProperties"] = _or_null(part["additionalProperties"], parts)
    parts["values"]["additionalProperties"] = _or_null(parts["values"]["additionalProperties"], parts)
    for part in (schema, *(parts[name] for name in (*_PARTIAL, "band", "group", "total", "metric_keys"))):
        part["properties"] = {key: _or_null(each, parts) for key, each in part["properties"].items()}


def _or_null(part: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    said = part.get("description") or parts.get(str(part.get("$ref")).rpartition("/")[2], {}).get("description")
    about = {"description": said} if said else {}
    taken = {key: value for key, value in part.items() if key != "description"}
    if isinstance(part.get("additionalProperties"), Mapping):
        taken["additionalProperties"] = _or_null(part["additionalProperties"], parts)
    return {**about, "anyOf": [taken, {"type": "null"}]}


def schema_text(registry: Registry) -> str:
    """The schema as it is published and printed."""
    return json.dumps(schema_for(registry), ensure_ascii=False, indent=2) + "\n"


def shape_issues(data: Mapping[str, Any], root: Spot, registry: Registry) -> list[tuple[Where, Issue]]:
    """What does not fit the schema: for each fault the way to what is to blame and its issue; empty for most definitions."""
    schema, fits = _compiled(Same(registry), _used(data))
    if fits(data):
        return []
    found: dict[object, tuple[Where, Issue]] = {}
    for fault in _faults(schema, data):
        issue = issue_of(fault, root)
        found.setdefault((issue.code, issue.place, issue.values.get("key")), (fault.culprit, issue))
    issues = list(found.values())
    meant = {(each.values["owner"], key) for _, each in issues if each.code == "SC104" for key in each.values.get("did_you_mean", ())}  # type: ignore[attr-defined]
    return [(where, each) for where, each in issues if each.code != "SC102" or (each.values["owner"], each.values["key"]) not in meant]


def _used(data: Mapping[str, Any]) -> Used:
    """The metric types and sources that a definition names, whatever its shape."""

    def types(of: object) -> frozenset[str]:
        entries = of.values() if isinstance(of, Mapping) else ()
        named = (entry.get("type") for entry in entries if isinstance(entry, Mapping))
        return frozenset(name for name in named if isinstance(name, str))

    defaults = data.get("defaults")
    shared = types(defaults) if isinstance(defaults, Mapping) else frozenset()
    return Used(types(data.get("metrics")) | shared, types(data.get("sources")) | shared)


@lru_cache(maxsize=64)
def _compiled(same: Same[Registry], used: Used) -> tuple[dict[str, Any], Check]:
    schema = schema_for(same.one, complete=True, used=used)
    return schema, compile_shape(schema)


def _if_type(id: str, then: Mapping[str, Any]) -> dict[str, Any]:
    return {"if": {"properties": {"type": {"const": id}}, "required": ["type"]}, "then": then}


def _closed(params: dict[str, Any]) -> dict[str, Any]:
    """Params that refuse keys they do not list, unless they say themselves what else they take."""
    if not {"additionalProperties", "patternProperties", "unevaluatedProperties"}.isdisjoint(params):
        return params
    return {**params, "additionalProperties": False}


def _moved(params: Mapping[str, Any], to: str) -> dict[str, Any]:
    """A plugin's schema as a part of ours: its references to itself follow."""

    def follow(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {
                key: to + value[1:] if key == "$ref" and isinstance(value, str) and value.startswith("#") else follow(value)
                for key, value in part.items()
                if key not in ("$schema", "$id")
            }
        return [follow(each) for each in part] if isinstance(part, (list, tuple)) else part

    moved: dict[str, Any] = follow(params)
    return moved


def _faults(schema: dict[str, Any], data: Mapping[str, Any]) -> Iterator[Fault]:
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(schema).iter_errors(data):
        for fault in _relevant(error):
            yield _with_params(fault, schema["$defs"]) if fault.wanted == ["params"] else fault


def _with_params(fault: Fault, parts: Mapping[str, Any]) -> Fault:
    """The lack of params that a metric type needs, with the names of those."""
    named = parts[fault.schema["properties"]["params"]["$ref"].rpartition("/")[2]]["required"]
    return replace(fault, wanted=[f"params: {{{', '.join(f'{name}: …' for name in named)}}}"])


def _relevant(error: Any) -> Iterator[Fault]:
    """The fault that an error tells of; of several alternatives, those of the one that was most likely meant."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        branches: dict[int, list[Any]] = {}
        for each in error.context:
            branches.setdefault(each.schema_path[0], []).append(each)
        of_this_type = [errors for errors in branches.values() if not any(e.validator == "type" and not e.relative_path for e in errors)]
        if of_this_type:
            for each in min(of_this_type, key=len):
                yield from _relevant(each)
            return
        wanted = [errors[0].validator_value for errors in branches.values() if len(errors) == 1]
        if len(wanted) == len(branches):
            types = [name for each in wanted for name in ([each] if isinstance(each, str) else each)]
            yield Fault(where=tuple(error.absolute_path), keyword="type", wanted=types, value=error.instance, schema={"type": types})
            return
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    where, keyword = tuple(error.absolute_path), str(error.validator)
    if keyword == "additionalProperties" and error.validator_value is False:
        for key in extra_keys(error.instance, schema):
            yield Fault(where=where, keyword=keyword, wanted=False, value=error.instance, schema=schema, key=key)
        return
    culprit = str(error.instance) if "propertyNames" in error.absolute_schema_path else None
    yield Fault(where=where, keyword=keyword, wanted=error.validator_value, value=error.instance, schema=schema, key=culprit)
