"""The sheet of what is recommended for the last period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from scorecard.report.advice import Step, Told, told
from scorecard.report.digits import one
from scorecard.report.labels import band_of
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.table import Column, Listing

BLOCK = 4_096
"""entities that are advised at once"""
Cell = tuple[Column, Callable[[Told], Any]]


def write_recommendations(book: Book) -> None:
    """A row per entity and recommendation, with its steps; one sentence where there is none."""
    period, scores = list(book.evaluation.periods)[-1]
    named = list(_named(book))
    cells = [*named, *_about(book)]
    score = len(named)
    banded = {score + 1: (score, score + 1)} if book.scorecard.bands else {}
    listing = Listing(book, "recommendations", [column for column, _ in cells], len(named), banded)
    count = 0
    for start in range(0, len(scores), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(scores)))
        for lines in told(book.evaluation, period, scores, rows, book.language):
            count += len(lines)
            for line in lines:
                listing.add([value(line) for _, value in cells], {score: book.score("total", line.score, line.band)})
    table = listing.end()
    if not count:
        table.sheet.put(1, 0, book.say("cell.no_recommendation"), book.quiet)


def _named(book: Book) -> Iterator[Cell]:
    """The columns that say for whom, and what each holds of a recommendation."""
    if book.scorecard.period is not None:
        yield Column(book.say("head.period")), lambda line: line.period
    for place, part in enumerate(book.scorecard.entity.key):
        yield Column(part), partial(_key, place)


def _key(place: int, line: Told) -> str:
    return line.key[place]


def _about(book: Book) -> Iterator[Cell]:
    """The columns that say how it stands and what is to be done."""
    scorecard, say = book.scorecard, book.say
    points = book.points_of("total")
    yield Column(say("head.score"), points), lambda line: one(line.score)
    if scorecard.bands:
        yield Column(say("head.band")), lambda line: band_of(scorecard, line.band, book.language) or None
    yield Column(say("head.about")), lambda line: line.about
    yield Column(say("head.value"), book.right), lambda line: line.value
    yield Column(say("head.target"), book.right), lambda line: line.target
    yield Column(say("head.action"), book.wrapped), lambda line: line.action
    if any(recommendation.tasks for recommendation in scorecard.recommendations.values()):
        yield Column(say("head.steps"), book.wrapped), lambda line: _steps(book, line.tasks)
    yield Column(say("head.gain"), points), lambda line: one(line.gain)
    yield Column(say("head.owner")), lambda line: line.owner
    yield Column(say("head.due"), book.day), lambda line: date.fromisoformat(line.due) if line.due else None
    yield Column(say("head.effort")), lambda line: line.effort
    yield Column(say("head.library")), lambda line: say("cell.yes" if line.library else "cell.no")


def _steps(book: Book, steps: tuple[Step, ...]) -> str | None:
    return "\n".join(_step(book, number, step) for number, step in enumerate(steps, start=1)) or None


def _step(book: Book, number: int, step: Step) -> str:
    about = book.say("list.comma").join(part for part in (step.owner, step.due) if part)
    return book.say("cell.step", number=number, what=f"{step.what} ({about})" if about else step.what)
