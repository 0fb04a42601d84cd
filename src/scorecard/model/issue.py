"""A located problem in a definition, a plugin or data, with a stable code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: lines and columns count from 1, in characters."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def within(self, start: int, end: int) -> Place:
        """The part of a one-line scalar from character `start` to `end`."""
        return Place(self.file, self.line, self.column + start, max(1, end - start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Code, place and named values; the sentence is made in `language` when printed.

    `values` are strings, numbers or lists of strings (`did_you_mean`, `allowed`).
    `source_line` is the line the caret is printed under.
    """

    code: str
    place: Place | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    level: Level = Level.ERROR
    source_line: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What two issues share that say the same of one place."""
        return self.code, self.place, str(sorted(self.values.items()))
