"""How sure each verdict is: every number with the sentence that says what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.certainty.certainty import SURE, Certainty
from scorecard.advice.certainty.noise import Noise
from scorecard.advice.certainty.strata import Rows
from scorecard.expression.values import Coded
from scorecard.language.words import say
from scorecard.report import figures, locale
from scorecard.report.certainty.turns import Turn, turns
from scorecard.report.labels import band_of, node_of
from scorecard.scoring.arrays import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One entity; numbers are None where there is nothing to tell. `said` has a sentence for each of them."""

    key: tuple[str, ...]
    score: float
    band: str | None
    kept_weights: float | None
    draws_weights: int
    kept_values: float | None
    draws_values: int
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    points_down: float | None
    points_up: float | None
    on_edge: bool
    said: Mapping[str, str]


class Verdicts:
    """The verdicts of a period in a language."""

    def __init__(self, certainty: Certainty, language: str) -> None:
        self.certainty, self.language = certainty, language
        self.scorecard = certainty.evaluation.scorecard

    def about(self) -> Iterator[str]:
        """What was drawn and how, a sentence each."""
        found, draws = self.certainty, self.certainty.draws
        yield self._say(
            "draws", draws=figures.count(draws.count, self.language), seed=draws.seed, spread=_percent(draws.spread, self.language)
        )
        if not found.weighs:
            yield self._say("one_weight")
        tried = found.weights.tried[found.rows]
        if (tried < draws.count).any():
            yield self._say(
                "fewer",
                count=figures.count(int((tried < draws.count).sum()), self.language),
                draws=figures.count(int(tried.min()), self.language),
            )
        if found.has_bands:
            yield self._say("values", draws=figures.count(found.noise.draws, self.language), noise=self._noise(found.noise.noise))
        else:
            yield self._say("no_bands")

    def edge(self) -> Iterator[str]:
        """How many verdicts are on the edge, without bands none, and how many can lose their score."""
        found = self.certainty
        if found.has_bands:
            yield self._edge()
        if losing := int((found.weights.unscored > 0).sum()):
            yield self._say("losing", count=figures.count(losing, self.language))

    def _edge(self) -> str:
        found = self.certainty
        count, sure = int(found.on_edge.sum()), figures.share(SURE, self.language)
        if not count:
            return self._say("edge.none", sure=sure)
        every = figures.count(len(found.rows), self.language)
        return (
            self._say("edge.one", all=every, sure=sure)
            if count == 1
            else self._say("edge", count=figures.count(count, self.language), all=every, sure=sure)
        )

    def explained(self) -> dict[str, str]:
        """What each figure of a verdict means, by its column."""
        legend = {name: self._say(f"legend.{name}") for name in ("weights", "values", "points", "first")}
        return legend | {"ranks": self._say("legend.ranks", draws=figures.count(self.certainty.weights.ranked_in, self.language))}

    def of(self, rows: Rows) -> Iterator[Verdict]:
        """The verdicts of some rows, in their order."""
        return (self._verdict(row) for row in rows.tolist())

    def turns(self, rows: Rows) -> list[list[Turn]]:
        """For each of some rows the numbers of the definition and how far they may be moved, the soonest to turn it first."""
        found = self.certainty.intervals(rows)
        return [turns(self.scorecard, found, place, self.title(self.bands[row]), self.language) for place, row in enumerate(rows.tolist())]

    @cached_property
    def bands(self) -> list[str | None]:
        """By row the id of its band."""
        column = self.certainty.scores.cells["total.band"]
        assert isinstance(column, Coded)
        names = [*column.categories, None]
        return [names[code] for code in column.codes.tolist()]

    def title(self, band: str | None) -> str:
        return band_of(self.scorecard, band, self.language) or self._say("no_band")

    def _verdict(self, row: int) -> Verdict:
        found = self.certainty
        weights, values = found.weights, found.noise
        rank, low, high = (_whole(column, row) for column in (found.rank, weights.low, weights.high))
        down, up = (_number(column, row) for column in (found.down, found.up))
        kept = _number(weights.kept, row), _number(values.kept, row)
        said: dict[str, str] = {}
        for name, share, draws in (("weights", kept[0], int(weights.tried[row])), ("values", kept[1], values.draws)):
            if share is not None:
                said[name] = self._say(
                    f"said.{name}",
                    band=self.title(self.bands[row]),
                    share=figures.share(share, self.language),
                    draws=figures.count(draws, self.language),
                )
        if weights.unscored[row]:
            said["coverage"] = self._say("said.coverage", share=figures.share(float(weights.unscored[row]), self.language))
        if rank is not None and low is not None and high is not None and len(found.rows) > 1:
            said["rank"] = self._rank(rank, low, high)
        if said_points := self._points(row, down, up):
            said["points"] = said_points
        return Verdict(
            key=tuple(str(column[row]) for column in self._keys.values()),
            score=float(np.asarray(found.scores.cells["total.score"])[row]),
            band=self.bands[row],
            kept_weights=kept[0],
            draws_weights=int(weights.tried[row]),
            kept_values=kept[1],
            draws_values=values.draws,
            rank=rank,
            rank_low=low,
            rank_high=high,
            points_down=down,
            points_up=up,
            on_edge=bool(found.on_edge[row]),
            said=said,
        )

    def _rank(self, rank: int, low: int, high: int) -> str:
        if low == high:
            return self._say("said.rank.one", rank=figures.count(rank, self.language), low=figures.count(low, self.language))
        return self._say(
            "said.rank",
            rank=figures.count(rank, self.language),
            low=figures.count(low, self.language),
            high=figures.count(high, self.language),
        )

    def _points(self, row: int, down: float | None, up: float | None) -> str:
        """What it takes to be in the neighbouring bands, in points."""
        if not self.certainty.has_bands:
            return ""
        ids = [band.id for band in self.scorecard.bands if band.start is not None]
        parts = []
        for name, points, step in (("down", down, -1), ("up", up, 1)):
            if points is not None:
                next_band = ids[ids.index(str(self.bands[row])) + step]
                key = f"said.{name}" if points else "said.least"
                values = {"points": self.points(points)} if points else {}
                parts.append(self._say(key, band=self.title(next_band), **values))
        if not parts and self.certainty.ruled[row]:
            return self._say("said.ruled")
        return say("list.pause", self.language).join(parts)

    def points(self, points: float) -> str:
        """Points at the decimals of the score, at more where they would be none."""
        decimals = figures.decimals_of(self.scorecard.total, self.scorecard.scale)
        text = figures.points(points, decimals, self.language)
        return text if text.strip("0.,") or points == 0 else figures.plain(points, 2, self.language)

    @cached_property
    def _keys(self) -> Mapping[str, NDArray[np.object_]]:
        return self.certainty.evaluation.keys(self.certainty.scores)

    def _noise(self, noise: Mapping[str, Noise]) -> str:
        if len(alike := set(noise.values())) == 1 and (one := alike.pop()).relative:
            return self._say("values.every", amount=_percent(one.amount, self.language))
        parts = (
            self._say("values.one", metric=node_of(self.scorecard, metric, self.language), amount=self._amount(metric, how))
            for metric, how in noise.items()
        )
        return say("list.comma", self.language).join(parts)

    def _amount(self, metric: str, how: Noise) -> str:
        spec = self.scorecard.metrics[metric]
        return _percent(how.amount, self.language) if how.relative else figures.value(how.amount, spec.unit, None, self.language)

    def _say(self, key: str, **values: object) -> str:
        return say(f"certainty.{key}", self.language, **values)


def _percent(part: float, language: str) -> str:
    return locale.percent(figures.plain(part * 100, language=language), language)


def _number(column: Array, row: int) -> float | None:
    return None if np.isnan(column[row]) else float(column[row])


def _whole(column: Array, row: int) -> int | None:
    return None if np.isnan(column[row]) else int(column[row])
