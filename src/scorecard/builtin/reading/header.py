"""The row with the names of the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scorecard.hooks.contracts import SourceError


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, in place; one without a name is None. `where` is the file, and the sheet."""

    names: tuple[str | None, ...]
    where: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names, each once."""
        return tuple(dict.fromkeys(name for name in self.names if name is not None))

    def position(self, name: str) -> int:
        """The place of a column. Raises SourceError where two columns have its name."""
        if Counter(self.names)[name] > 1:
            raise SourceError("SC624", name=name, origin=self.where)
        return self.names.index(name)


def header_of(cells: Sequence[object], where: str) -> Header:
    """The header in a row: names without spaces around them and with line breaks as spaces. Raises SourceError if all are blank."""
    names = tuple(" ".join(str(cell).replace("\ufeff", "").split()) if cell is not None else "" for cell in cells)
    if not any(names):
        raise SourceError("SC623", origin=where)
    return Header(tuple(name or None for name in names), where)
