"""What a plugin hands over: frozen records, standard library only.

A record names its arithmetic as `"package.module:function"`, imported on first use, so that listing plugins and
validating definitions stay light. A callable is taken as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from scorecard.model.action import Action
from scorecard.model.formula import Kind
from scorecard.model.text import Text

Reference = str | Callable[..., Any]
"""`"package.module:function"`, or the function itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A side of a metric that is told beside its value and never scored: the questions of a survey, the mix of channels.

    `parts` gives each part its formula; of a metric type that is a function, the column of its answer.
    """

    title: Text
    parts: Mapping[str, str]
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricType:
    """A named calculation: a formula template, or a function over the records of a window.

    `formula(params)` returns the text of a measure, fused with all others into one pass.
    `function(records, window, params)` gets a narwhals frame with a column `entity` (int) and the asked columns, a
    `(start, end)` pair of naive datetimes (None = no limit) and the params; it returns a frame with `entity`, `value`.
    Exactly one of the two is given. `columns(params)` names the columns a function reads and their kinds.
    `aspects(params)` gives what more than the value is to be told, by id; its formulas join the same pass.
    `actions` say what can be done where a metric is short of its target; the first that fits is given, so the urgent come first.
    """

    id: str
    title: Text
    params: Mapping[str, Any]
    doc: str
    formula: Callable[[Mapping[str, Any]], str] | None = None
    function: Reference | None = None
    columns: Callable[[Mapping[str, Any]], Mapping[str, Kind]] | None = None
    unit: str | None = None
    better: Literal["higher", "lower"] = "higher"
    check: Callable[[Mapping[str, Any]], Iterable[str]] | None = None
    """what is wrong with params that their schema cannot say, as sentences"""
    aspects: Callable[[Mapping[str, Any]], Mapping[str, Aspect]] | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a source did to its data while it read them, to be told beside the result: the code of a sentence, its values."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class SourceData(Protocol):
    """An opened source: what it has, and a way to read only what is asked.

    One that mends or leaves out anything also has `remarks() -> Iterable[Remark]`, asked for after it was read. One that may
    have more records than memory also has `blocks(wanted) -> Iterator[frame]`: what `read` gives, in parts one below the other,
    at least one. Where it is, it is asked instead of `read`, unless all records are needed at once; `fingerprint` and `locate`
    are asked for after the last block, and of the same rows. A column may have several types in the parts; where it does,
    it becomes numbers if all of them are, else texts.
    """

    @property
    def columns(self) -> Mapping[str, Kind]:
        """The columns by their own names; `Kind.ANY` where the type is not known before reading."""
        ...

    @property
    def origin(self) -> str:
        """What people call it: `data/tickets.csv`, `orders.xlsx, sheet 2026`; never a secret."""
        ...

    def read(self, wanted: Mapping[str, Kind]) -> Any:
        """A frame that narwhals takes, with at least the wanted columns (own names), text where a value is no number."""
        ...

    def fingerprint(self) -> str:
        """A hash that changes when the data change."""
        ...

    def locate(self, row: int) -> str:
        """Where row `row` (from 0) of the frame came from: `data/a.csv, row 18`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRequest:
    """What a source is opened with. `settings` keep no `${NAME}`; relative paths are relative to `folder`."""

    settings: Mapping[str, Any]
    folder: str
    nulls: tuple[str, ...] = ()
    """cells that mean nothing, besides blanks"""
    spellings: tuple[tuple[str, ...], ...] = ()
    """names that mean one column; of several files each may use another"""
    span: tuple[datetime | None, datetime | None] = (None, None)
    """from when to when records are read at all, the end not included; None where that is open"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceType:
    """A kind of place records come from. `open(request: SourceRequest) -> SourceData`."""

    id: str
    title: Text
    params: Mapping[str, Any]
    doc: str
    open: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """A way to write an evaluation. `write(evaluation, options) -> Iterable[bytes]`; `suffixes` choose it by file name.

    `before` says how many earlier periods it tells of as well; they are in `evaluation.results` and not among those shown. `traced`
    says that it tells of everybody how the score came about or what would help: what is computed on the way is kept for it.
    """

    id: str
    title: Text
    doc: str
    write: Reference
    suffixes: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    before: int = 0
    traced: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """A record that is imported when it is first asked for: its id, and where it is, as `"package.module:NAME"`.

    A plugin with many records starts quicker so. The id must be the record's own.
    """

    id: str
    record: str


class SourceError(Exception):
    """What a source raises when it cannot be opened or read; `values` fill the sentence of `code`."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)
