"""An impact as lines and tables of texts, in a language, for the screen and for Markdown alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scorecard.advice.impact.impact import Codes, Floats, Group, Impact, Keys
from scorecard.advice.impact.limits import Judged, Verdict
from scorecard.definition.changes.causes import Cause
from scorecard.definition.changes.differences import Difference
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.model.state import Reason
from scorecard.report import figures, locale
from scorecard.report.impact.changes import Changes
from scorecard.report.labels import band_of, period_of, title_of
from scorecard.scoring.rounding import largest_remainder

NAMES = 5
"""entities that a line names"""
NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Heads and rows of texts; `more` rows are left out."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One change of the definition: what it can cause, its words, and where it stands."""

    cause: str
    line: str
    place: str


class Teller:
    """The words for an impact and for the limits that were set to it."""

    def __init__(self, impact: Impact, judged: Sequence[Judged], language: str) -> None:
        self.impact = impact
        self.judged = judged
        self.language = language
        self.scorecard = impact.scorecard
        self.decimals = figures.decimals_of(self.scorecard.total, self.scorecard.scale)

    # ------------------------------------------------------------ lines

    @property
    def title(self) -> str:
        return f"{title_of(self.scorecard, self.language)} · {period_of(self.impact.period, self.language)}"

    @property
    def names(self) -> str:
        return figures.clean(f"{self.impact.old.name} → {self.impact.new.name}")

    def headline(self) -> Iterator[str]:
        """How many were compared and move, and by how much."""
        impact = self.impact
        change = impact.change[impact.compared]
        if not len(change):
            yield self.say("diff.nobody")
            return
        count = (
            self.say("heading.entities.one")
            if len(change) == 1
            else self.say("heading.entities", count=figures.count(len(change), self.language))
        )
        bands = figures.count(int(impact.other_band.sum()), self.language)
        yield self.say(
            "diff.compared" if self._has_bands else "diff.compared_scores",
            count=count,
            moved=figures.count(int(impact.moved.sum()), self.language),
            bands=bands,
        )
        if not impact.moved.any() and not impact.other_band.any():
            yield self.say("diff.still")
        if impact.moved.any() and len(change) > 1:
            numbers = {"mean": change.mean(), "median": np.median(change), "least": change.min(), "greatest": change.max()}
            yield self.say("diff.shift", **{name: self.signed(float(number), 1) for name, number in numbers.items()})

    def together(self) -> Iterator[str]:
        """Which causes could not be told apart."""
        for group in self.impact.causes:
            if len(group) > 1:
                yield self.say("diff.together", causes=self.cause(group))

    def apart(self) -> Iterator[str]:
        """Who cannot be compared, and why."""
        impact = self.impact
        for key, rows, ends in (
            ("newly_scored", impact.newly_scored, impact.before),
            ("no_longer_scored", impact.no_longer_scored, impact.after),
        ):
            if rows.any():
                reasons = Counter(self.reason(code) for code in ends.reason[rows].tolist())
                listed = self.say("list.comma").join(f"{reason} ({count:,})" for reason, count in reasons.most_common())
                yield self.say(f"diff.{key}", count=figures.count(int(rows.sum()), self.language), reasons=listed)
        for key, keys in (("came", impact.came), ("gone", impact.gone)):
            count = len(next(iter(keys.values()), ()))
            if count:
                names = [self._name(keys, row) for row in range(min(count, NAMES))]
                listed = self.say("list.comma").join([*names, *(["…"] if count > NAMES else [])])
                yield self.say(f"diff.{key}", count=figures.count(count, self.language), names=listed)

    def limits(self) -> Iterator[tuple[Verdict, str]]:
        """Every limit with what was found."""
        lost = figures.count(int(self.impact.no_longer_scored.sum()), self.language)
        for one in self.judged:
            found, limit = (self._limited(one, number) for number in (one.found, one.limit))
            line = self.say(f"diff.limit.{one.name}", found=found, limit=limit)
            if one.verdict is Verdict.OPEN:
                key = "diff.limit.open" if self.impact.compared.any() else "diff.limit.none"
                line = self.say(key, line=line, count=lost)
            yield one.verdict, line

    def changes(self) -> Iterator[Told]:
        """What changed in the definition: first what moves scores, in the order of its causes."""
        order = [*Cause, None]
        for each in sorted(self.impact.differences, key=lambda each: order.index(each.cause)):
            cause = "cause.none" if each.cause is None else f"cause.{each.cause}"
            yield Told(cause=self.say(cause), line=self.line(each), place=figures.clean(str(each.place)))

    def line(self, difference: Difference) -> str:
        """One change in words."""
        return self._words.line(difference)

    # ------------------------------------------------------------ tables

    def parts(self) -> Table | None:
        """For each cause what it moves the mean by, and whom; None where nobody moves."""
        impact = self.impact
        if not impact.moved.any():
            return None
        heads = ["", *(self.say(f"diff.{name}") for name in ("mean", "higher", "lower", "least", "greatest"))]
        rows = [self._part(self.cause(group), points) for group, points in zip(impact.causes, impact.points, strict=True)]
        if len(rows) > 1:
            rows.append(self._part(self.say("diff.all"), impact.change))
        return Table(title=self.say("diff.parts"), heads=heads, rows=rows)

    def matrix(self) -> Table | None:
        """From which band to which, those left out that nobody is in; None without bands."""
        found = self.impact.matrix
        if not self._has_bands or not self.impact.other_band.any():
            return None
        rows, columns = (np.flatnonzero(found.any(axis=axis)).tolist() for axis in (1, 0))
        shown = [
            [self.band(row), *(self._count(found[row, column]) for column in columns), figures.count(found[row].sum(), self.language)]
            for row in rows
        ]
        shown.append([self.say("diff.after"), *(figures.count(found[:, column].sum(), self.language) for column in columns), ""])
        heads = ["", *(self.band(column) for column in columns), self.say("diff.before")]
        return Table(title=self.say("diff.bands"), heads=heads, rows=shown)

    def turned(self, most: int) -> Table | None:
        """Who is in another band and because of what, those first whose score moves most; None where nobody is."""
        impact = self.impact
        rows = self._by_change(np.flatnonzero(impact.other_band))
        if not len(rows):
            return None
        heads = [self.say(key) for key in ("diff.entity", "column.score", "whatif.column.points", "column.band", "diff.cause")]
        shown = [
            [
                self.entity(row),
                self.scores(row),
                self.points(impact.change[row]),
                figures.change(self.band(impact.before.band[row]), self.band(impact.after.band[row])),
                self.cause(impact.causes[impact.turned[row]]),
            ]
            for row in rows[:most].tolist()
        ]
        return Table(title=self.say("diff.turned"), heads=heads, rows=shown, more=max(len(rows) - most, 0))

    def movers(self, most: int) -> Table | None:
        """Whose score moves most, with the part of each cause; None where nobody's does."""
        impact = self.impact
        everybody = self._by_change(np.flatnonzero(impact.moved))
        if not len(everybody):
            return None
        rows = everybody[:most]
        causes = [self.cause(group) for group in impact.causes]
        heads = [self.say("diff.entity"), self.say("column.score"), self.say("whatif.column.points"), *(causes if len(causes) > 1 else [])]
        shown = [[self.entity(row), self.scores(row), self.points(impact.change[row])] for row in rows.tolist()]
        if len(causes) > 1:
            parts = largest_remainder(impact.points[:, rows], self.decimals, impact.change[rows])
            shown = [[*row, *map(self.points, own)] for row, own in zip(shown, parts.T.tolist(), strict=True)]
        return Table(title=self.say("diff.movers"), heads=heads, rows=shown, more=len(everybody) - len(rows))

    def risers(self, most: int) -> Table | None:
        """Who rises and who falls most in rank; None where all keep their places."""
        impact = self.impact
        rise = np.nan_to_num(impact.before.rank - impact.after.rank)
        rows = np.flatnonzero(rise)
        if not len(rows):
            return None
        order = rows[np.argsort(-rise[rows], kind="stable")]
        chosen = order if len(order) <= most else np.concatenate([order[: most // 2], order[len(order) - (most - most // 2) :]])
        heads = [self.say("diff.entity"), self.say("column.rank"), "", self.say("column.score")]
        shown = [
            [self.entity(row), f"{before} → {after}", self._rise(rise[row]), self.scores(row)]
            for row in chosen.tolist()
            for before, after in [(figures.plain(ends.rank[row], language=self.language) for ends in (impact.before, impact.after))]
        ]
        return Table(title=self.say("diff.risers"), heads=heads, rows=shown, more=len(order) - len(chosen))

    # ------------------------------------------------------------ cells

    def cause(self, group: Group) -> str:
        return " + ".join(self.say(f"cause.{cause}") for cause in group)

    def band(self, code: int) -> str:
        return band_of(self._side(code), self.impact.bands[code], self.language) or self.say("footer.no_score")

    def reason(self, code: int) -> str:
        return self.say(f"reason.{Reason(code).name.lower()}") or self.say("footer.no_score")

    def entity(self, row: int) -> str:
        return self._name(self.impact.keys, row)

    def scores(self, row: int) -> str:
        return figures.change(*(self._score(ends.score[row]) for ends in (self.impact.before, self.impact.after)))

    def points(self, number: float) -> str:
        return "" if np.isnan(number) else self.signed(float(number))

    def signed(self, number: float, more: int = 0) -> str:
        """Points with their sign, at the decimals of scores or `more`; 0 where they are too few to show."""
        return figures.gained(number, self.decimals + more, self.language) or figures.fixed(0.0, self.decimals + more, self.language)

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    @cached_property
    def _words(self) -> Changes:
        return Changes(self.impact.old.scorecard, self.scorecard, self.language)

    @cached_property
    def _has_bands(self) -> bool:
        return bool(self.scorecard.bands or self.impact.old.scorecard.bands)

    def _side(self, code: int) -> Scorecard:
        band = self.impact.bands[code]
        return self.scorecard if any(one.id == band for one in self.scorecard.bands) else self.impact.old.scorecard

    def _count(self, count: int) -> str:
        return figures.count(count, self.language) if count else NONE

    def _part(self, name: str, points: Floats) -> list[str]:
        own = points[self.impact.compared]
        least = 0.5 * 10.0 ** -(self.decimals + 1)
        counts = [figures.count(int(count), self.language) for count in ((own >= least).sum(), (own <= -least).sum())]
        return [name, self.signed(float(own.mean()), 1), *counts, *(self.signed(float(end), 1) for end in (own.min(), own.max()))]

    def _by_change(self, rows: Codes) -> Codes:
        size = np.nan_to_num(np.abs(self.impact.change[rows]), nan=np.inf)
        return rows[np.argsort(-size, kind="stable")]

    def _score(self, score: float) -> str:
        return self.say("footer.no_score") if np.isnan(score) else figures.fixed(float(score), self.decimals, self.language)

    def _rise(self, places: float) -> str:
        return f"{'▲' if places > 0 else '▼'} {figures.plain(abs(float(places)), language=self.language)}"

    def _name(self, keys: Keys, row: int) -> str:
        return figures.clean(" ".join(str(texts[row]) for texts in keys.values())) or self.say("column.portfolio")

    def _limited(self, one: Judged, number: float) -> str:
        if one.of_all:
            return locale.percent(figures.plain(number * 100, 3, self.language), self.language)
        return figures.count(round(number), self.language) if one.name == "bands" else figures.plain(number, language=self.language)
