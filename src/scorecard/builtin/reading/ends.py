"""Where a table begins and ends among the rows that people put around it: titles above, totals and notes below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from statistics import median

from scorecard.hooks.contracts import Remark
from scorecard.language.phrase import Phrase

Row = Sequence[object]
LOOKED_AT = 100
"""rows that tell how wide the table is"""
MOST_BELOW = 20
"""rows at the end that may be no records"""
MOST_SHOWN = 60
"""characters of a row in a remark"""
_TOTAL = re.compile(r"(?:grand |sub-?)?(?:totals?|sum)|(?:合|总|小|共)计|总和|汇总|合计金额|平均(?:值)?|average|mean", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:(?:备|附)?注|说明|制表|编制|审核|填表|数据来源|(?:合|总|小|共)计|notes?|source|prepared|remarks?|totals?)(?:人|日期| by)?\s*:"
    r"|(?:合|总|共)?[计共]\s*[\d,]+\s*[条行项个笔家户人]",
    re.IGNORECASE,
)


def header_place(rows: Sequence[Row]) -> int | None:
    """The place of the row with the names: the first that is not blank, nor one of the titles above it; None if all are blank.

    A title stands in one merged cell, a line about the units in two or three: rows that fill no more than half of the table's
    usual width. A table of two columns has no title, since a name may be missing.
    """
    widths = [filled(row) for row in rows[:LOOKED_AT]]
    usual = median([width for width in widths if width] or [0])
    least = usual / 2 if usual > 2 else 0
    return next((place for place, width in enumerate(widths) if width > least), None)


def shown(row: Row) -> str:
    """What a row says, shortened."""
    words = " ".join(str(cell) for cell in row if _text(cell))
    words = " ".join(words.split())
    return words if len(words) <= MOST_SHOWN else f"{words[: MOST_SHOWN - 1]}…"


def rows_below(rows: Sequence[Row]) -> list[int]:
    """The places of the rows at the end that are no records, ascending: totals, and the notes below or among them.

    A row is a total where its first filled cell is a word for that, a note where it has one cell that begins as notes do.
    """
    found: list[int] = []
    for place in range(len(rows) - 1, max(len(rows) - 1 - MOST_BELOW, -1), -1):
        if filled(rows[place]) and not is_total(rows[place]) and not _is_note(rows[place]):
            break
        if filled(rows[place]):
            found.append(place)
    return found[::-1]


def said_of(origin: str, header: int, above: Sequence[Row], below: Sequence[tuple[int, Row]]) -> Iterator[Remark]:
    """What is told of rows that are no records: what stands above the header, in row `header`, and totals and notes below."""
    if above:
        yield Remark("SC680", {"origin": origin, "row": header, "words": [shown(row) for row in above]})
    if below:
        words = [Phrase("row {row}: {words}", row=number, words=shown(row)) for number, row in below]
        yield Remark("SC681", {"origin": origin, "count": len(below), "words": words})


def filled(row: Row) -> int:
    """How many cells hold something."""
    return sum(1 for cell in row if _text(cell))


def is_total(row: Row) -> bool:
    """Whether a row sums the rows above it: its first filled cell is a word for that, whether or not its sums were filled in."""
    texts = [text for cell in row if (text := _text(cell))]
    return bool(texts) and _TOTAL.fullmatch(texts[0].rstrip(":").strip()) is not None


def _is_note(row: Row) -> bool:
    texts = [text for cell in row if (text := _text(cell))]
    return len(texts) == 1 and _NOTE.match(texts[0]) is not None


def _text(cell: object) -> str:
    """What a cell shows, in plain characters and without spaces between Chinese ones."""
    if cell is None:
        return ""
    plain = unicodedata.normalize("NFKC", str(cell)).strip()
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", plain)
