"""The pages about one entity."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from scorecard.advice.since import since
from scorecard.evaluation.explain import Explained, explain
from scorecard.model.definition import Group, Metric
from scorecard.model.state import Fired
from scorecard.report import figures
from scorecard.report.advice import Told, told
from scorecard.report.charts.picture import PICTURES, Wish
from scorecard.report.charts.theme import LIGHT, Row
from scorecard.report.charts.trend import entity_rows
from scorecard.report.colors import band_color
from scorecard.report.labels import band_of, facts_of, node_of, period_of, rule_of, title_of
from scorecard.report.office.content import FIRST, SECOND, Cell, Chart, Figure, Head, Page, Report, Series, table_of
from scorecard.report.office.wording import Wording
from scorecard.report.points import change_of, loss, merged, printed
from scorecard.report.portfolio import Portfolio
from scorecard.report.reasons import Teller
from scorecard.report.since import SinceTeller
from scorecard.report.texts import NOTHING
from scorecard.report.texts import told as put_in

_INDENT = "\N{NO-BREAK SPACE}" * 3


class One(Wording):
    """Tells the entity in a row of a portfolio, in a language."""

    def __init__(self, portfolio: Portfolio, row: int, language: str) -> None:
        super().__init__(portfolio, language)
        self.row = row
        keys = self.evaluation.keys(portfolio.scores)
        self.key = {part: str(texts[row]) for part, texts in keys.items()}
        self.explanation = explain(self.evaluation, self.key, portfolio.period.label)
        self.teller = Teller(self.scorecard, self.explanation, language)
        self.drawn = Wish(portfolio=portfolio, row=row, language=language)

    def report(self) -> Report:
        """The cover, then the score and where its points went, the trend, what it is made of, what to do."""
        facts = [f"{name}: {fact}" for name, fact in facts_of(self.scorecard, self.explanation.attributes, self.language)]
        return Report(
            title=self.names([self.row])[0] or title_of(self.scorecard, self.language),
            subtitle=f"{title_of(self.scorecard, self.language)} · {period_of(self.portfolio.period, self.language)}",
            facts=" · ".join(figures.clean(fact) for fact in facts),
            pages=tuple(self.pages()),
        )

    def pages(self) -> Iterator[Page]:
        yield self._glance()
        if (trend := self._trend()) is not None:
            yield trend
        yield self._parts()
        if lines := [self.step(line) for own in self._told() for line in own]:
            names = ("what", "owner", "due", "brings")
            heads = [Head(self.say(f"office.{name}"), number=name == "brings") for name in names]
            yield Page(title=self.say("office.steps"), tables=(table_of(heads, lines),))

    def _told(self) -> Iterator[tuple[Told, ...]]:
        return told(self.evaluation, self.portfolio.period, self.portfolio.scores, np.array([self.row]), self.language)

    def _glance(self) -> Page:
        total = self.explanation.total
        found = list(self._figures(total))
        sentences = []
        changes = since(self.evaluation, self.key)
        if changes is not None and changes.missing is None:
            sentences.append(SinceTeller(self.scorecard, changes, self.teller.decimals, self.language).line())
        sentences += [
            self.say("list.colon", head=name, rest=text) if text else name
            for rule in total.rules
            if rule.fired is Fired.YES
            for name in [rule_of(self.scorecard, rule.id, self.language)]
            for text in [put_in(rule.reason, self.scorecard, self.explanation, self.language)]
        ]
        picture = PICTURES["waterfall"](self.drawn) if total.score is not None else None
        chart = None
        if picture is not None and picture.rows:
            chart = Chart(
                kind="steps",
                title=self.say("chart.waterfall"),
                categories=[row["label"] for row in picture.rows],
                series=self._steps(picture.rows),
                picture=picture,
                decimals=self.teller.decimals,
                texts=[row["text"] for row in picture.rows],
                ends=self.drawn.ends,
            )
        return Page(title=self._title(total), sentences=sentences, figures=found, chart=chart)

    def _title(self, total: Explained) -> str:
        if total.score is None:
            return self.say("explain.no_score")
        score = figures.score(total.score, total.band, self.scorecard.total, self.scorecard, self.language)
        band = band_of(self.scorecard, total.band, self.language)
        return self.say("office.score_and_band", score=score, band=band) if band else self.say("office.score_is", score=score)

    def _figures(self, total: Explained) -> Iterator[Figure]:
        if total.score is not None:
            score = figures.score(total.score, total.band, self.scorecard.total, self.scorecard, self.language)
            ends = figures.bounds(self.explanation.low, self.explanation.high, max(self.teller.decimals - 1, 0), self.language)
            yield Figure(score, self.say("office.score"), self.say("office.between", low=ends[0], high=ends[1]) if ends else "")
        if total.band is not None:
            yield Figure(band_of(self.scorecard, total.band, self.language), self.say("office.band"))
        if self.explanation.rank is not None:
            rank = figures.plain(self.explanation.rank, language=self.language)
            yield Figure(rank, self.say("office.rank"), self.say("office.of", count=figures.count(self.explanation.ranked, self.language)))
        if total.coverage is not None:
            yield Figure(figures.share(total.coverage, self.language), self.say("office.coverage"))

    def _steps(self, rows: list[Row]) -> list[Series]:
        """What is not seen below each bar, then the bars."""
        low = self.scorecard.scale.low or 0.0
        ends = np.cumsum([row["points"] for row in rows])
        starts = np.array([low if row["kind"] in ("whole", "score") else end - row["points"] for row, end in zip(rows, ends, strict=True)])
        colors = {"whole": SECOND, "lost": LIGHT.lost, "gained": LIGHT.gained}
        drawn = [colors.get(row["kind"]) or (band_color(self.scorecard, row["band"]) if row["band"] else FIRST) for row in rows]
        below = Series(" ", np.minimum(starts, ends).tolist(), None)
        return [below, Series(self.say("office.points"), np.abs(ends - starts).tolist(), FIRST, drawn)]

    def _trend(self) -> Page | None:
        rows = entity_rows(self.evaluation, self.drawn.periods, int(self.portfolio.scores.table.entity[self.row]), "total", self.language)
        if len(rows) < 2:
            return None
        title = self.say("chart.trend", node=node_of(self.scorecard, "total", self.language))
        chart = Chart(
            kind="line",
            title=title,
            categories=[row["period"] for row in rows],
            series=[Series(self.say("office.score"), [row["value"] for row in rows], FIRST)],
            picture=PICTURES["trend"](self.drawn),
            decimals=self.teller.decimals,
            ends=self.drawn.ends,
        )
        return Page(title=title, chart=chart)

    def _parts(self) -> Page:
        """Every group with what is in it: values, targets, scores and what each costs."""
        names = ("part", "value", "target", "score", "band", "lost")
        heads = [Head(self.say(f"office.{head}"), number=head in ("value", "target", "score", "lost")) for head in names]
        rows = [self._part(node, depth) for child in self.explanation.total.children for node, depth in _nodes(child, 0)]
        return Page(title=self.say("office.parts"), tables=(table_of(heads, rows),))

    def _part(self, node: Explained, depth: int) -> list[Cell]:
        own = self.scorecard.node(node.id)
        name = f"{_INDENT * depth}{node_of(self.scorecard, node.id, self.language)}"
        score = figures.score(node.score, node.band, own, self.scorecard, self.language) or NOTHING
        lost = self._lost.get(node.id, 0.0)
        cost = figures.gained(change_of(lost, self.scorecard.scale), self.teller.decimals, self.language) or NOTHING
        values = (NOTHING, NOTHING) if isinstance(own, Group) else self._values(node, own)
        return [name, *values, score, self.band(node.band), cost]

    def _values(self, node: Explained, metric: Metric) -> tuple[str, str]:
        ends = node.target if isinstance(node.target, tuple) else (node.target,)
        value, *target = (figures.value(number, metric.unit, metric.decimals, self.language) for number in (node.value, *ends))
        return value or self.say(f"state.{node.state.name.lower()}"), "–".join(target) or NOTHING

    @cached_property
    def _lost(self) -> dict[str, float]:
        """The points that each node cost, as they are printed beside each other."""
        total, scale = self.explanation.total, self.scorecard.scale
        exact = merged(self.explanation.lost)
        score = np.array([np.nan if total.score is None else total.score])
        found: dict[str, float] = {}
        for said, points in printed(exact, self.teller.decimals, loss(exact, self.teller.decimals, score, scale), scale).items():
            if said.rule is None and np.isfinite(points[0]):
                found[said.node] = found.get(said.node, 0.0) + float(points[0])
        return found


def _nodes(node: Explained, depth: int) -> Iterator[tuple[Explained, int]]:
    """A node and what is in it, with how deep each stands."""
    yield node, depth
    for child in node.children:
        yield from _nodes(child, depth + 1)
