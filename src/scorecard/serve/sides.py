"""Everybody before and after: under the text in the file and the text as it is typed, or as written and with other numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.whatif import numbers
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded
from scorecard.model.entity import Naming
from scorecard.model.period import Period
from scorecard.model.text import Text
from scorecard.report.digits import facts
from scorecard.report.figures import clean
from scorecard.report.labels import as_written, fact_of
from scorecard.report.portfolio import Portfolio, portfolio
from scorecard.scoring.block import rows_of
from scorecard.scoring.rounding import span_of
from scorecard.scoring.score import PeriodScores

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
_SAME = 1e-9
"""of the scale's length, by which a score may differ and is still the same"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """One period of one evaluation. What it is asked for is worked out once."""

    evaluation: Evaluation
    period: Period
    scores: PeriodScores

    @cached_property
    def portfolio(self) -> Portfolio:
        return portfolio(self.evaluation, self.period, self.scores)

    @cached_property
    def total(self) -> Floats:
        """The score of every row, NaN without one."""
        return numbers(self.scores, "total.score")

    @cached_property
    def bands(self) -> list[str | None]:
        """The band of every row, by its id."""
        found = self.scores.cells["total.band"]
        assert isinstance(found, Coded)
        names = [*found.categories, None]
        return [names[code] for code in found.codes.tolist()]

    @cached_property
    def reached(self) -> list[str | None]:
        """The band of every row with a score, where scores reach it; None where only rules give it or too little was measured."""
        starting = {band.id for band in self.evaluation.scorecard.bands if band.start is not None}
        pairs = zip(self.bands, np.isfinite(self.total).tolist(), strict=True)
        return [band if scored and band in starting else None for band, scored in pairs]

    @cached_property
    def keys(self) -> list[tuple[str, ...]]:
        """The key of every row, a text for each part."""
        parts = self.evaluation.keys(self.scores)
        return list(zip(*(map(str, part) for part in parts.values()), strict=True)) if parts else [()] * len(self.scores)

    @cached_property
    def places(self) -> dict[tuple[str, ...], int]:
        """The row of every key."""
        return {key: row for row, key in enumerate(self.keys)}

    def about(self, row: int, language: str) -> list[str]:
        """The attributes of a row, as they are printed; those without a value are left out."""
        scorecard, at = self.evaluation.scorecard, np.array([row])
        columns = {name: rows_of(self.scores.table.columns[f"entity.{name}"], at) for name in scorecard.entity.attributes}
        return [fact_of(scorecard, name, own, language) for name, column in columns.items() if (own := facts(column)[0]) is not None]

    @cached_property
    def texts(self) -> list[str]:
        """What a search looks through, a text for every row."""
        columns = [self._searched(name) for name in self.evaluation.scorecard.entity.attributes]
        return [clean(" ".join((*key, *told))).casefold() for key, *told in zip(self.keys, *columns, strict=True)]

    def _searched(self, attribute: str) -> list[str]:
        """The values of an attribute as they stand in the data, each with what it is called in any language."""
        called = self.evaluation.scorecard.entity.called.get(attribute, Naming()).values
        values = facts(self.scores.table.columns[f"entity.{attribute}"])
        return [" ".join((str(value), *called.get(as_written(value), Text()).by_language.values())) for value in values]


@dataclass(frozen=True, kw_only=True, eq=False)
class Sides:
    """The same entities on both sides: those of the period as they are, and what they were, where that is another thing."""

    after: Side
    before: Side | None = None

    @cached_property
    def rows(self) -> tuple[Rows, Rows]:
        """The rows of the entities that are on both sides, before and after."""
        assert self.before is not None
        if self.before.scores.table is self.after.scores.table:
            same = np.arange(len(self.after.scores))
            return same, same
        places = self.before.places
        pairs = [(places[key], row) for row, key in enumerate(self.after.keys) if key in places]
        found = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    @cached_property
    def change(self) -> Floats:
        """Points by which each score is another one, for every row of the period as it is; NaN where there is none to compare."""
        found = np.full(len(self.after.scores), np.nan)
        if self.before is not None:
            was, now = self.rows
            found[now] = self.after.total[now] - self.before.total[was]
        found[np.abs(found) <= _SAME * span_of(self.after.evaluation.scorecard.scale)] = 0.0
        return found

    @cached_property
    def earlier(self) -> dict[int, int]:
        """By row as it is, the row as it was."""
        if self.before is None:
            return {}
        was, now = self.rows
        return dict(zip(now.tolist(), was.tolist(), strict=True))

    @property
    def both(self) -> int:
        """How many have a score on both sides."""
        return int(np.isfinite(self.change).sum())

    @cached_property
    def means(self) -> tuple[float | None, float | None]:
        """The mean scores of those that have one on both sides; without another side, of everybody."""
        if self.before is None or not self.both:
            return None, self.after.portfolio.mean
        was, now = (own[np.isfinite(self.change[self.rows[1]])] for own in self.rows)
        return float(self.before.total[was].mean()), float(self.after.total[now].mean())

    @cached_property
    def turned(self) -> list[int]:
        """The rows of those whose score reaches another band, the largest change first; too little measured is no such band."""
        if self.before is None:
            return []
        reached, before = self.after.reached, self.before.reached
        found = [row for row, was in self.earlier.items() if reached[row] and before[was] and reached[row] != before[was]]
        return sorted(found, key=lambda row: -abs(float(np.nan_to_num(self.change[row]))))

    @cached_property
    def moved(self) -> list[int]:
        """The rows whose score is another one, the largest change first."""
        size = np.abs(np.nan_to_num(self.change))
        order = np.argsort(-size, kind="stable")
        return [int(row) for row in order[size[order] > 0]]

    def movers(self, most: int) -> list[int]:
        """Those whose score is another one, the largest change first, then those who are in another band with the same score."""
        return list(islice(dict.fromkeys(chain(self.moved, self.turned)), most))

    @property
    def counts(self) -> Sequence[tuple[str | None, int, int | None]]:
        """Every band from the best to the worst with how many are in it now and before; last, None, those without a score or a band."""
        bands: list[str | None] = [one.band for one in self.after.portfolio.bands]
        sides = [self.after, *([self.before] if self.before is not None else [])]
        others = {band for side in sides for band in side.bands}
        bands += sorted((band for band in others if band is not None and band not in bands), key=str)
        bands += [None] if None in others and bands else []
        return [(band, self.after.bands.count(band), None if self.before is None else self.before.bands.count(band)) for band in bands]
