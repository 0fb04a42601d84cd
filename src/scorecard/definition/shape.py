"""Shape: JSON Schemas compiled to closures that answer, quickly, whether plain data fit. They word nothing.

A schema with a keyword that is not listed here always answers no; the caller then asks the full validator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Check = Callable[[Any], bool]

_ANNOTATIONS = frozenset(
    {"title", "description", "default", "examples", "$comment", "$schema", "$defs", "deprecated", "readOnly", "writeOnly", "format"}
    | {"enumDescriptions"}
)
_OF_OBJECTS = frozenset(
    {"properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties", "maxProperties"}
    | {"dependentRequired"}
)
_OF_LISTS = frozenset({"items", "prefixItems", "minItems", "maxItems", "uniqueItems"})
_OF_TEXTS = frozenset({"minLength", "maxLength", "pattern"})
_OF_NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_OF_ALL = frozenset({"type", "const", "enum", "$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"})
KEYWORDS = _ANNOTATIONS | _OF_OBJECTS | _OF_LISTS | _OF_TEXTS | _OF_NUMBERS | _OF_ALL

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int, float),
    "object": (dict,),
    "array": (list,),
    "boolean": (bool,),
    "null": (type(None),),
}


def compile_shape(schema: Mapping[str, Any]) -> Check:
    """A function from plain data (dict, list, str, int, float, bool, None) to whether they fit the schema."""
    return _Compiler(schema).check(schema)


def _yes(_: Any) -> bool:
    return True


def _no(_: Any) -> bool:
    return False


class _Compiler:
    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self.references: dict[str, Check | None] = {}

    def check(self, schema: Any) -> Check:
        if isinstance(schema, bool):
            return _yes if schema else _no
        if not KEYWORDS.issuperset(schema):
            return _no
        checks = [check for check in (self._by_type(schema), *self._of_all(schema)) if check is not _yes]
        return _all(checks)

    def _by_type(self, schema: Mapping[str, Any]) -> Check:
        """One check per Python type; a type that is not allowed has none."""
        named = schema.get("type", list(_TYPES))
        named = [named] if isinstance(named, str) else named
        found: dict[type, Check] = {}
        for name in named:
            for python in _TYPES[name]:
                if name == "integer" and python is float:
                    found.setdefault(float, _all([float.is_integer, _numbers(schema)]))
                else:
                    found[python] = self._of_type(python, schema)
        if len(found) == len({python for types in _TYPES.values() for python in types}) and all(check is _yes for check in found.values()):
            return _yes

        def by_type(value: Any) -> bool:
            check = found.get(type(value))
            return check is not None and (check is _yes or check(value))

        return by_type

    def _of_type(self, python: type, schema: Mapping[str, Any]) -> Check:
        if python is dict:
            return self._objects(schema) if not _OF_OBJECTS.isdisjoint(schema) else _yes
        if python is list:
            return self._lists(schema) if not _OF_LISTS.isdisjoint(schema) else _yes
        if python is str:
            return _texts(schema)
        return _numbers(schema) if python in (int, float) else _yes

    def _of_all(self, schema: Mapping[str, Any]) -> list[Check]:
        checks: list[Check] = []
        if "$ref" in schema:
            checks.append(self._reference(schema["$ref"]))
        if "const" in schema:
            checks.append(_one_of([schema["const"]]))
        if "enum" in schema:
            checks.append(_one_of(schema["enum"]))
        if "allOf" in schema:
            checks.append(self._switch(schema["allOf"]) or _all([self.check(part) for part in schema["allOf"]]))
        if "anyOf" in schema:
            parts = [self.check(part) for part in schema["anyOf"]]
            checks.append(lambda value: any(part(value) for part in parts))
        if "oneOf" in schema:
            ones = [self.check(part) for part in schema["oneOf"]]
            checks.append(lambda value: sum(part(value) for part in ones) == 1)
        if "not" in schema:
            unwanted = self.check(schema["not"])
            checks.append(lambda value: not unwanted(value))
        if "if" in schema:
            given, then, other = self.check(schema["if"]), self.check(schema.get("then", True)), self.check(schema.get("else", True))
            checks.append(lambda value: then(value) if given(value) else other(value))
        return checks

    def _switch(self, parts: Sequence[Any]) -> Check | None:
        """A list of `if key is this then …` over one key as a single look-up; None for any other list."""
        key: str | None = None
        branches: dict[str, Check] = {}
        for part in parts:
            match part:
                case {"if": {"properties": dict() as named, "required": [str() as required]}, "then": then} if len(part) == 2:
                    if set(named) != {required} or set(named[required]) != {"const"} or key not in (None, required):
                        return None
                    wanted = named[required]["const"]
                    if not isinstance(wanted, str) or wanted in branches:
                        return None
                    key, branches[wanted] = required, self.check(then)
                case _:
                    return None

        def switch(value: Any) -> bool:
            chosen = value.get(key) if type(value) is dict else None
            check = branches.get(chosen) if type(chosen) is str else None
            return check is None or check(value)

        return switch

    def _reference(self, reference: str) -> Check:
        known = self.references.get(reference)
        if known is not None:
            return known
        if reference in self.references:

            def later(value: Any) -> bool:
                return (self.references[reference] or _no)(value)

            return later
        self.references[reference] = None
        check = self.check(_resolve(self.root, reference))
        self.references[reference] = check
        return check

    def _objects(self, schema: Mapping[str, Any]) -> Check:
        properties = {key: self.check(part) for key, part in schema.get("properties", {}).items()}
        patterns = [(re.compile(pattern).search, self.check(part)) for pattern, part in schema.get("patternProperties", {}).items()]
        extra = self.check(schema.get("additionalProperties", True))
        names = self.check(schema["propertyNames"]) if "propertyNames" in schema else None
        required = tuple(schema.get("required", ()))
        least, most = schema.get("minProperties", 0), schema.get("maxProperties")
        needs = schema.get("dependentRequired", {})

        def objects(value: dict[str, Any]) -> bool:
            for key in required:
                if key not in value:
                    return False
            if len(value) < least or (most is not None and len(value) > most):
                return False
            for key, part in value.items():
                if names is not None and not names(key):
                    return False
                check = properties.get(key)
                if check is not None:
                    if not check(part):
                        return False
                    listed = True
                else:
                    listed = False
                for matches, pattern_check in patterns:
                    if matches(key):
                        listed = True
                        if not pattern_check(part):
                            return False
                if not listed and not extra(part):
                    return False
            return all(other in value for key, others in needs.items() if key in value for other in others)

        return objects

    def _lists(self, schema: Mapping[str, Any]) -> Check:
        first = [self.check(part) for part in schema.get("prefixItems", ())]
        rest = self.check(schema.get("items", True))
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        unique = schema.get("uniqueItems", False)

        def lists(value: list[Any]) -> bool:
            if len(value) < least or (most is not None and len(value) > most):
                return False
            if unique and not _all_different(value):
                return False
            return all((first[index] if index < len(first) else rest)(part) for index, part in enumerate(value))

        return lists


def _all(checks: list[Check]) -> Check:
    checks = [check for check in checks if check is not _yes]
    if not checks:
        return _yes
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        first, second = checks
        return lambda value: first(value) and second(value)
    return lambda value: all(check(value) for check in checks)


def _texts(schema: Mapping[str, Any]) -> Check:
    checks: list[Check] = []
    if "minLength" in schema:
        least = schema["minLength"]
        checks.append(lambda value: len(value) >= least)
    if "maxLength" in schema:
        most = schema["maxLength"]
        checks.append(lambda value: len(value) <= most)
    if "pattern" in schema:
        pattern = schema["pattern"]
        checks.append(lambda value: re.search(pattern, value) is not None)  # compiled when a text is there to match, and kept by re
    return _all(checks)


def _numbers(schema: Mapping[str, Any]) -> Check:
    checks: list[Check] = []
    if "minimum" in schema:
        least = schema["minimum"]
        checks.append(lambda value: value >= least)
    if "maximum" in schema:
        most = schema["maximum"]
        checks.append(lambda value: value <= most)
    if "exclusiveMinimum" in schema:
        above = schema["exclusiveMinimum"]
        checks.append(lambda value: value > above)
    if "exclusiveMaximum" in schema:
        under = schema["exclusiveMaximum"]
        checks.append(lambda value: value < under)
    return _all(checks)


def _one_of(allowed: Sequence[Any]) -> Check:
    if any(isinstance(each, (dict, list)) for each in allowed):
        return _no
    known = {(isinstance(each, bool), each) for each in allowed}
    return lambda value: not isinstance(value, (dict, list)) and (isinstance(value, bool), value) in known


def _all_different(values: list[Any]) -> bool:
    try:
        return len({(isinstance(each, bool), each) for each in values}) == len(values)
    except TypeError:
        return False


def _resolve(root: Mapping[str, Any], reference: str) -> Any:
    """The part of `root` that a reference such as `#/$defs/text` names."""
    found: Any = root
    for step in reference.removeprefix("#").split("/")[1:]:
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return found
