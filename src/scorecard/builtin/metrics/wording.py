"""Params put into the text of a formula, and the schemas that several metric types share."""

from __future__ import annotations

import keyword
from collections.abc import Iterable
from typing import Any

_NOT_BARE = frozenset({"true", "false", "null", *keyword.kwlist})


def column(name: str) -> str:
    """A column as a formula names it: bare where its name is an identifier, else `col("…")`."""
    if name.isidentifier() and name not in _NOT_BARE:
        return name
    return f"col({text(name)})"


def text(words: str) -> str:
    """Words as a formula writes them."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def one_of(words: Iterable[str]) -> str:
    """A list of words as a formula writes it."""
    return f"[{', '.join(text(word) for word in words)}]"


def number(value: float) -> str:
    """A number as a formula writes it."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def a_column(title: str, description: str) -> dict[str, Any]:
    """The schema of a param that names a column."""
    return {"type": "string", "minLength": 1, "title": title, "description": description}


def a_metric(title: str, description: str) -> dict[str, Any]:
    """The schema of a param that names another metric."""
    return {"type": "string", "pattern": r"^[^\W\d]\w*$", "title": title, "description": description}


def options(required: tuple[str, ...] = (), **properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of params: these and no others."""
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}
