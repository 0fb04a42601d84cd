"""`${NAME}` and `${NAME:-default}` in the settings of sources; their values never leave this process's memory."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

REFERENCE = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\}")
HIDDEN = "•••"
LEAST = 4
"""a shorter part of a url is hidden only with the whole"""


class UnsetError(Exception):
    """An environment variable without a default is not set."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def filled_in(settings: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The settings with the references replaced, and the values that must not be shown. Raises UnsetError."""
    secrets: set[str] = set()

    def fill(value: Any) -> Any:
        if isinstance(value, str):
            return REFERENCE.sub(lambda found: look_up(found["name"], found["default"]), value)
        if isinstance(value, Mapping):
            return {key: fill(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [fill(item) for item in value]
        return value

    def look_up(name: str, default: str | None) -> str:
        value = os.environ.get(name, default)
        if value is None:
            raise UnsetError(name)
        if name in os.environ and value:
            secrets.update(parts_of(value))
        return value

    return {key: fill(value) for key, value in settings.items()}, frozenset(secrets)


def parts_of(secret: str) -> frozenset[str]:
    """A value and what it is made of: of a url the user, the password, the path and the options, not the dialect."""
    _, mark, rest = secret.partition("://")
    pieces = [piece for between in (r"[/?&=;]+", r"[/\\:@?&=;,\s]+") for piece in re.split(between, rest)] if mark else []
    return frozenset({secret, *(piece for piece in pieces if len(piece) >= LEAST)})


def hidden(values: Mapping[str, object], secrets: frozenset[str]) -> dict[str, object]:
    """The values of an issue without any of the values that came from the environment, lists of texts included."""
    longest_first = sorted(secrets, key=len, reverse=True)

    def hide(value: object) -> object:
        if isinstance(value, str):
            for secret in longest_first:
                if secret in value:
                    value = value.replace(secret, HIDDEN)
            return value
        return [hide(item) for item in value] if isinstance(value, (list, tuple)) else value

    return {key: hide(value) for key, value in values.items()}
