"""An opened source behind a guard: what its plugin raises or gives against the contract is an issue of that source."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import narwhals as nw

from scorecard.engine.environment import hidden
from scorecard.errors import DataError
from scorecard.hooks.contracts import Remark, SourceData, SourceError
from scorecard.hooks.guard import RaisedError, guarded
from scorecard.language.catalogue import codes
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind
from scorecard.model.issue import Issue, Level
from scorecard.model.source import Source

T = TypeVar("T")
_END = object()


class ContractError(Exception):
    """Something a source gave is not what its contract says; the problem goes on from "the source type"."""

    def __init__(self, problem: Phrase) -> None:
        self.problem = problem
        super().__init__(problem)


@contextmanager
def within(source: Source, secrets: frozenset[str]) -> Iterator[None]:
    """Turns whatever a source raises into a DataError at its place, with nothing in it that came from the environment."""
    try:
        with guarded():
            try:
                yield
            except ContractError as error:
                raise SourceError("SC605", reason="contract", type=source.type, problem=error.problem) from None
    except SourceError as error:
        if error.code in codes():
            raise failed(source, error.code, error.values, secrets) from None
        raise failed(source, "SC605", {"type": source.type, "error": f"SourceError: {error.code}"}, secrets) from None
    except RaisedError as error:
        raise failed(source, "SC605", {"type": source.type, "error": error.said}, secrets) from error.__cause__


def failed(source: Source, code: str, values: Mapping[str, object], secrets: frozenset[str]) -> DataError:
    return DataError([Issue(code=code, place=source.place, values={"source": source.id, **hidden(values, secrets)})])


@dataclass(frozen=True, slots=True)
class GuardedData:
    """The data of a source whose plugin need not be trusted. Every member raises DataError."""

    data: SourceData
    source: Source
    secrets: frozenset[str]

    @property
    def columns(self) -> Mapping[str, Kind]:
        def check(columns: object) -> Mapping[str, Kind]:
            if not isinstance(columns, Mapping) or not all(isinstance(k, str) and isinstance(v, Kind) for k, v in columns.items()):
                raise ContractError(Phrase("names its columns in no mapping of names to kinds"))
            return columns

        return self._asked(lambda: check(self.data.columns))

    @property
    def origin(self) -> str:
        return self._text("origin", lambda: self.data.origin)

    def read(self, wanted: Mapping[str, Kind]) -> Any:
        """A frame that has the wanted columns."""
        return self._asked(lambda: _with_columns(self.data.read(wanted), wanted))

    def blocks(self, wanted: Mapping[str, Kind]) -> Generator[Any]:
        """Frames that have the wanted columns, at least one; all records as one where the source gives no blocks."""
        ask = getattr(self.data, "blocks", None)
        if ask is None:
            yield self.read(wanted)
            return
        given = self._asked(lambda: iter(ask(wanted)))
        try:
            yield self._asked(lambda: _with_columns(next(given, None), wanted))
            while (block := self._asked(lambda: next(given, _END))) is not _END:
                yield self._asked(lambda block=block: _with_columns(block, wanted))  # type: ignore[misc]
        finally:
            if isinstance(given, Generator):
                given.close()

    def fingerprint(self) -> str:
        return self._text("fingerprint", self.data.fingerprint)

    def locate(self, row: int) -> str:
        return self._text("locate", lambda: self.data.locate(row))

    def remarks(self) -> tuple[Issue, ...]:
        """What the source did to its data, told as issues that inform."""
        ask = getattr(self.data, "remarks", None)
        if ask is None:
            return ()

        def check(given: object) -> tuple[Remark, ...]:
            remarks = tuple(given) if isinstance(given, Iterable) else (given,)
            if not all(isinstance(one, Remark) and one.code in codes() for one in remarks):
                raise ContractError(Phrase("gave a remark that is none, or whose code has no sentence"))
            return cast("tuple[Remark, ...]", remarks)

        found = self._asked(lambda: check(ask()))
        place, named = self.source.place, {"source": self.source.id}
        return tuple(
            Issue(code=one.code, place=place, level=Level.INFO, values={**named, **hidden(one.values, self.secrets)}) for one in found
        )

    def _text(self, member: str, ask: Callable[[], object]) -> str:
        def check(given: object) -> str:
            if not isinstance(given, str):
                raise ContractError(Phrase("gave {kind} as its {member} where a text is due", kind=type(given).__name__, member=member))
            return given

        return cast("str", hidden({member: self._asked(lambda: check(ask()))}, self.secrets)[member])

    def _asked(self, ask: Callable[[], T]) -> T:
        with within(self.source, self.secrets):
            return ask()


def _with_columns(native: Any, wanted: Mapping[str, Kind]) -> Any:
    """What a source gave, if it is a frame with the wanted columns."""
    try:
        names = nw.from_native(native).collect_schema().names()
    except TypeError:
        raise ContractError(Phrase("gave {kind} where a frame is due", kind=type(native).__name__)) from None
    if missing := [name for name in wanted if name not in names]:
        raise ContractError(Phrase("gave a frame without the column '{column}' that it was asked for", column=missing[0]))
    return native
