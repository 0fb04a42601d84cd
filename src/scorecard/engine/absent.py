"""A source that need not be there and is not: it has every column that is asked of it, and no records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind

V = TypeVar("V")


class Whatever(Mapping[str, V]):
    """A mapping that has every name."""

    def __init__(self, value: Callable[[str], V]) -> None:
        self._value = value

    def __getitem__(self, name: str) -> V:
        return self._value(name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Nothing:
    """The data of a source that is not there."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def columns(self) -> Mapping[str, Kind]:
        return Whatever(lambda _: Kind.ANY)

    @property
    def origin(self) -> str:
        return Phrase("{source}, left out", source=self._name)

    def read(self, wanted: Mapping[str, Kind]) -> Any:
        import pyarrow as pa

        return pa.table({name: pa.array([], pa.string()) for name in wanted})

    def fingerprint(self) -> str:
        return "left out"

    def locate(self, row: int) -> str:
        return Phrase("{origin}, row {row}", origin=self.origin, row=row)
