"""The pages about all entities of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scorecard.evaluation.gates import judge
from scorecard.expression.values import Coded
from scorecard.language.words import say
from scorecard.report import figures
from scorecard.report.advice import Told, told
from scorecard.report.advised import to_many
from scorecard.report.charts import levers
from scorecard.report.charts.bands import bands_over, rows_over
from scorecard.report.charts.picture import PICTURES, Picture, Wish
from scorecard.report.charts.shade import shades
from scorecard.report.colors import band_color
from scorecard.report.heading import gate_lines, heading
from scorecard.report.headline import Headline
from scorecard.report.labels import band_of, cost_of, node_of, period_of, title_of
from scorecard.report.office.content import FIRST, SECOND, Banded, Cell, Chart, Figure, Head, Page, Report, Series, Table
from scorecard.report.portfolio import Advised, Move, Portfolio, Standing
from scorecard.report.rows import shown
from scorecard.report.texts import NOTHING

DRAWN = 4
"""periods that charts show"""
_ADVISED = 8
_STEPS = 8
"""lines of what is recommended, and of the next steps"""
_LOOKED_AT = 60
"""entities with the worst scores, whose steps come first"""
_EACH = 2
"""steps of one entity"""
_NAMED_BY = 2
"""attributes that stand beside a key"""


class Everybody:
    """Tells a portfolio in a language."""

    def __init__(self, portfolio: Portfolio, language: str) -> None:
        self.portfolio = portfolio
        self.evaluation = portfolio.evaluation
        self.scorecard = portfolio.evaluation.scorecard
        self.language = language
        self.headline = Headline(portfolio, language)
        self.decimals = self.headline.decimals

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
        if self.scorecard.bands:
            yield self._bands()
        if (changes := self.portfolio.changes) is not None and (changes.risers or changes.fallers):
            yield self._changes()
        if self.portfolio.best.size:
            yield self._ends()
        yield from (self._part(one) for one in self.portfolio.standings if one.depth == 1 and one.mean is not None)
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
            since = "" if self.headline.change is None else self._since(self.headline.signed(self.headline.change))
            yield Figure(self.headline.points(portfolio.mean), self.say("office.mean"), since)
        for one in (portfolio.bands[0], portfolio.bands[len(self.scorecard.bands) - 1]) if portfolio.bands else ():
            since = "" if one.before is None else self._since(self._difference(one.count - one.before))
            yield Figure(self._count(one.count), band_of(self.scorecard, one.band, self.language), since)
        if portfolio.coverage is not None:
            lacking = portfolio.count - portfolio.scored
            note = self.say("office.lacking", count=self._count(lacking)) if lacking else ""
            yield Figure(figures.share(portfolio.coverage, self.language), self.say("office.coverage"), note)

    def _bands(self) -> Page:
        portfolio = self.portfolio
        first = portfolio.bands[0]
        title = self.say(
            "office.bands",
            band=band_of(self.scorecard, first.band, self.language),
            count=self._count(first.count),
            all=self._count(portfolio.count),
            share=figures.share(first.count / portfolio.count, self.language),
        )
        heads = [
            Head(self.say("office.band")),
            Head(self.say("office.count"), number=True),
            Head(self.say("office.share"), number=True),
        ]
        rows: list[list[Cell]] = []
        for one in portfolio.bands:
            row: list[Cell] = [self.band(one.band), self._count(one.count), figures.share(one.count / portfolio.count, self.language)]
            rows.append(row if one.before is None else [*row, self._difference(one.count - one.before)])
        if portfolio.before is not None:
            heads.append(Head(self.say("office.change"), number=True))
        sentences = (self.headline.moves(),) if self.headline.moves() else ()
        return Page(title=title, sentences=sentences, chart=self._chart_of_bands(), tables=(Table(heads=heads, rows=rows),))

    def _chart_of_bands(self) -> Chart:
        periods = [*self.portfolio.earlier[-DRAWN + 1 :], (self.portfolio.period, self.portfolio.scores)]
        rows = rows_over(self.evaluation, periods, self.language)
        labels = list(dict.fromkeys(row["period"] for row in rows))
        counts = {(row["period"], row["band"]): row["count"] for row in rows}
        present = [
            shade for shade in shades(self.scorecard, self.language) if any(row["band"] == shade.id and row["count"] for row in rows)
        ]
        series = [Series(shade.title, [counts.get((label, shade.id), 0) for label in labels], shade.color) for shade in present]
        wish, title = self._wish(), self.say("chart.bands")
        over = Picture(bands_over(present, heading=wish.heading(title, rows), width=wish.width), rows)
        picture = over if len(labels) > 1 else PICTURES["bands"](wish)
        return Chart(kind="columns", title=title, categories=labels, series=series, picture=picture)

    def _changes(self) -> Page:
        changes = self.portfolio.changes
        assert changes is not None
        counts = {name: self._count(getattr(changes, name)) for name in ("risen", "fallen")}
        title = self.say("office.changes", period=period_of(changes.period, self.language), **counts)
        tables = [
            self._moves(moves, key) for moves, key in ((changes.risers, "office.risers"), (changes.fallers, "office.fallers")) if moves
        ]
        parts = [
            self.say(f"office.{name}", count=self._count(count)) for name, count in (("new", changes.new), ("gone", changes.gone)) if count
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
        return Table(caption=self.say(caption), heads=heads, rows=rows)

    def _ends(self) -> Page:
        best, worst = (
            self._listed(rows, key) for rows, key in ((self.portfolio.best, "office.best"), (self.portfolio.worst, "office.worst"))
        )
        return Page(
            title=self.say("office.ends", best=self._count(len(best.rows)), worst=self._count(len(worst.rows))), tables=(best, worst)
        )

    def _listed(self, rows: np.ndarray, caption: str) -> Table:
        heads = [Head(self.say("office.who")), Head(self.say("office.score"), number=True)]
        heads += [Head(self.say("office.band"))] if self.scorecard.bands else []
        heads.append(Head(self.say("office.cost")))
        found: list[list[Cell]] = []
        for row, name in zip(shown(self.evaluation, self.portfolio.scores, rows, 1), self.names(rows.tolist()), strict=True):
            cost = [
                self.say(
                    "headline.loss",
                    name=cost_of(self.scorecard, one, self.language),
                    points=figures.points(-one.points, self.decimals, self.language),
                )
                for one in row.costs
            ]
            score = figures.score(row.score, row.band, self.scorecard.total, self.scorecard, self.language)
            found.append([name, score, *([self.band(row.band)] if self.scorecard.bands else []), *(cost or [NOTHING])])
        return Table(caption=self.say(caption), heads=heads, rows=found)

    def _part(self, one: Standing) -> Page:
        """One part of the total: its means, its metrics, what costs the most there."""
        node = self.scorecard.node(one.node)
        below = self._below(one.node)
        change = self._changed(one)
        mean = self._of(one, one.mean)
        name = node_of(self.scorecard, one.node, self.language)
        key = "office.mean_of_since" if change else "office.mean_of"
        before = self.portfolio.before
        period = period_of(before[0], self.language) if before else ""
        title = self.say(key, name=name, mean=mean, change=change, period=period)
        objective = figures.clean(node.objective.into(self.language))
        lost = [loss for loss in self.portfolio.losses if loss.said.node in {each.node for each in below} and loss.points > 0][:2]
        sentences = [self.say("office.objective", text=objective)] if objective else []
        if lost:
            sentences.append(self.say("headline.costs", names=self.say("list.comma").join(self.headline.loss(loss) for loss in lost)))
        note = self.say("office.owned_by", name=figures.clean(node.owner)) if node.owner else ""
        return Page(title=title, sentences=sentences, chart=self._chart_of_means(below), tables=(self._means(below),), note=note)

    def _below(self, group: str) -> list[Standing]:
        """The metrics in a group, however deep, that anybody has a score of; a metric itself."""
        standings = {one.node: one for one in self.portfolio.standings}
        if standings[group].metric:
            return [standings[group]]
        parents = {group}
        for one in standings.values():
            parents |= {one.node} if one.parent in parents else set()
        return [one for one in standings.values() if one.metric and one.parent in parents and one.mean is not None]

    def _means(self, below: Sequence[Standing]) -> Table:
        potentials = {one.metric: one for one in self.portfolio.potentials}
        losses: dict[str, float] = {}
        for loss in self.portfolio.losses:
            if loss.said.rule is None:
                losses[loss.said.node] = losses.get(loss.said.node, 0.0) + loss.points
        names = ("metric", "mean_score", "change", "lost", "to_gain")
        heads = [Head(self.say(f"office.{name}"), number=name != "metric") for name in names]
        rows: list[list[Cell]] = []
        for one in below:
            found = potentials.get(one.node)
            gain = self.say("office.gain", points=self._mean_points(found.points), count=self._count(found.entities)) if found else NOTHING
            lost = figures.points(-losses.get(one.node, 0.0), max(self.decimals, 1), self.language)
            name = node_of(self.scorecard, one.node, self.language)
            rows.append([name, self._of(one, one.mean), self._changed(one) or NOTHING, lost, gain])
        return Table(heads=heads, rows=rows)

    def _chart_of_means(self, below: Sequence[Standing]) -> Chart:
        labels = [node_of(self.scorecard, one.node, self.language) for one in below]
        then = [self._before(one) for one in below]
        now = period_of(self.portfolio.period, self.language)
        series = [Series(now, [one.mean for one in below], FIRST)]
        if self.portfolio.before is not None and any(number is not None for number in then):
            series.append(Series(period_of(self.portfolio.before[0], self.language), then, SECOND))
        title = self.say("chart.means")
        rows = [
            {"order": order, "label": label, "points": one.mean, "text": self._of(one, one.mean)}
            for order, (one, label) in enumerate(zip(below, labels, strict=True))
        ]
        wish = self._wish()
        picture = Picture(levers.levers(heading=wish.heading(title, rows), width=wish.width), rows)
        return Chart(kind="bars", title=title, categories=labels, series=series, picture=picture, decimals=self.decimals, ends=wish.ends)

    def _recommended(self) -> Page:
        found = self.portfolio.advised[:_ADVISED]
        names = ("what", "about", "given_to", "brings", "owner", "due")
        heads = [Head(self.say(f"office.{name}"), number=name in ("given_to", "brings")) for name in names]
        more = len(self.portfolio.advised) - len(found)
        return Page(
            title=self.say("office.recommended"),
            tables=(Table(heads=heads, rows=[self._advised(one) for one in found]),),
            note=self.say("office.more", count=self._count(more)) if more else "",
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
        return Page(title=self.say("office.steps"), tables=(Table(heads=heads, rows=rows),), note=self.say("office.steps_note"))

    def step(self, line: Told) -> list[Cell]:
        """What to do, who, by when, and what it would bring."""
        gain = NOTHING if line.gain is None else self.headline.signed(line.gain)
        return [line.action, line.owner or NOTHING, line.due or NOTHING, gain]

    # ------------------------------------------------------------ words

    def band(self, id: str | None) -> Cell:
        return NOTHING if id is None else Banded(band_of(self.scorecard, id, self.language), band_color(self.scorecard, id))

    def names(self, rows: Sequence[int]) -> list[str]:
        """The keys of some rows, with their first attributes that are texts."""
        scores, at = self.portfolio.scores, np.array(rows, dtype=np.intp)
        parts = [texts[at].tolist() for texts in self.evaluation.keys(scores).values()]
        columns = (scores.table.columns[f"entity.{name}"] for name in self.scorecard.entity.attributes)
        about = [column.decode()[at].tolist() for column in columns if isinstance(column, Coded)][:_NAMED_BY]
        return [
            figures.clean(" · ".join(text for text in (" ".join(map(str, key)), *(fact for fact in facts if fact)) if text))
            for key, *facts in zip(zip(*parts, strict=True) if parts else [()] * len(rows), *about, strict=True)
        ]

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def _wish(self) -> Wish:
        return Wish(portfolio=self.portfolio, language=self.language)

    def _count(self, count: int) -> str:
        return figures.count(count, self.language)

    def _difference(self, count: int) -> str:
        return f"{'+' if count > 0 else figures.MINUS if count < 0 else '±'}{self._count(abs(count))}"

    def _since(self, change: str) -> str:
        before = self.portfolio.before
        assert before is not None
        return self.say("office.since", change=change, period=period_of(before[0], self.language)).strip()

    def _mean_points(self, points: float) -> str:
        """Points summed over entities, as those on the mean."""
        return figures.fixed(points / max(self.portfolio.scored, 1), max(self.decimals, 1), self.language)

    def _of(self, one: Standing, score: float | None) -> str:
        return NOTHING if score is None else figures.fixed(score, self.decimals, self.language)

    def _before(self, one: Standing) -> float | None:
        return one.history[-1][1] if self.portfolio.before is not None and one.history else None

    def _changed(self, one: Standing) -> str:
        before = self._before(one)
        if before is None or one.mean is None:
            return ""
        return self.headline.signed(round(one.mean, self.decimals) - round(before, self.decimals))
