"""Where records come from, how they are read, and what they must be like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scorecard.model.formula import Formula
from scorecard.model.issue import Level, Place
from scorecard.model.period import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """One entry of a source's `columns`: our name <- the first of `spellings` that the data have."""

    name: str
    spellings: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    type: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpivot:
    """Columns across the top become rows: `columns` (names, or one regular expression) -> `name` and `value`."""

    columns: tuple[str, ...] = ()
    matching: str | None = None
    name: str = "name"
    value: str = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Columns that a source takes from another one: from its one row that agrees in all columns of `on`, by our names."""

    to: str
    on: tuple[str, ...]
    columns: tuple[str, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnExpected:
    """What is expected of one column of a source: that it is there, and more."""

    name: str
    between: tuple[float | None, float | None] = (None, None)
    among: tuple[str, ...] | None = None
    nulls: float | None = None
    """the largest share of cells without a value"""
    unique: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a source's records must be like (`expect:`). With `level` warning what is not as expected is only said."""

    rows: tuple[int | None, int | None] = (None, None)
    """at least and at most so many"""
    fresh: Window | None = None
    """the last record lies within this stretch before the period's end"""
    unique: tuple[str, ...] = ()
    """columns that no two records share"""
    columns: tuple[ColumnExpected, ...] = ()
    records: Mapping[str, Formula] = field(default_factory=dict)
    """conditions by name that fail for no record"""
    level: Level = Level.ERROR
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where records come from. `settings` are the keys of its type, environment references still in place."""

    id: str
    type: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    time: str | None = None
    time_to: str | None = None
    """the column with the end, for records with a from and a to"""
    columns: tuple[ColumnSpec, ...] = ()
    where: Formula | None = None
    nulls: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unpivot: Unpivot | None = None
    join: tuple[Join, ...] = ()
    expect: Expected | None = None
    required: bool = True
    """without it a source that cannot be read, or is not as expected, counts as one without records"""
    folder: str = "."
    """the folder of the file that names it; its paths are relative to that"""
    place: Place | None = None
