"""What stands on the pages of a report for a meeting, before it is a document or slides: titles, sentences, figures, tables, charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scorecard.describe import width
from scorecard.report.charts.picture import Picture
from scorecard.report.texts import NOTHING


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands large: what it is, and a note on it."""

    number: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, and whether it holds numbers."""

    name: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Banded:
    """A text that names a band, with the band's colour."""

    text: str
    color: str


Cell = str | Banded
MARK = "■\N{NO-BREAK SPACE}"
_NARROW, _WIDEST = 16, 64
"""letters: of a word that is not broken, and of a text that is not wrapped"""
FIRST, SECOND = "first", "second"
"""the colour of the template, and a light shade of it"""


def text_of(cell: Cell) -> str:
    """What a cell says, with a mark where it has the colour of a band."""
    return f"{MARK}{cell.text}" if isinstance(cell, Banded) else cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under heads."""

    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""

    def widths(self, room: float, letter: float, margin: float) -> list[float]:
        """How wide its columns are in a room, where a letter takes so much: their longest words, and the rest by what they would need."""
        least, most = ([count * letter + margin for count in each] for each in self._letters())
        if sum(most) <= room or sum(least) >= room:
            known = most if sum(most) <= room else least
            return [own * room / sum(known) for own in known]
        part = (room - sum(least)) / (sum(most) - sum(least))
        return [low + (high - low) * part for low, high in zip(least, most, strict=True)]

    def breaks(self, room: float, letter: float, margin: float) -> bool:
        """Whether words must be broken to fit into a room."""
        return sum(count * letter + margin for count in self._letters()[0]) > room

    def _letters(self) -> tuple[list[int], list[int]]:
        """For each column the letters of its longest word and of its longest text."""
        texts = [[head.name, *(text_of(row[place]) for row in self.rows)] for place, head in enumerate(self.heads)]
        words = [
            max(min(width(word), _NARROW) for text in own for word in (text.split(" ") if text.isascii() else [text])) for own in texts
        ]
        words = [max(word, width(max(own[0].split(" "), key=width)) + 1) for word, own in zip(words, texts, strict=True)]
        wholes = [max(word, min(max(map(width, own[1:]), default=0), _WIDEST)) for word, own in zip(words, texts, strict=True)]
        return words, wholes


def table_of(heads: Sequence[Head], rows: Sequence[Sequence[Cell]], caption: str = "") -> Table:
    """A table without the columns in which nobody has anything."""
    kept = [place for place in range(len(heads)) if not rows or any(row[place] != NOTHING for row in rows)]
    return Table(heads=[heads[place] for place in kept], rows=[[row[place] for place in kept] for row in rows], caption=caption)


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that are drawn in one colour, None where there is nothing; `colors` where each has its own.

    A colour is `#1F3A5F`, FIRST or SECOND; without one they are not seen.
    """

    name: str
    numbers: Sequence[float | None]
    color: str | None
    colors: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart that PowerPoint draws itself, and the same as a picture for Word.

    `kind`: columns one upon the other, bars beside each other, bars one behind the other (the first without a colour), or a line.
    """

    kind: str
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    picture: Picture
    decimals: int = 0
    texts: Sequence[str] = ()
    """what stands at the points of the last series, where that is not their number"""
    ends: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page or slide: sentences, then figures, a chart and tables."""

    title: str
    sentences: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    chart: Chart | None = None
    tables: Sequence[Table] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The cover and the pages behind it."""

    title: str
    subtitle: str
    facts: str
    pages: Sequence[Page] = field(default_factory=tuple)
