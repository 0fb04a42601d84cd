"""Closures and the full validator say the same about every definition."""

from __future__ import annotations

import copy
import json
import random
import re
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scorecard.definition.document import Spot
from scorecard.definition.layers import layer
from scorecard.definition.read import read_text
from scorecard.definition.schema import schema_for, schema_text, shape_issues
from scorecard.definition.shape import KEYWORDS, compile_shape
from scorecard.hooks.registry import Registry
from scorecard.language import pages

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 0.5, 2.0, 101, "", "x", "85%", "2026-12-31", "2026-Q1", "csat", "csv", "sum", "mean(x)", "a b", "open",
    [], [1], [1, 2], [2, 1, 3], ["a"], ["a", "a"], [[0, 0], [1, 1]], {}, {"a": 1}, {"en": "x"}, {"from": 1}, {"when": "x"}, {"type": "csv"},
    {"type": "csat", "params": {"scale": [1, 5]}}, {"points": [[0, 0]]}, {"geometric": {}}, {"2026-12-31": 5}, {"impute": "mean"},
)  # fmt: skip


def definitions() -> list[dict[str, Any]]:
    """Every example of the pages that reads as YAML."""
    found = []
    for code in pages.codes():
        for text in re.findall(r"^```yaml \w+\n(.*?)^```$", pages.page(code), re.MULTILINE | re.DOTALL):
            document, _ = read_text(text, "a.yaml")
            if document is not None and document.data:
                document.data.pop("extends", None)
                found.append({"entity": {"key": ["customer_id"]}, **layer(document)[0].data})
    return found


def ways(data: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [where, *(way for key, value in inside for way in ways(value, (*where, key)))]


def mutated(data: dict[str, Any], keys: list[str], chance: random.Random) -> Any:
    """The data with one or two values replaced, removed, or put under another key."""
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 2)):
        *above, last = chance.choice([way for way in ways(data) if way] or [("x",)])
        holder: Any = data
        for step in above:
            holder = holder[step]
        if isinstance(holder, dict):
            match chance.randint(0, 2):
                case 0:
                    holder[last] = copy.deepcopy(chance.choice(VALUES))
                case 1:
                    holder.pop(last, None)
                case _:
                    holder[chance.choice(keys)] = copy.deepcopy(chance.choice(VALUES))
        elif chance.random() < 0.5:
            holder[last] = copy.deepcopy(chance.choice(VALUES))
        else:
            holder.append(copy.deepcopy(chance.choice(VALUES)))
    return data


def test_closures_and_validator_agree_on_thousands_of_mutations(registry: Registry) -> None:
    schema = schema_for(registry, complete=True)
    fits, validator = compile_shape(schema), Draft202012Validator(schema)
    chance = random.Random(20261231)
    keys = sorted({key for part in schema["$defs"].values() for key in part.get("properties", {})})
    examples = definitions()
    assert len(examples) > 100
    answers = {True: 0, False: 0}
    for at in range(4000):
        data = mutated(examples[at % len(examples)], keys, chance)
        answer = fits(data)
        assert answer == validator.is_valid(data), json.dumps(data, ensure_ascii=False)
        answers[answer] += 1
    assert min(answers.values()) > 200


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer"},
        {"type": ["integer", "string"], "minimum": 1},
        {"const": 1},
        {"enum": [1, "1", True, None]},
        {"enum": [{"a": 1}]},
        {"anyOf": [{"type": "string"}, {"minimum": 5}]},
        {"oneOf": [{"type": "number"}, {"minimum": 1}]},
        {"not": {"type": "object"}},
        {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": "number"}},
        {"if": {"type": "string"}},
        {"allOf": [{"type": "object"}, {"required": ["a"]}]},
        {"prefixItems": [{"type": "number"}], "items": {"type": "string"}},
        {"items": False},
        {"uniqueItems": True},
        {"properties": {"a": {"type": "number"}}, "patternProperties": {"^e": {"type": "string"}}, "additionalProperties": False},
        {"propertyNames": {"maxLength": 2}},
        {"dependentRequired": {"a": ["b"]}},
        {"exclusiveMinimum": 0, "exclusiveMaximum": 2},
        {"minProperties": 1, "maxProperties": 1, "maxItems": 2, "maxLength": 3},
        {"$ref": "#/$defs/a", "minLength": 1, "$defs": {"a": {"type": ["string", "array"], "items": {"$ref": "#/$defs/a"}}}},
        {"pattern": "^[0-9]+$"},
        True,
        {},
    ],
)
def test_each_keyword_answers_like_the_validator(schema: Any) -> None:
    fits, validator = compile_shape(schema), Draft202012Validator(schema)
    for value in VALUES:
        if fits(value) != validator.is_valid(value):
            assert "enum" in schema or "uniqueItems" in schema, value
            assert not fits(value), value


def test_a_keyword_that_is_not_listed_is_left_to_the_validator() -> None:
    assert "multipleOf" not in KEYWORDS
    assert not compile_shape({"multipleOf": 2})(4)


