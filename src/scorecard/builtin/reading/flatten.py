"""Nested records as flat ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record whose nested mappings are columns with points in their names: `account.id`. Lists stay what they are.

    Raises ValueError where two columns would get one name.
    """
    columns: dict[str, Any] = {}
    for name, value in _columns(record, ""):
        if name in columns:
            raise ValueError(f"two columns are called {name}")
        columns[name] = value
    return columns


def _columns(nested: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in nested.items():
        if isinstance(value, Mapping) and value:
            yield from _columns(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
