"""The portfolio page in words: what is true of all entities of a period together, ready to be put into the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from scorecard.language.words import say
from scorecard.model.definition import Rounding
from scorecard.model.state import State
from scorecard.report import figures
from scorecard.report.advised import to_many
from scorecard.report.charts.bands import rows_now, rows_over
from scorecard.report.charts.scores import score_rows
from scorecard.report.charts.theme import Row
from scorecard.report.charts.waterfall import waterfall_rows
from scorecard.report.heading import heading
from scorecard.report.headline import Headline
from scorecard.report.labels import band_of, node_of, period_of
from scorecard.report.portfolio import Advised, Move, Portfolio
from scorecard.scoring.rounding import rounded, span_of

_FEW = 12
"""lines of a list that are shown"""


class Overview:
    """Puts the numbers of a portfolio into the words of a language."""

    def __init__(self, portfolio: Portfolio, language: str) -> None:
        self.portfolio = portfolio
        self.scorecard = portfolio.evaluation.scorecard
        self.language = language
        self.headline = Headline(portfolio, language)
        self.decimals = self.headline.decimals

    def told(self) -> dict[str, Any]:
        portfolio = self.portfolio
        title, facts = heading(portfolio.evaluation, portfolio.period, portfolio.scores, self.language)
        return {
            "period": period_of(portfolio.period, self.language),
            "title": title,
            "everybody": bool(self.scorecard.entity.key),
            "facts": facts,
            "headline": self.headline.sentences(),
            "figures": list(self._figures()),
            "bands": list(self._bands()),
            "unscored": [
                {"reason": self._say(f"reason.{reason.name.lower()}"), "count": self._count(count)}
                for reason, count in portfolio.unscored.items()
            ],
            "changes": self._changes(),
            "standings": list(self._standings()),
            "potentials": list(self._potentials()),
            "advised": [self._advised(one) for one in portfolio.advised[:_FEW]],
            "measured": list(self._measured()),
            "charts": self._rows(),
            "marks": self._marks(),
        }

    def _figures(self) -> Iterator[dict[str, str]]:
        """What stands largest on the page: a number, what it is, and what there is to say about it."""
        portfolio, changes = self.portfolio, self.portfolio.changes
        if portfolio.mean is not None:
            since = {} if portfolio.before is None else {"period": period_of(portfolio.before[0], self.language)}
            change = self.headline.change
            note = "" if change is None else self._say("html.since", change=self._signed(change), **since)
            yield {"label": self._say("html.mean"), "value": self._points(portfolio.mean), "note": note}
        if portfolio.median is not None and portfolio.scored > 1:
            yield {"label": self._say("html.median"), "value": self._points(portfolio.median), "note": ""}
        lacking = portfolio.count - portfolio.scored
        note = self._say("html.without", count=self._count(lacking)) if lacking else ""
        yield {"label": self._say("html.scored"), "value": self._count(portfolio.scored), "note": note}
        if portfolio.coverage is not None:
            yield {
                "label": self._say("html.coverage"),
                "value": figures.share(portfolio.coverage, self.language),
                "note": self._say("html.coverage_note"),
            }
        if changes is not None and self.scorecard.bands:
            value = f"↑ {self._count(changes.better)} ↓ {self._count(changes.worse)}"
            yield {
                "label": self._say("html.moved"),
                "value": value,
                "note": self._say("html.since_only", period=period_of(changes.period, self.language)),
            }

    def _bands(self) -> Iterator[dict[str, Any]]:
        scored = max(self.portfolio.count, 1)
        for one in self.portfolio.bands:
            change = None if one.before is None else one.count - one.before
            yield {
                "id": one.band,
                "title": band_of(self.scorecard, one.band, self.language),
                "count": self._count(one.count),
                "share": figures.share(one.count / scored, self.language),
                "before": "" if one.before is None else self._count(one.before),
                "change": "" if change is None else f"{change:+,}".replace("-", figures.MINUS).replace("+0", "0"),
            }

    def _changes(self) -> dict[str, Any] | None:
        changes = self.portfolio.changes
        if changes is None:
            return None
        count = {
            name: self._count(number)
            for name, number in (("risen", changes.risen), ("fallen", changes.fallen), ("new", changes.new), ("gone", changes.gone))
        }
        return {
            **count,
            "period": period_of(changes.period, self.language),
            "same": self._count(changes.both - changes.risen - changes.fallen),
            "risers": [self._move(move) for move in changes.risers],
            "fallers": [self._move(move) for move in changes.fallers],
        }

    def _move(self, move: Move) -> dict[str, Any]:
        then, now = self._points(move.then), self._points(move.now)
        bands = [band_of(self.scorecard, band, self.language) for band in (move.band_then, move.band_now)]
        change = self._signed(round(move.now, self.decimals) - round(move.then, self.decimals))
        return {
            "row": move.row,
            "change": change,
            "scores": f"{then} → {now}",
            "bands": "" if bands[0] == bands[1] else f"{bands[0]} → {bands[1]}",
        }

    def _standings(self) -> Iterator[dict[str, Any]]:
        for one in self.portfolio.standings:
            if one.mean is None:
                continue
            before = one.history[-1][1] if one.history else None
            yield {
                "node": one.node,
                "name": node_of(self.scorecard, one.node, self.language),
                "depth": one.depth,
                "group": not one.metric,
                "mean": self._of(one.node, one.mean),
                "part": self._part(one.mean),
                "change": "" if before is None else self._since(one.node, before, one.mean),
                "scored": self._count(one.scored),
            }

    def _potentials(self) -> Iterator[dict[str, Any]]:
        """The metrics that would bring the most: how many entities, and points on the mean of all that have a score."""
        scored = max(self.portfolio.scored, 1)
        largest = max((one.points for one in self.portfolio.potentials), default=0.0)
        for one in self.portfolio.potentials[:_FEW]:
            yield {
                "name": node_of(self.scorecard, one.metric, self.language),
                "entities": self._count(one.entities),
                "mean": self.headline.gain(one.points / scored),
                "each": self.headline.gain(one.points / one.entities),
                "part": one.points / largest if largest else 0.0,
            }

    def _advised(self, one: Advised) -> dict[str, Any]:
        return {**asdict(to_many(self.portfolio, one, self.decimals, self.language)), "library": one.library}

    def _measured(self) -> Iterator[dict[str, Any]]:
        """How many entities have a value of each metric, and why the others have none."""
        scores = self.portfolio.scores
        for id in self.scorecard.metrics:
            states = np.bincount(np.asarray(scores.cells[f"{id}.#state"]), minlength=len(State)).tolist()
            share = states[State.MEASURED] / len(scores) if len(scores) else 0.0
            counted = ((state, states[state]) for state in State if state is not State.MEASURED and states[state])
            others = (f"{self._say(f'state.{state.name.lower()}')} {self._count(count)}" for state, count in counted)
            yield {
                "name": node_of(self.scorecard, id, self.language),
                "share": figures.share(share, self.language),
                "part": share,
                "others": self._say("list.comma").join(others),
            }

    # ------------------------------------------------------------ rows of charts

    def _rows(self) -> dict[str, list[Row]]:
        portfolio, evaluation = self.portfolio, self.portfolio.evaluation
        over = [*portfolio.earlier, (portfolio.period, portfolio.scores)] if portfolio.earlier and self.scorecard.bands else []
        lost = {one.said: one.points for one in portfolio.losses}
        known = portfolio.mean is not None and np.isfinite([*lost.values(), np.nan if not lost else 0.0]).all()
        return {
            "bands": rows_now(portfolio, self.language) if self.scorecard.bands else [],
            "over": rows_over(evaluation, over, self.language),
            "scores": score_rows(portfolio),
            "waterfall": waterfall_rows(self.scorecard, lost, portfolio.mean or 0.0, None, self.decimals, self.language) if known else [],
        }

    def _marks(self) -> list[tuple[float, str]]:
        """The scores that are named among all."""
        mean = self.portfolio.mean
        return [] if mean is None else [(mean, f"{self._say('html.mean')} {self._points(mean)}")]

    # ------------------------------------------------------------ numbers

    def _part(self, score: float) -> float | None:
        """How far along the scale a score is; None on an open one."""
        scale = self.scorecard.scale
        if scale.low is None or scale.high is None:
            return None
        return (score - scale.low) / (scale.high - scale.low)

    def _of(self, node: str, score: float) -> str:
        return figures.fixed(score, self._decimals(node), self.language)

    def _since(self, node: str, then: float, now: float) -> str:
        """The change of a mean as both are printed."""
        decimals = self._decimals(node)
        old, new = (float(rounded(mean, Rounding(decimals=decimals), span_of(self.scorecard.scale))) for mean in (then, now))
        return figures.gained(new - old, decimals, self.language) or figures.fixed(0.0, decimals, self.language)

    def _decimals(self, node: str) -> int:
        return max(figures.decimals_of(self.scorecard.node(node), self.scorecard.scale), self.decimals)

    def _points(self, score: float) -> str:
        return self.headline.points(score)

    def _signed(self, points: float) -> str:
        return self.headline.signed(points)

    def _count(self, count: int) -> str:
        return figures.count(count, self.language)

    def _say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)
