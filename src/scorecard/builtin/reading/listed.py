"""The list of records inside of a JSON value, each made flat."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from scorecard.builtin.reading.flatten import flat
from scorecard.builtin.reading.way import AstrayError, follow
from scorecard.hooks.contracts import SourceError
from scorecard.language.phrase import Phrase


def parsed(text: str, origin: str, line: int = 1) -> Any:
    """The value of a JSON text that begins on a line. Raises SourceError where it is none."""

    def refuse(word: str) -> NoReturn:
        raise _unreadable(origin, f"{word} is no JSON number")

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise _unreadable(origin, f"{error.msg}, line {line + error.lineno - 1}, column {error.colno}") from None
    except ValueError:
        raise _unreadable(origin, "a number has too many digits") from None
    except RecursionError:
        raise _unreadable(origin, "it nests too deep") from None


def listed(value: Any, way: str, origin: str) -> list[Any]:
    """The list that a way leads to. Raises SourceError where there is none."""
    try:
        there = follow(value, way)
    except AstrayError as astray:
        raise SourceError("SC634", origin=origin, records=way, step=astray.step, allowed=astray.allowed) from None
    if not isinstance(there, list):
        allowed = list(there) if isinstance(there, Mapping) else []
        raise SourceError("SC634", origin=origin, records=way, reason="no_list", allowed=allowed)
    return there


def flattened(record: Any, number: int, origin: str) -> dict[str, Any]:
    """A record as flat columns. Raises SourceError where it is no mapping."""
    if not isinstance(record, Mapping):
        raise _unreadable(origin, Phrase("record {number} is no mapping of column to cell", number=number))
    try:
        return flat(record)
    except ValueError as error:
        raise _unreadable(origin, f"in record {number} {error}") from None


def _unreadable(origin: str, problem: str) -> SourceError:
    return SourceError("SC633", origin=origin, format="JSON", problem=problem)
