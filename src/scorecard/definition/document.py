"""What one definition file says, and where each thing in it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorecard.model.issue import Place

Step = str | int
"""One step into plain data: a key of a mapping or an index of a list."""

Where = tuple[Step, ...]
"""The way from the root of a definition to one of its values."""


class Spot:
    """Where one value stands: the parser's events of its key and of the value, turned into places only when asked.

    `children` are the spots of a mapping (by key) or of a list (by index); None for a scalar.
    """

    __slots__ = ("children", "event", "file", "key_event")

    def __init__(self, file: str, key_event: Any, event: Any, children: dict[Step, Spot] | None) -> None:
        self.file = file
        self.key_event = key_event
        self.event = event
        self.children = children

    @property
    def raw(self) -> str | None:
        """The text of a scalar as written, without quotes; None for a mapping or a list."""
        value: str | None = getattr(self.event, "value", None)
        return value

    @property
    def key(self) -> Place | None:
        """The place of the key; None for list entries and the root."""
        return _place(self.file, self.key_event) if self.key_event is not None else None

    @property
    def value(self) -> Place:
        """The place of the value; for a mapping or a list that has a key, the key's."""
        if self.children is not None and self.key_event is not None:
            return _place(self.file, self.key_event)
        return _place(self.file, self.event)

    @property
    def text(self) -> Place:
        """The place of a scalar's first character, behind an opening quote, so that offsets in the text are offsets here.

        Offsets mean nothing in a scalar over several lines; its place is shorter than any formula, which says so.
        """
        place = self.value
        if self.event.start_mark.line != self.event.end_mark.line:
            return Place(place.file, place.line, place.column, 2)
        quoted = getattr(self.event, "style", None) in ("'", '"')
        return Place(place.file, place.line, place.column + 1, max(1, place.length - 2)) if quoted else place

    def at(self, where: Where) -> Spot:
        """The spot at the end of `where`, or the last one on the way that is there."""
        spot = self
        for step in where:
            if spot.children is None or step not in spot.children:
                return spot
            spot = spot.children[step]
        return spot

    def walk(self, where: Where = ()) -> Iterator[tuple[Where, Spot]]:
        """Every value below, with the way to it."""
        for step, child in (self.children or {}).items():
            yield (*where, step), child
            yield from child.walk((*where, step))


NOWHERE = Spot("", None, None, None)
"""the spot of a value that no file holds"""


def _place(file: str, event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Place(file, start.line + 1, start.column + 1, max(1, length))


@dataclass(frozen=True, slots=True)
class Document:
    """One file as plain data, with the spot of every value. `text` has line feeds only.

    `has_gaps`: a value could not be understood and was left out, so what is missing later proves nothing.
    """

    file: str
    text: str
    data: dict[str, Any]
    root: Spot
    has_null: bool = False
    has_gaps: bool = False

    def line(self, number: int) -> str | None:
        """A line of the text, counted from 1."""
        return nth_line(self.text, number)


def nth_line(text: str, number: int) -> str | None:
    """Line `number` of a text, counted from 1; None where there is none."""
    lines = text.split("\n", number)
    return lines[number - 1] if 0 < number <= len(lines) else None