def test_the_schema_uses_listed_keywords_only(registry: Registry) -> None:
    def check(part: Any, *, is_schema: bool = True) -> None:
        if is_schema and isinstance(part, dict):
            assert set(part) <= KEYWORDS
            for key, value in part.items():
                if key in ("properties", "$defs", "patternProperties"):
                    for each in value.values():
                        check(each)
                elif key in ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not"):
                    check(value)
                elif key in ("allOf", "anyOf", "oneOf", "prefixItems"):
                    for each in value:
                        check(each)

    schema = schema_for(registry)
    Draft202012Validator.check_schema(schema)
    check(schema)


def test_every_key_of_the_language_is_described(registry: Registry) -> None:
    schema = json.loads(schema_text(registry))
    for name, part in [("definition", schema), *schema["$defs"].items()]:
        if name.startswith(("metric_type.", "source_type.")):
            continue
        for key, value in part.get("properties", {}).items():
            target = schema["$defs"].get(value.get("$ref", "").removeprefix("#/$defs/"), {})
            assert value.get("description") or target.get("description"), f"{name}.{key}"


def test_the_published_schema_fits_a_layer(registry: Registry) -> None:
    validator = Draft202012Validator(schema_for(registry))
    assert validator.is_valid({"sources": {"surveys": {"path": "other.csv"}}, "metrics": {"csat": {"target": 95}}})
    assert not validator.is_valid({"metrics": {"csat": {"targt": 95}}})
    assert not validator.is_valid({"sources": {"surveys": {"type": "csv", "pth": "a.csv"}}})


def test_a_plugins_own_references_are_followed(registry: Registry) -> None:
    params = {"type": "object", "$defs": {"p": {"type": "number"}}, "properties": {"x": {"$ref": "#/$defs/p"}}, "required": ["x"]}
    registry = replace(registry, metric_types={"csat": replace(registry.metric_types["csat"], params=params, check=None)})

    def codes(more: dict[str, Any]) -> list[str]:
        data = {"entity": {"key": []}, "metrics": {"csat": {"type": "csat", **more}}}
        return [issue.code for _, issue in shape_issues(data, Spot("a.yaml", None, Nowhere, None), registry)]

    assert codes({"params": {"x": 1}}) == []
    assert codes({"params": {"x": "a"}}) == ["SC101"]
    assert sorted(codes({"params": {"y": 1}})) == ["SC102", "SC104"]
    assert codes({}) == ["SC102"]


class Nowhere:
    """An event of the parser, at the start of a file."""

    class start_mark:  # noqa: N801
        line = column = 0

    end_mark = start_mark


def test_alternatives_are_worded_by_the_one_that_was_meant(registry: Registry) -> None:
    params = {"properties": {"x": {"anyOf": [{"type": "string"}, {"type": "number", "minimum": 5}]}}}
    registry = replace(registry, metric_types={"csat": replace(registry.metric_types["csat"], params=params, check=None)})

    def codes(value: object) -> list[str]:
        data = {"entity": {"key": []}, "metrics": {"csat": {"type": "csat", "params": {"x": value}}}}
        return [issue.code for _, issue in shape_issues(data, Spot("a.yaml", None, Nowhere, None), registry)]

    assert codes("a") == codes(7) == []
    assert codes(3) == ["SC108"]
    assert codes([]) == ["SC101"]


def test_what_a_plugins_setting_takes_is_worded_by_its_type_as_its_title_is_a_label(registry: Registry) -> None:
    params = {"properties": {"scale": {"type": "array", "minItems": 2, "maxItems": 2, "title": "scale of ratings"}}}
    settings = {"properties": {"path": {"type": "string"}, "skip": {"type": "integer", "title": "rows to skip"}}}
    registry = replace(
        registry,
        metric_types={"csat": replace(registry.metric_types["csat"], params=params, check=None)},
        sources={"csv": replace(registry.sources["csv"], params=settings)},
    )

    def said(params: object, **source: object) -> list[object]:
        sources = {"surveys": {"type": "csv", "path": "a.csv", **source}}
        data = {"entity": {"key": []}, "sources": sources, "metrics": {"csat": {"type": "csat", "params": params}}}
        return [issue.values["expected"] for _, issue in shape_issues(data, Spot("a.yaml", None, Nowhere, None), registry)]

    assert said({"scale": 5}) == said({"scale": [1, 5, 7]}) == ["a list of 2 entries"]
    assert said({}, skip="one") == ["a whole number"]
    assert said({}, time=7) == ["a column, or {from: column, to: column}"]


@pytest.mark.parametrize(
    "layer_of_nulls",
    [
        {"metrics": {"a": {"thresholds": {"amber": None}}}},
        {"metrics": {"a": None}, "groups": {"g": {"weight": None}}},
        {"sources": {"s": {"columns": {"c": None}, "values": {"c": None}}}},
        {"segments": {"s": {"metrics": {"a": {"thresholds": {"amber": None}}}}}, "rules": {"r": None}},
        {"cases": {"c": {"given": {"a": None}}, "d": None}, "ignore": {"SC813": None}},
    ],
    ids=str,
)
def test_the_published_schema_lets_a_layer_take_anything_away(layer_of_nulls: dict[str, Any], registry: Registry) -> None:
    assert list(Draft202012Validator(schema_for(registry)).iter_errors(layer_of_nulls)) == []
