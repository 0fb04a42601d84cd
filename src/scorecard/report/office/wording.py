"""What the pages of a report share: names, numbers and changes in a language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scorecard.expression.values import Coded
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.advice import Told
from scorecard.report.charts.picture import Wish
from scorecard.report.colors import band_color
from scorecard.report.headline import Headline
from scorecard.report.labels import band_of, fact_of, period_of
from scorecard.report.office.content import Banded, Cell
from scorecard.report.portfolio import Portfolio, Standing
from scorecard.report.texts import NOTHING

_NAMED_BY = 2
"""attributes that stand beside a key"""


class Wording:
    """Words what is known of a portfolio."""

    def __init__(self, portfolio: Portfolio, language: str) -> None:
        self.portfolio = portfolio
        self.evaluation = portfolio.evaluation
        self.scorecard = portfolio.evaluation.scorecard
        self.language = language
        self.headline = Headline(portfolio, language)
        self.decimals = self.headline.decimals

    def band(self, id: str | None) -> Cell:
        """A band with its colour."""
        return NOTHING if id is None else Banded(band_of(self.scorecard, id, self.language), band_color(self.scorecard, id))

    def names(self, rows: Sequence[int]) -> list[str]:
        """The keys of some rows, with their first attributes that are texts."""
        scores, at = self.portfolio.scores, np.array(rows, dtype=np.intp)
        parts = [texts[at].tolist() for texts in self.evaluation.keys(scores).values()]
        columns = {name: scores.table.columns[f"entity.{name}"] for name in self.scorecard.entity.attributes}
        about = [
            [fact_of(self.scorecard, name, fact, self.language) for fact in column.decode()[at].tolist()]
            for name, column in columns.items()
            if isinstance(column, Coded)
        ][:_NAMED_BY]
        return [
            figures.clean(" · ".join(text for text in (" ".join(map(str, key)), *(fact for fact in facts if fact)) if text))
            for key, *facts in zip(zip(*parts, strict=True) if parts else [()] * len(rows), *about, strict=True)
        ]

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def wish(self) -> Wish:
        return Wish(portfolio=self.portfolio, language=self.language)

    def count(self, count: int) -> str:
        return figures.count(count, self.language)

    def difference(self, count: int) -> str:
        """How many more or fewer there are."""
        return f"{'+' if count > 0 else figures.MINUS if count < 0 else '±'}{self.count(abs(count))}"

    def since(self, change: str) -> str:
        """A change with the period before."""
        before = self.portfolio.before
        assert before is not None
        return self.say("office.since", change=change, period=period_of(before[0], self.language)).strip()

    def mean_points(self, points: float) -> str:
        """Points summed over entities, as those on the mean."""
        return self.headline.gain(points / max(self.portfolio.scored, 1))

    def score(self, score: float | None) -> str:
        return NOTHING if score is None else figures.fixed(score, self.decimals, self.language)

    def before(self, one: Standing) -> float | None:
        """The mean of a node in the period before."""
        return one.history[-1][1] if self.portfolio.before is not None and one.history else None

    def changed(self, one: Standing) -> str:
        """By how much the mean of a node is another one than in the period before; nothing where that is not known."""
        before = self.before(one)
        if before is None or one.mean is None:
            return ""
        return self.headline.signed(round(one.mean, self.decimals) - round(before, self.decimals))

    def step(self, line: Told) -> list[Cell]:
        """What to do, who, by when, and what it would bring."""
        gain = NOTHING if line.gain is None else self.headline.signed(line.gain)
        return [line.action, line.owner or NOTHING, line.due or NOTHING, gain]
