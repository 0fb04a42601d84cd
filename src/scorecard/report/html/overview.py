"""The portfolio page in words: what is true of all entities of a period together, ready to be put into the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from scorecard.evaluation.show import band_counts
from scorecard.language.words import say
from scorecard.model.state import State
from scorecard.report import figures
from scorecard.report.charts.scores import score_rows
from scorecard.report.heading import heading
from scorecard.report.labels import band_of, node_of, period_of
from scorecard.report.portfolio import Advised, Move, Portfolio
from scorecard.report.reasons import line_label
from scorecard.report.texts import NAME

_FEW = 12
"""lines of a list that are shown"""
_TINY = 5e-3
"""of the last decimal shown, below which a loss is none"""


class Overview:
    """Puts the numbers of a portfolio into the words of a language."""

    def __init__(self, portfolio: Portfolio, language: str) -> None:
        self.portfolio = portfolio
        self.scorecard = portfolio.evaluation.scorecard
        self.language = language
        self.decimals = figures.decimals_of(self.scorecard.total, self.scorecard.scale)

    def told(self) -> dict[str, Any]:
        portfolio = self.portfolio
        title, facts = heading(portfolio.evaluation, portfolio.period, portfolio.scores, self.language)
        return {
            "period": period_of(portfolio.period, self.language),
            "title": title,
            "facts": facts,
            "figures": list(self._figures()),
            "bands": list(self._bands()),
            "unscored": [
                {"reason": self._say(f"reason.{reason.name.lower()}"), "count": f"{count:,}"}
                for reason, count in portfolio.unscored.items()
            ],
            "changes": self._changes(),
            "standings": list(self._standings()),
            "potentials": list(self._potentials()),
            "advised": [self._advised(one) for one in portfolio.advised[:_FEW]],
            "measured": list(self._measured()),
            "charts": {
                "bands": self._band_rows(),
                "over": self._over_rows(),
                "scores": score_rows(portfolio),
                "waterfall": self._waterfall(),
            },
        }

    def _figures(self) -> Iterator[dict[str, str]]:
        """What stands largest on the page: a number, what it is, and what there is to say about it."""
        portfolio, changes = self.portfolio, self.portfolio.changes
        if portfolio.mean is not None:
            note = (
                ""
                if changes is None or changes.mean is None
                else self._say("html.since", period=period_of(changes.period, self.language), change=self._signed(changes.mean))
            )
            yield {"label": self._say("html.mean"), "value": self._points(portfolio.mean), "note": note}
        if portfolio.median is not None and portfolio.scored > 1:
            yield {"label": self._say("html.median"), "value": self._points(portfolio.median), "note": ""}
        lacking = portfolio.count - portfolio.scored
        note = self._say("html.without", count=f"{lacking:,}") if lacking else ""
        yield {"label": self._say("html.scored"), "value": f"{portfolio.scored:,}", "note": note}
        if portfolio.coverage is not None:
            yield {"label": self._say("html.coverage"), "value": figures.share(portfolio.coverage), "note": self._say("html.coverage_note")}
        if changes is not None and self.scorecard.bands:
            value = f"↑ {changes.better:,}  ↓ {changes.worse:,}"
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
                "count": f"{one.count:,}",
                "share": figures.share(one.count / scored),
                "before": "" if one.before is None else f"{one.before:,}",
                "change": "" if change is None else f"{change:+,}".replace("-", figures.MINUS).replace("+0", "0"),
            }

    def _changes(self) -> dict[str, Any] | None:
        changes = self.portfolio.changes
        if changes is None:
            return None
        count = {
            name: f"{number:,}"
            for name, number in (("risen", changes.risen), ("fallen", changes.fallen), ("new", changes.new), ("gone", changes.gone))
        }
        return {
            **count,
            "period": period_of(changes.period, self.language),
            "same": f"{changes.both - changes.risen - changes.fallen:,}",
            "risers": [self._move(move) for move in changes.risers],
            "fallers": [self._move(move) for move in changes.fallers],
        }

    def _move(self, move: Move) -> dict[str, Any]:
        then, now = self._points(move.then), self._points(move.now)
        bands = [band_of(self.scorecard, band, self.language) for band in (move.band_then, move.band_now)]
        change = figures.gained(round(move.now, self.decimals) - round(move.then, self.decimals), self.decimals)
        return {
            "row": move.row,
            "change": change,
            "scores": f"{then} → {now}",
            "bands": "" if bands[0] == bands[1] else f"{bands[0]} → {bands[1]}",
        }

    def _standings(self) -> Iterator[dict[str, Any]]:
        for one in self.portfolio.standings:
            if one.mean is None and not one.metric:
                continue
            before = one.history[-1][1] if one.history else None
            known = one.mean is not None and before is not None
            yield {
                "node": one.node,
                "name": node_of(self.scorecard, one.node, self.language),
                "depth": one.depth,
                "group": not one.metric,
                "mean": "" if one.mean is None else self._of(one.node, one.mean),
                "part": self._part(one.mean),
                "change": self._signed(one.mean - before) if known and one.mean is not None and before is not None else "",
                "scored": f"{one.scored:,}",
                "history": [{"period": period.label, "score": mean} for period, mean in one.history if mean is not None],
            }

    def _potentials(self) -> Iterator[dict[str, Any]]:
        """The metrics that would bring the most: how many entities, and points on the mean of all that have a score."""
        scored = max(self.portfolio.scored, 1)
        largest = max((one.points for one in self.portfolio.potentials), default=0.0)
        for one in self.portfolio.potentials[:_FEW]:
            yield {
                "name": node_of(self.scorecard, one.metric, self.language),
                "entities": f"{one.entities:,}",
                "mean": f"+{figures.fixed(one.points / scored, max(self.decimals, 1))}",
                "each": f"+{figures.fixed(one.points / one.entities, max(self.decimals, 1))}",
                "part": one.points / largest if largest else 0.0,
            }

    def _advised(self, one: Advised) -> dict[str, Any]:
        recommendation = one.recommendation
        said = recommendation.title.into(self.language) or NAME.sub("…", recommendation.action.into(self.language))
        each = one.points / one.entities
        return {
            "what": figures.clean(said),
            "about": node_of(self.scorecard, recommendation.of, self.language),
            "library": one.library,
            "entities": f"{one.entities:,}",
            "each": figures.gained(each, max(self.decimals, 1)),
        }

    def _measured(self) -> Iterator[dict[str, Any]]:
        """How many entities have a value of each metric, and why the others have none."""
        scores = self.portfolio.scores
        for id in self.scorecard.metrics:
            states = np.bincount(np.asarray(scores.cells[f"{id}.#state"]), minlength=len(State)).tolist()
            share = states[State.MEASURED] / len(scores) if len(scores) else 0.0
            others = (f"{self._say(f'state.{state.name.lower()}')} {states[state]:,}" for state in State if state and states[state])
            yield {
                "name": node_of(self.scorecard, id, self.language),
                "share": figures.share(share),
                "part": share,
                "others": self._comma.join(others),
            }

    # ------------------------------------------------------------ rows of charts

    def _band_rows(self) -> list[dict[str, Any]]:
        return [
            {"order": place, "label": band["title"], "band": band["id"], "count": one.count, "text": f"{band['count']}  ({band['share']})"}
            for place, (band, one) in enumerate(zip(self._bands(), self.portfolio.bands, strict=True))
        ]

    def _over_rows(self) -> list[dict[str, Any]]:
        """A column per period; none where there is but one."""

        if not self.scorecard.bands or not self.portfolio.earlier:
            return []
        places = {band.id: place for place, band in enumerate(self.scorecard.bands)}
        return [
            {
                "period": period.label,
                "band": band,
                "place": places.get(band, -1),
                "label": f"{period.label} · {band_of(self.scorecard, band, self.language)}",
                "count": count,
                "text": f"{count:,}",
            }
            for period, scores in (*self.portfolio.earlier, (self.portfolio.period, self.portfolio.scores))
            for band, count in band_counts(self.portfolio.evaluation, scores).items()
        ]

    def marks(self) -> list[tuple[float, str]]:
        if self.portfolio.mean is None:
            return []
        return [(self.portfolio.mean, f"{self._say('html.mean')} {self._points(self.portfolio.mean)}")]

    def _waterfall(self) -> list[dict[str, Any]]:
        """From full marks to the mean score; small losses together."""
        best, mean = self.scorecard.scale.best, self.portfolio.mean
        if best is None or mean is None:
            return []
        losses = [one for one in self.portfolio.losses if abs(one.points) >= _TINY * 10**-self.decimals]
        first, rest = losses[:_FEW], losses[_FEW:]
        named = [(line_label(self.scorecard, one.said, self.language), one.points) for one in first]
        if rest:
            named.append((self._say("since.others"), sum(one.points for one in rest)))
        sign = -1.0 if not self.scorecard.scale.lower_is_better else 1.0
        rows = [{"label": self._say("html.full"), "kind": "whole", "points": best, "text": figures.fixed(best, 0)}]
        rows += [
            {
                "label": label,
                "kind": "lost" if points > 0 else "gained",
                "points": sign * points,
                "text": figures.gained(sign * points, max(self.decimals, 1)),
            }
            for label, points in named
        ]
        rows.append({"label": self._say("html.mean"), "kind": "score", "points": 0.0, "text": self._points(mean)})
        return [{"order": place, "band": None, **row} for place, row in enumerate(rows)]

    # ------------------------------------------------------------ numbers

    def _part(self, score: float | None) -> float | None:
        """How far along the scale a score is; None on an open one."""
        scale = self.scorecard.scale
        if score is None or scale.low is None or scale.high is None:
            return None
        return (score - scale.low) / (scale.high - scale.low)

    def _of(self, node: str, score: float) -> str:
        return figures.fixed(score, max(figures.decimals_of(self.scorecard.node(node), self.scorecard.scale), self.decimals))

    def _points(self, score: float) -> str:
        return figures.fixed(score, self.decimals)

    def _signed(self, points: float) -> str:
        return figures.gained(points, self.decimals) or figures.fixed(0.0, self.decimals)

    @property
    def _comma(self) -> str:
        return self._say("list.comma")

    def _say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)
