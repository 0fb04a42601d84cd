"""The sheet of data quality: what became of the records, how much of each metric was measured, what was found out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import numpy as np

from scorecard.engine.quality import Quality
from scorecard.language.catalogue import sentence
from scorecard.language.phrase import said
from scorecard.model.issue import Issue
from scorecard.model.state import State
from scorecard.report import figures
from scorecard.report.figures import clean
from scorecard.report.labels import node_of, period_of
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.sheet import WIDEST, Sheet
from scorecard.report.workbook.table import Column, Table


def write_quality(book: Book) -> None:
    """Three tables one below the other: sources, metrics, notes."""
    sheet = book.sheet("quality")
    next = _sources(book, sheet)
    next = _measured(book, sheet, next)
    _notes(book, sheet, next)
    sheet.finish()


def _sources(book: Book, sheet: Sheet) -> int:
    say = book.say
    columns = [Column(say(f"head.{key}"), book.text) for key in ("source", "origin")]
    columns += [Column(say(f"head.{key}"), book.count) for key in ("rows", "records", "used")]
    columns += [Column(say("head.left_out"), book.wrapped)]
    columns += [Column(say("head.duplicates"), book.count), *(Column(say(f"head.{key}"), book.moment, 16) for key in ("first", "last"))]
    table = Table(sheet, "sources", columns, book)
    for one in book.evaluation.quality:
        counted = (one.rows, one.records, one.used)
        ends = (one.first, one.last)
        cells = [one.source, clean(said(one.origin, book.language)), *counted, _left_out(book, one), one.duplicates, *ends]
        table.add(cells, {7 + place: book.day for place, end in enumerate(ends) if end is not None and end.time() == time()})
    return table.end()


def _left_out(book: Book, one: Quality) -> str | None:
    return (
        book.say("list.comma").join(
            book.say(f"data.{why}", count=figures.count(count, book.language)) for why, count in one.left_out.items()
        )
        or None
    )


def _measured(book: Book, sheet: Sheet, top: int) -> int:
    """How many entities have a value of each metric, and why the others have none."""
    say = book.say
    columns = [
        Column(say("head.metric"), book.wrapped),
        Column(say("head.period"), book.text),
        Column(say("head.measured_share"), book.percent),
    ]
    columns += [Column(say(f"head.{state.name.lower()}"), book.count) for state in State]
    table = Table(sheet, "measured", columns, book, top)
    for id in book.scorecard.metrics:
        for period, scores in book.evaluation.periods:
            states = np.asarray(scores.cells[f"{id}.#state"])
            counted = np.bincount(states, minlength=len(State)).tolist()
            share = counted[State.MEASURED] / len(states) if len(states) else None
            table.add([node_of(book.scorecard, id, book.language), period_of(period, book.language), share, *counted])
    return table.end()


def _notes(book: Book, sheet: Sheet, top: int) -> None:
    notes = list(_every_note(book))
    if not notes:
        return
    columns = [
        Column(book.say("head.code"), book.text),
        Column(book.say("head.note"), book.wrapped, WIDEST),
        Column(book.say("head.place"), book.text),
    ]
    table = Table(sheet, "notes", columns, book, top)
    for note in notes:
        place = str(note.place) if note.place is not None else None
        table.add([note.code, clean(sentence(note.code, note.values, book.language)), place])
    table.end()


def _every_note(book: Book) -> Iterator[Issue]:
    yield from book.evaluation.notes
    for one in book.evaluation.quality:
        yield from one.remarks
