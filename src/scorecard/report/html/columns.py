"""Columns of texts and numbers as a page holds them: short, and read back by the place of a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FEW = 0.5
"""of the rows, up to which different entries are told once and named by their place"""


def packed(column: Sequence[Any]) -> Any:
    """`{"all": x}` where every row has the same, `{"of": [...], "at": [...]}` where few are different, else the entries as they are."""
    places: dict[Any, int] = {}
    at = [places.setdefault(entry, len(places)) for entry in column]
    if len(places) == 1:
        return {"all": column[0]}
    return {"of": list(places), "at": at} if len(places) < FEW * len(column) else list(column)


class Column:
    """A fact of every row, filled in as the rows are worked out; None where there is none."""

    def __init__(self, rows: int) -> None:
        self.entries: list[Any] = [None] * rows

    def put(self, rows: Sequence[int], entries: Sequence[Any]) -> None:
        for row, entry in zip(rows, entries, strict=True):
            self.entries[row] = entry

    def add(self, row: int, line: str) -> None:
        """One more line of a row."""
        before = self.entries[row]
        self.entries[row] = line if before is None else f"{before}\n{line}"

    def packed(self) -> Any:
        return packed(self.entries)

    def __getitem__(self, row: int) -> Any:
        return self.entries[row]

    def __len__(self) -> int:
        return len(self.entries)
