"""The pages about all entities of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scorecard.evaluation.gates import judge
from scorecard.report import figures
from scorecard.report.advice import Told, told
from scorecard.report.advised import to_many
from scorecard.report.charts.bands import bands_over, rows_over
from scorecard.report.charts.picture import PICTURES, Picture
from scorecard.report.charts.shade import shades
from scorecard.report.heading import gate_lines, heading
from scorecard.report.labels import band_of, cost_of, goodness, period_of, title_of
from scorecard.report.office.content import FIRST, Cell, Chart, Figure, Head, Page, Report, Series, Table, table_of
from scorecard.report.office.parts import Parts
from scorecard.report.office.wording import Wording
from scorecard.report.portfolio import Advised, BandCount, Move
from scorecard.report.rows import shown
from scorecard.report.texts import NOTHING
from scorecard.report.wrap import shortened

DRAWN = 4
"""periods that charts show"""
_ADVISED = 8
_STEPS = 8
"""lines of what is recommended, and of the next steps"""
_LOOKED_AT = 60
"""entities with the worst scores, whose steps come first"""
_LONGEST_COST = 40
"""letters of what costs the most, so that its points stand behind it"""
_EACH = 2
"""steps of one entity"""


class Everybody(Wording):
    """Tells a portfolio in a language."""

    def report(self) -> Report:
        """The cover, then what it comes to, the bands, the changes, best and worst, a page per part, what to do."""
        _, facts = heading(self.evaluation, self.portfolio.period, self.portfolio.scores, self.language)
        return Report(
            title=title_of(self.scorecard, self.language),
            subtitle=period_of(self.portfolio.period, self.language),
            facts=facts,
            pages=tuple(self.pages()),
        )

    def pages(self) -> Iterator[Page]:
        yield self._glance()
        if not self.portfolio.scored:
            return
        if self._ordered:
            yield self._bands()
        if (changes := self.portfolio.changes) is not None and (changes.risers or changes.fallers):
            yield self._changes()
        if self.portfolio.best.size:
            yield self._ends()
        yield from Parts(self.portfolio, self.language).pages()
        if self.portfolio.advised:
            yield self._recommended()
        if lines := self._next_steps():
            yield self._steps(lines)

    # ------------------------------------------------------------ pages

    def _glance(self) -> Page:
        gates = [f"{'✓' if passed else '✗'} {line}" for passed, line in gate_lines(judge(self.evaluation), self.language)]
        return Page(title=self.say("office.glance"), sentences=(*self.headline.sentences(), *gates), figures=tuple(self._figures()))

    def _figures(self) -> Iterator[Figure]:
        portfolio = self.portfolio
        if portfolio.mean is not None:
            since = "" if self.headline.change is None else self.since(self.headline.signed(self.headline.change))
            yield Figure(self.headline.points(portfolio.mean), self.say("office.mean"), since)
        for one in (self._ordered[0], self._ordered[-1]) if self._ordered else ():
            since = "" if one.before is None else self.since(self.difference(one.count - one.before))
            yield Figure(self.count(one.count), band_of(self.scorecard, one.band, self.language), since)
        if portfolio.coverage is not None:
            lacking = portfolio.count - portfolio.scored
            note = self.say("office.lacking", count=self.count(lacking)) if lacking else ""
            yield Figure(figures.share(portfolio.coverage, self.language), self.say("office.coverage"), note)

    @property
    def _ordered(self) -> list[BandCount]:
        """The bands that begin at a score, the best first."""
        return [one for one in self.portfolio.bands if goodness(self.scorecard, one.band) is not None]

    def _bands(self) -> Page:
        portfolio = self.portfolio
        first = next((one for one in self._ordered if one.count), self._ordered[0])
        title = self.say(
            "office.bands",
            band=band_of(self.scorecard, first.band, self.language),
            count=self.count(first.count),
            all=self.count(portfolio.count),
            share=figures.share(first.count / portfolio.count, self.language),
        )
        heads = [
            Head(self.say("office.band")),
            Head(self.say("office.count"), number=True),
            Head(self.say("office.share"), number=True),
        ]
        rows: list[list[Cell]] = []
        for one in portfolio.bands:
            row: list[Cell] = [self.band(one.band), self.count(one.count), figures.share(one.count / portfolio.count, self.language)]
            rows.append(row if one.before is None else [*row, self.difference(one.count - one.before)])
        if portfolio.before is not None:
            heads.append(Head(self.say("office.change"), number=True))
        sentences = (self.headline.moves(),) if self.headline.moves() else ()
        return Page(title=title, sentences=sentences, chart=self._chart_of_bands(), tables=(table_of(heads, rows),))

    def _chart_of_bands(self) -> Chart:
        periods = [*self.portfolio.earlier[-DRAWN + 1 :], (self.portfolio.period, self.portfolio.scores)]
        rows = rows_over(self.evaluation, periods, self.language)
        labels = list(dict.fromkeys(row["period"] for row in rows))
        counts = {(row["period"], row["band"]): row["count"] for row in rows}
        present = [
            shade for shade in shades(self.scorecard, self.language) if any(row["band"] == shade.id and row["count"] for row in rows)
        ]
        wish, title = self.wish(), self.say("chart.bands")
        if len(labels) == 1:
            best_first = [shade for one in self.portfolio.bands for shade in present if shade.id == one.band]
            numbers, colors = [counts[labels[0], shade.id] for shade in best_first], [shade.color for shade in best_first]
            one = Series(labels[0], numbers, FIRST, colors)
            names = [shade.title for shade in best_first]
            return Chart(kind="bars", title=title, categories=names, series=[one], picture=PICTURES["bands"](wish))
        series = [Series(shade.title, [counts.get((label, shade.id), 0) for label in labels], shade.color) for shade in present]
        picture = Picture(bands_over(present, heading=wish.heading(title, rows), width=wish.width), rows)
        return Chart(kind="columns", title=title, categories=labels, series=series, picture=picture)

    def _changes(self) -> Page:
        changes = self.portfolio.changes
        assert changes is not None
        counts = {name: self.count(getattr(changes, name)) for name in ("risen", "fallen")}
        title = self.say("office.changes", period=period_of(changes.period, self.language), **counts)
        tables = [
            self._moves(moves, key) for moves, key in ((changes.risers, "office.risers"), (changes.fallers, "office.fallers")) if moves
        ]
        parts = [
            self.say(f"office.{name}", count=self.count(count)) for name, count in (("new", changes.new), ("gone", changes.gone)) if count
        ]
        return Page(title=title, tables=tables, note=self.say("list.comma").join(parts))

    def _moves(self, moves: Sequence[Move], caption: str) -> Table:
        heads = [
            Head(self.say("office.who")),
            Head(self.say("office.score"), number=True),
            Head(self.say("office.change"), number=True),
        ]
        names = self.names([move.row for move in moves])
        rows: list[list[Cell]] = [
            [
                name,
                f"{self.headline.points(move.then)} → {self.headline.points(move.now)}",
                self.headline.signed(round(move.now, self.decimals) - round(move.then, self.decimals)),
            ]
            for move, name in zip(moves, names, strict=True)
        ]
        return table_of(heads, rows, self.say(caption))

    def _ends(self) -> Page:
        best, worst = (
            self._listed(rows, key) for rows, key in ((self.portfolio.best, "office.best"), (self.portfolio.worst, "office.worst"))
        )
        return Page(title=self.say("office.ends", best=self.count(len(best.rows)), worst=self.count(len(worst.rows))), tables=(best, worst))

    def _listed(self, rows: np.ndarray, caption: str) -> Table:
        heads = [Head(self.say("office.who")), Head(self.say("office.score"), number=True)]
        heads += [Head(self.say("office.band"))] if self.scorecard.bands else []
        heads.append(Head(self.say("office.cost")))
        found: list[list[Cell]] = []
        for row, name in zip(shown(self.evaluation, self.portfolio.scores, rows, 1), self.names(rows.tolist()), strict=True):
            cost = [
                self.say(
                    "headline.loss",
                    name=shortened(cost_of(self.scorecard, one, self.language), _LONGEST_COST),
                    points=self.headline.cost(one.points),
                )
                for one in row.costs
            ]
            score = figures.score(row.score, row.band, self.scorecard.total, self.scorecard, self.language)
            found.append([name, score, *([self.band(row.band)] if self.scorecard.bands else []), *(cost or [NOTHING])])
        return table_of(heads, found, self.say(caption))

    def _recommended(self) -> Page:
        found = self.portfolio.advised[:_ADVISED]
        names = ("what", "about", "given_to", "brings", "owner", "due")
        heads = [Head(self.say(f"office.{name}"), number=name in ("given_to", "brings")) for name in names]
        more = len(self.portfolio.advised) - len(found)
        return Page(
            title=self.say("office.recommended"),
            tables=(table_of(heads, [self._advised(one) for one in found]),),
            note=self.say("office.more", count=self.count(more)) if more else "",
        )

    def _advised(self, one: Advised) -> list[Cell]:
        said = to_many(self.portfolio, one, self.decimals, self.language)
        return [text or NOTHING for text in (said.what, said.about, said.count, said.points, said.owner, said.due)]

    def _next_steps(self) -> list[tuple[str, Told]]:
        """What would bring the most to those who need it the most: at most two steps of each of the entities with the worst scores."""
        portfolio = self.portfolio
        scored = np.argsort(portfolio.total * (-1 if self.scorecard.scale.lower_is_better else 1), kind="stable")
        rows = np.sort(scored[: min(_LOOKED_AT, portfolio.scored)])
        keys = list(zip(*(texts[rows].tolist() for texts in self.evaluation.keys(portfolio.scores).values()), strict=True)) or [()]
        names = dict(zip(keys, self.names(rows.tolist()), strict=True))
        each = told(self.evaluation, portfolio.period, portfolio.scores, rows, self.language)
        lines = [line for own in each for line in own[:_EACH]]
        return [(names[line.key], line) for line in sorted(lines, key=lambda line: -abs(line.gain or 0.0))[:_STEPS]]

    def _steps(self, lines: Sequence[tuple[str, Told]]) -> Page:
        names = ("who", "what", "owner", "due", "brings")
        heads = [Head(self.say(f"office.{name}"), number=name == "brings") for name in names]
        rows = [[name, *self.step(line)] for name, line in lines]
        return Page(title=self.say("office.steps"), tables=(table_of(heads, rows),), note=self.say("office.steps_note"))
