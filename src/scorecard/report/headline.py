"""What a period comes to, in a few sentences: what a reader of a report, a ticket or a slide is told first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from scorecard.language.words import say
from scorecard.model.definition import Rounding
from scorecard.report import figures
from scorecard.report.labels import INSUFFICIENT, band_of, node_of, period_of
from scorecard.report.points import Said, change_of, printed_once
from scorecard.report.portfolio import Portfolio
from scorecard.report.reasons import line_label
from scorecard.scoring.rounding import rounded, span_of

_MOST_LOSSES = 3


class Headline:
    """The sentences about a portfolio, in a language."""

    def __init__(self, portfolio: Portfolio, language: str) -> None:
        self.portfolio = portfolio
        self.scorecard = portfolio.evaluation.scorecard
        self.language = language
        self.decimals = figures.decimals_of(self.scorecard.total, self.scorecard.scale)

    def sentences(self) -> tuple[str, ...]:
        """The mean and its change, the bands, who moved, what costs the most and what would bring the most; those that can be said."""
        return tuple(sentence for sentence in (self.mean(), self.bands(), self.moves(), self.costs(), self.lever()) if sentence)

    @property
    def change(self) -> float | None:
        """Of the mean, since the period before."""
        portfolio = self.portfolio
        if portfolio.before is None or portfolio.mean is None:
            return None
        scores = np.asarray(portfolio.before[1].cells["total.score"], dtype=np.float64)
        return self._shown(portfolio.mean) - self._shown(float(np.nanmean(scores)))

    def mean(self) -> str:
        """The mean; how much it changed, and how much the scores did of those who had one before."""
        portfolio, changes = self.portfolio, self.portfolio.changes
        if portfolio.mean is None:
            return self._say("headline.nobody")
        mean = self.points(portfolio.mean)
        if changes is None or changes.mean is None or self.change is None:
            return self._say("headline.mean", mean=mean)
        said = {"mean": mean, "period": period_of(changes.period, self.language), "change": self.signed(self.change)}
        same = self.signed(changes.mean)
        return self._say("headline.mean_since", **said) if same == said["change"] else self._say("headline.mean_of_both", **said, same=same)

    def bands(self) -> str:
        """How many are in each band, best first, and how many have no score."""
        portfolio = self.portfolio
        counted = [one for one in portfolio.bands if one.count and one.band != INSUFFICIENT]
        if not counted:
            return ""
        parts = [
            self._say(
                "headline.band",
                band=band_of(self.scorecard, one.band, self.language),
                count=figures.count(one.count, self.language),
                share=figures.share(one.count / portfolio.count, self.language),
            )
            for one in counted
        ]
        listed = self._say("list.comma").join(parts)
        lacking = portfolio.count - portfolio.scored
        key = "headline.bands_and_lacking" if lacking else "headline.bands"
        return self._say(key, bands=listed, lacking=figures.count(lacking, self.language))

    def moves(self) -> str:
        changes = self.portfolio.changes
        if changes is None or not changes.both or not self.scorecard.bands:
            return ""
        if not changes.better and not changes.worse:
            return self._say("headline.no_moves", period=period_of(changes.period, self.language))
        better, worse = (figures.count(count, self.language) for count in (changes.better, changes.worse))
        return self._say("headline.moves", period=period_of(changes.period, self.language), better=better, worse=worse)

    def costs(self) -> str:
        """What took the most points on the mean."""
        return self.costs_of([said for said, points in self.losses.items() if points > 0][:_MOST_LOSSES])

    def costs_of(self, lines: Sequence[Said]) -> str:
        """What took points, and by how many each changed the mean; nothing where nothing did."""
        lost = [
            self._say("headline.loss", name=line_label(self.scorecard, said, self.language), points=self.cost(self.losses[said]))
            for said in lines
        ]
        return self._say("headline.costs", names=self._say("list.comma").join(lost)) if lost else ""

    @cached_property
    def losses(self) -> dict[Said, float]:
        """The points that the mean lost, the most first, as they are printed: the same as in the chart of them."""
        portfolio = self.portfolio
        if portfolio.mean is None:
            return {}
        exact = {one.said: one.points for one in portfolio.losses}
        return printed_once(exact, self.decimals, portfolio.mean, self.scorecard.scale)[0]

    def cost(self, lost: float) -> str:
        """Points lost, with the sign of what they do to the score."""
        return self.signed(change_of(lost, self.scorecard.scale))

    def gain(self, points: float) -> str:
        """Points that a mean would be better by, which may be few, with the sign of what they do to it; nothing for too few to show."""
        return figures.gained(change_of(-points, self.scorecard.scale), max(self.decimals, 1), self.language)

    def lever(self) -> str:
        potentials = self.portfolio.potentials
        if not potentials or self.portfolio.count < 2:
            return ""
        first, lever = potentials[0], "lever_down" if self.scorecard.scale.lower_is_better else "lever"
        return self._say(
            f"headline.{lever}.one" if first.entities == 1 else f"headline.{lever}",
            name=node_of(self.scorecard, first.metric, self.language),
            count=figures.count(first.entities, self.language),
            points=figures.points(first.points / max(self.portfolio.scored, 1), max(self.decimals, 1), self.language),
        )

    def points(self, score: float) -> str:
        return figures.fixed(score, self.decimals, self.language)

    def signed(self, points: float) -> str:
        """A change with its sign; 0 where it is too little to show."""
        return figures.gained(points, self.decimals, self.language) or figures.fixed(0.0, self.decimals, self.language)

    def _shown(self, score: float) -> float:
        return float(rounded(score, Rounding(decimals=self.decimals), span_of(self.scorecard.scale)))

    def _say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)
