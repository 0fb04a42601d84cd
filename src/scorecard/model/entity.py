"""Who gets a score, and what people call what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scorecard.model.formula import Formula
from scorecard.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What people call an attribute and its values; `values` by the value as a text: `strategic`, `3`, `true`."""

    title: Text = field(default_factory=Text)
    values: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who gets a score. `key: []` is the whole portfolio."""

    key: tuple[str, ...]
    roster: str | None = None
    attributes: tuple[str, ...] = ()
    called: Mapping[str, Naming] = field(default_factory=dict)
    """by attribute, where the definition says more than its column"""
    where: Formula | None = None
