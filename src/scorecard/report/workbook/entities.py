"""The sheets of scores, metrics and groups: all of an entity is written before the next one is worked out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
from xlsxwriter.format import Format

from scorecard.language.phrase import said
from scorecard.model.definition import Metric
from scorecard.report import figures
from scorecard.report.labels import as_written, attribute_of, band_of, node_of
from scorecard.report.records import records
from scorecard.report.workbook.book import Book
from scorecard.report.workbook.table import Column, Listing

Record = Mapping[str, Any]


def write_entities(book: Book) -> None:
    """Every entity and period on the sheet of scores, and its metrics and groups on theirs."""
    sheets = [Scores(book), Metrics(book), *([Groups(book)] if book.scorecard.groups else [])]
    identity = Identity(book)
    for record in records(book.evaluation):
        own = identity.of(record)
        for sheet in sheets:
            sheet.add(own, record)
    for sheet in sheets:
        sheet.end()


class Identity:
    """The first cells of a row: period, key and attributes, days as days."""

    def __init__(self, book: Book) -> None:
        entity = book.scorecard.entity
        self._periods = book.scorecard.period is not None
        self._days = _days(book)
        self.frozen = self._periods + len(entity.key)
        key = [Column(part) for part in entity.key]
        said = {name: attribute_of(book.scorecard, name, book.language) for name in entity.attributes}
        attributes = [Column(title, book.day if name in self._days else None) for name, title in said.items()]
        self._called = {
            name: {value: figures.clean(word.into(book.language)) for value, word in each.values.items()}
            for name, each in entity.called.items()
        }
        self.columns = [*([Column(book.say("head.period"))] if self._periods else []), *key, *attributes]

    def of(self, record: Record) -> list[Any]:
        period = [record["period"]] if self._periods else []
        return [*period, *record["key"].values(), *(self._fact(name, value) for name, value in record["attributes"].items())]

    def _fact(self, name: str, value: Any) -> Any:
        if name in self._days and isinstance(value, str):
            return _day(value)
        words = self._called.get(name)
        return words.get(as_written(value), value) if words and value is not None else value


def _days(book: Book) -> frozenset[str]:
    """The attributes that are days or moments."""
    columns = [scores.table.columns for _, scores in book.evaluation.periods]
    return frozenset(
        name
        for name in book.scorecard.entity.attributes
        if any(isinstance(column := each.get(f"entity.{name}"), np.ndarray) and column.dtype.kind == "M" for each in columns)
    )


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


class _Entities(ABC):
    """What the three sheets have in common."""

    key: str

    def __init__(self, book: Book) -> None:
        self._book = book
        identity = Identity(book)
        self._before = len(identity.columns)
        columns = [*identity.columns, *self._columns()]
        self._listing = Listing(book, self.key, columns, identity.frozen, self._banded([column.head for column in columns]))
        self._bands = {band.id: band_of(book.scorecard, band.id, book.language) for band in book.scorecard.bands}
        self._words: dict[tuple[str, str], str] = {}

    @abstractmethod
    def add(self, own: list[Any], record: Record) -> None:
        """Writes what the sheet tells of an entity behind its first cells."""

    def end(self) -> None:
        self._listing.end()

    @abstractmethod
    def _columns(self) -> Iterator[Column]:
        """What stands behind the columns that say who it is."""

    def _banded(self, heads: list[str]) -> dict[int, tuple[int, ...]]:
        """Which columns take the colour of the band in which."""
        if not self._book.scorecard.bands:
            return {}
        score = self._before + [column.head for column in self._columns()].index(self._book.say("head.score"))
        return {score + 1: (score, score + 1)}

    def _head(self, key: str, form: Format | None = None) -> Column:
        return Column(self._book.say(f"head.{key}"), form)

    def _outcome(self, form: Format | None = None) -> Iterator[Column]:
        """The columns of a conclusion: score, band where there are any, state, why there is no score."""
        yield self._head("score", form)
        if self._book.scorecard.bands:
            yield self._head("band")
        yield self._head("status")
        yield self._head("reason")

    def _concluded(self, node: Record) -> Iterator[Any]:
        yield node["score"]
        if self._book.scorecard.bands:
            yield self._band(node["band"])
        yield self._word("state", node["state"])
        yield self._word("reason", node["reason"])

    def _band(self, band: str | None) -> str | None:
        if band not in self._bands:
            return band_of(self._book.scorecard, band, self._book.language) or None
        return self._bands[band]

    def _word(self, family: str, id: str | None) -> str | None:
        if id is None:
            return None
        if (family, id) not in self._words:
            self._words[family, id] = self._book.say(f"{family}.{id}")
        return self._words[family, id]


class Scores(_Entities):
    """A row per entity and period: the score, and the scores of what is directly under it."""

    key = "scores"

    def _columns(self) -> Iterator[Column]:
        book = self._book
        points = book.points_of("total")
        yield from self._outcome(points)
        yield self._head("coverage", book.percent)
        yield self._head("low", points)
        yield self._head("high", points)
        if book.scorecard.total.rank is not None:
            yield self._head("rank")
        for child in book.scorecard.children("total"):
            yield Column(node_of(book.scorecard, child.id, book.language), book.points_of(child.id))

    def add(self, own: list[Any], record: Record) -> None:
        book = self._book
        rank = [record["rank"]] if book.scorecard.total.rank is not None else []
        parts = {**record["groups"], **record["metrics"]}
        below = [parts[child.id]["score"] for child in book.scorecard.children("total")]
        bounds = record["bounds"]
        cells = [*own, *self._concluded(record), record["coverage"], bounds["low"], bounds["high"], *rank, *below]
        self._listing.add(cells, {self._before: book.score("total", record["score"], record["band"])})


class Metrics(_Entities):
    """A row per entity, period and metric."""

    key = "metrics"

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        scorecard = book.scorecard
        self._named = [
            (id, metric, node_of(scorecard, id, book.language), node_of(scorecard, metric.parent, book.language), unit_of(book, metric))
            for id, metric in scorecard.metrics.items()
        ]
        self._score = self._before + [column.head for column in self._columns()].index(book.say("head.score"))

    def _columns(self) -> Iterator[Column]:
        book = self._book
        points = book.points_of("total")
        yield self._head("group", book.wrapped)
        yield self._head("metric", book.wrapped)
        for key in ("value", "unit", "target", "gap", "worst"):
            yield self._head(key)
        yield from self._outcome()
        yield self._head("weight")
        yield self._head("share", book.percent)
        yield self._head("brings", points)
        yield self._head("costs", points)

    def add(self, own: list[Any], record: Record) -> None:
        book = self._book
        value = self._before + 2
        for id, metric, title, parent, unit in self._named:
            one = record["metrics"][id]
            numbers = (one["value"], unit, self._end(metric, one["target"]), one["gap"], self._end(metric, one["worst"]))
            forms = {value + place: book.value(metric, number) for place, number in enumerate(numbers) if type(number) is float}
            forms[self._score] = book.score(id, one["score"], one["band"])
            points = (one["weight"], one["share"], one["contribution"], one["lost"])
            self._listing.add([*own, parent, title, *numbers, *self._concluded(one), *points], forms)

    def _end(self, metric: Metric, found: Any) -> Any:
        """A number, or a pair of them as a text."""
        if not isinstance(found, list):
            return found
        low, high = (figures.value(end, metric.unit, metric.decimals, self._book.language) for end in found)
        return self._book.say("cell.range", low=low, high=high)


class Groups(_Entities):
    """A row per entity, period and group."""

    key = "groups"

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self._named = {id: node_of(book.scorecard, id, book.language) for id in book.scorecard.groups}

    def _columns(self) -> Iterator[Column]:
        yield self._head("group", self._book.wrapped)
        yield from self._outcome()
        yield self._head("coverage", self._book.percent)
        yield self._head("weight")
        yield self._head("share", self._book.percent)
        yield self._head("brings", self._book.points_of("total"))

    def add(self, own: list[Any], record: Record) -> None:
        for id, title in self._named.items():
            one = record["groups"][id]
            forms = {self._before + 1: self._book.score(id, one["score"], one["band"])}
            points = (one["coverage"], one["weight"], one["share"], one["contribution"])
            self._listing.add([*own, title, *self._concluded(one), *points], forms)


def unit_of(book: Book, metric: Metric) -> str | None:
    if metric.unit in ("hours", "days", "minutes"):
        return book.say(f"unit.{metric.unit}", number="").strip()
    return "%" if metric.unit == "percent" else metric.unit and said(metric.unit, book.language)
