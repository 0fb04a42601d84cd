"""Where in a JSON value something is: keys with points between them, or a JSON pointer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AstrayError(Exception):
    """A way leads nowhere: the step that is not there, and the keys that are."""

    def __init__(self, step: str, allowed: list[str]) -> None:
        self.step = step
        self.allowed = allowed
        super().__init__(step)


def follow(value: Any, way: str) -> Any:
    """What a way leads to; the whole for the empty way. A number is a place in a list, from 0. Raises AstrayError."""
    for step in steps_of(way):
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            raise AstrayError(step, list(value) if isinstance(value, Mapping) else [])
    return value


def found(value: Any, way: str) -> Any:
    """What a way leads to; None where it leads nowhere."""
    try:
        return follow(value, way)
    except AstrayError:
        return None


def steps_of(way: str) -> list[str]:
    """`data.items` or `/data/items` (RFC 6901) as its steps; none where the whole is meant."""
    if way.startswith("/"):
        return [step.replace("~1", "/").replace("~0", "~") for step in way[1:].split("/")]
    return way.split(".") if way else []
