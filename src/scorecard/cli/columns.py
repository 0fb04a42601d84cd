"""The columns of a table of entities: what each takes, which of them there is room for, and a line of them without a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rich.cells import cell_len
from rich.text import Text

Justify = Literal["left", "right"]
GAP = 2
_LONG, _SHORT = 32, 20
"""parts of a cell that are longer may be cut, down to the second; below it only the first part is shown"""
ATTRIBUTE = 10
"""attributes are the first to go"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a column takes: everything in it, all parts each cut where it is long, and at least."""

    width: int
    ample: int
    least: int
    dispensable: int
    needed: bool

    def also(self, other: Room) -> Room:
        """The room for further rows as well."""
        width, ample, least = (max(pair) for pair in ((self.width, other.width), (self.ample, other.ample), (self.least, other.least)))
        return replace(self, width=width, ample=ample, least=least, needed=self.needed or other.needed)


@dataclass(slots=True, kw_only=True)
class Column:
    """Some rows of a column; where no row of the table needs it, it is not shown."""

    head: str
    cells: list[list[Text]]
    """for each row its parts; the later ones are left out where there is no room for them"""
    justify: Justify = "left"
    dispensable: int = 0
    """those with the highest number go first where the terminal is narrow; 0 stays"""
    shrinks_to: int | None = None
    needed: bool = True

    @property
    def room(self) -> Room:
        width = max(cell_len(self.head), *(_joined(parts).cell_len for parts in self.cells))
        ample = max(cell_len(self.head), *(_joined(_cut(parts, _LONG)).cell_len for parts in self.cells))
        least = width if self.shrinks_to is None else min(width, self.shrinks_to)
        return Room(width=width, ample=ample, least=least, dispensable=self.dispensable, needed=self.needed)

    def cell(self, row: int, width: int) -> Text:
        """As many parts as a width has room for."""
        parts = self.cells[row]
        if _joined(parts).cell_len <= width or not parts:
            return _joined(parts)
        each = (width - GAP * (len(parts) - 1)) // len(parts)
        return _joined(_cut(parts, each)) if each >= _SHORT else parts[0]


def fitting(width: int, rooms: Sequence[Room]) -> list[tuple[int, int]]:
    """The places of the columns that a width has room for, with their widths; those that can shrink share what is lacking."""
    left = [place for place, room in enumerate(rooms) if room.needed]
    for which in ("ample", "least"):
        while sum(getattr(rooms[place], which) + GAP for place in left) > width:
            goes = max(left, key=lambda place: rooms[place].dispensable)
            if rooms[goes].dispensable < (ATTRIBUTE if which == "ample" else 1):
                break
            left.remove(goes)
    lacking = sum(rooms[place].width + GAP for place in left) - width
    found = []
    for place in reversed(left):
        less = min(max(lacking, 0), rooms[place].width - rooms[place].least)
        lacking -= less
        found.append((place, rooms[place].width - less))
    return found[::-1]


def as_line(cells: Iterable[tuple[Text, int, Justify]]) -> str:
    """Cells beside each other, each cut to its width, without blanks at the end."""
    return (" " * GAP).join(_filled(*cell) for cell in cells).rstrip() + "\n"


def _filled(cell: Text, width: int, justify: Justify) -> str:
    if cell.cell_len > width:
        cell = cell.copy()
        cell.truncate(width, overflow="ellipsis")
    blanks = " " * (width - cell.cell_len)
    return blanks + cell.plain if justify == "right" else cell.plain + blanks


def _cut(parts: Sequence[Text], longest: int) -> Sequence[Text]:
    if all(part.cell_len <= longest for part in parts):
        return parts
    cut = [part.copy() for part in parts]
    for part in cut:
        part.truncate(longest, overflow="ellipsis")
    return cut


def _joined(parts: Sequence[Text]) -> Text:
    return parts[0] if len(parts) == 1 else Text("  ").join(parts)
