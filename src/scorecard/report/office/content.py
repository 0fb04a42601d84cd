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
_NARROW, _WIDEST = 18, 64
"""columns of letters"""
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
        """How wide its columns are in a room, where a letter takes so much: the narrow ones as they need, the others share the rest."""
        longest = [max((width(text_of(row[place])) for row in self.rows), default=0) for place in range(len(self.heads))]
        words = [max(map(width, head.name.split(" "))) + 1 for head in self.heads]
        letters = [max(min(text, _WIDEST), word) for text, word in zip(longest, words, strict=True)]
        wanted = [count * letter + margin for count in letters]
        flexible = [count > _NARROW for count in letters] if any(count > _NARROW for count in letters) else [True] * len(letters)
        rest = room - sum(each for each, shares in zip(wanted, flexible, strict=True) if not shares)
        shared = sum(each for each, shares in zip(wanted, flexible, strict=True) if shares)
        return [each * rest / shared if shares else each for each, shares in zip(wanted, flexible, strict=True)]


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
