"""Scenarios side by side: a column for today and one for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from scorecard.advice.whatif import Outcome, numbers
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import Explained, explain
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.beside import Beside, Cells, beside
from scorecard.report.digits import one
from scorecard.report.labels import band_of
from scorecard.report.supposed import Everybody, everybody

Rows = list[list[str]]


class EntityTable:
    """One entity today and in each scenario: its score, its band, and for each metric the value and the points that it brings."""

    def __init__(self, evaluation: Evaluation, scenarios: Mapping[str, Outcome], key: dict[str, str], language: str) -> None:
        self.scorecard = evaluation.scorecard
        self.language = language
        self.cells = Cells(evaluation, language)
        label = next(iter(scenarios.values())).period.label
        today = explain(evaluation, key, label)
        self.key = today.key
        every = {name: explain(outcome.evaluation, key, label) for name, outcome in scenarios.items()}
        self.nodes = {name: list(beside(today, after)) for name, after in every.items()}

    @property
    def heads(self) -> list[str]:
        return ["", say("scenarios.today", self.language), *map(figures.clean, self.nodes)]

    def rows(self) -> Rows:
        """Texts; of a metric `85 points (12.3)`."""
        first, *rest = zip(*self.nodes.values(), strict=True)
        metrics = [row for row in rest if row[0].before.metric]
        found = [[self.cells.name(first[0]), self.cells.only(first[0].before), *(self._score(node) for node in first)]]
        if self.scorecard.bands:
            band = [self._band(first[0].before), *(self._band(node.after) for node in first)]
            found.append([say("column.band", self.language), *band])
        return [
            *found,
            *([self.cells.name(row[0]), self._metric(row[0].before), *(self._metric(node.after) for node in row)] for row in metrics),
        ]

    def long(self) -> tuple[list[str], list[list[Any]]]:
        """A line per scenario and node, with plain numbers."""
        (first, *_) = self.nodes.values()
        today = [(node.before, "") for node in first]
        every = [*today, *((node.after, name) for name, nodes in self.nodes.items() for node in nodes)]
        rows = [[name, side.id, _plain(side.value), one(side.score), side.band, one(side.contribution)] for side, name in every]
        return ["scenario", "node", "value", "score", "band", "points"], rows

    def _score(self, node: Beside) -> str:
        points = self.cells.points(node)
        return f"{self.cells.only(node.after)} ({points})" if points else self.cells.only(node.after)

    def _band(self, side: Explained) -> str:
        return band_of(self.scorecard, side.band, self.language) or "–"

    def _metric(self, side: Explained) -> str:
        value = self.cells.side(side)
        if side.contribution is None:
            return value
        return (
            f"{value} ({figures.points(side.contribution, figures.decimals_of(self.scorecard.total, self.scorecard.scale), self.language)})"
        )


class EverybodyTable:
    """All entities today and in each scenario: the mean score, how many are in each band, and how many have another one.

    The mean of a scenario is over those with a score today and then.
    """

    def __init__(self, evaluation: Evaluation, scenarios: Mapping[str, Outcome], language: str) -> None:
        self.scorecard = evaluation.scorecard
        self.language = language
        self.every = {name: everybody(outcome) for name, outcome in scenarios.items()}
        today = numbers(next(iter(scenarios.values())).before, "total.score")
        self.today = float(np.nanmean(today)) if np.isfinite(today).any() else None

    @property
    def heads(self) -> list[str]:
        return ["", say("scenarios.today", self.language), *map(figures.clean, self.every)]

    def rows(self) -> Rows:
        first = next(iter(self.every.values()))
        found = [[say("scenarios.mean", self.language), self._mean(self.today), *(self._mean(each.after) for each in self.every.values())]]
        if not self.scorecard.bands:
            return found
        for band in self._bands():
            name = band_of(self.scorecard, band, self.language) or say("footer.no_score", self.language)
            counts = [_count(first, band, 0), *(_count(each, band, 1) for each in self.every.values())]
            found.append([name, *(figures.count(count, self.language) for count in counts)])
        moved = [figures.count(each.moved, self.language) for each in self.every.values()]
        return [*found, [say("scenarios.moved", self.language), "", *moved]]

    def _bands(self) -> Iterator[str | None]:
        """The bands that occur, in the order of the definition; then those that are no band of it."""
        there = {band for each in self.every.values() for pair in each.moves for band in pair}
        known = [band.id for band in self.scorecard.bands]
        yield from (band for band in known if band in there)
        yield from sorted((band for band in there if band not in known), key=lambda band: (band is None, band or ""))

    def _mean(self, mean: float | None) -> str:
        return "–" if mean is None else figures.fixed(mean, figures.decimals_of(self.scorecard.total, self.scorecard.scale), self.language)


def _count(each: Everybody, band: str | None, side: int) -> int:
    return sum(count for pair, count in each.moves.items() if pair[side] == band)


def _plain(value: object) -> object:
    return one(value) if isinstance(value, float) else value
