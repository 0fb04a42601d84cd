"""A page for each part of the total: its mean, its metrics, what costs the most there and what is there to gain.

Metrics that are in no group share a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.report import figures
from scorecard.report.charts import levers
from scorecard.report.charts.picture import Picture
from scorecard.report.labels import node_of, period_of
from scorecard.report.office.content import FIRST, SECOND, Cell, Chart, Head, Page, Series, Table, table_of
from scorecard.report.office.wording import Wording
from scorecard.report.portfolio import Standing
from scorecard.report.texts import NOTHING


class Parts(Wording):
    """Tells the parts of a portfolio."""

    def pages(self) -> Iterator[Page]:
        parts = [one for one in self.portfolio.standings if one.depth == 1 and one.mean is not None]
        alone = [one for one in parts if one.metric]
        if len(alone) == 1:
            alone = []
        yield from (self._part(one) for one in parts if one not in alone)
        if alone:
            title = self.say("office.metrics" if len(alone) == len(parts) else "office.further_metrics")
            yield self._page(title, alone)

    def _part(self, one: Standing) -> Page:
        """One part of the total: its means, its metrics, what costs the most there."""
        node = self.scorecard.node(one.node)
        below = self._below(one.node)
        change = self.changed(one)
        mean = self.score(one.mean)
        name = node_of(self.scorecard, one.node, self.language)
        key = "office.mean_of_since" if change else "office.mean_of"
        before = self.portfolio.before
        period = period_of(before[0], self.language) if before else ""
        title = self.say(key, name=name, mean=mean, change=change, period=period)
        objective = figures.clean(node.objective.into(self.language))
        sentences = [self.say("office.objective", text=objective)] if objective else []
        note = self.say("office.owned_by", name=figures.clean(node.owner)) if node.owner else ""
        return self._page(title, below, sentences, note)

    def _page(self, title: str, metrics: Sequence[Standing], sentences: Sequence[str] = (), note: str = "") -> Page:
        """The means of some metrics and what costs the most among them."""
        nodes = {one.node for one in metrics}
        lost = [said for said, points in self.headline.losses.items() if said.node in nodes and points > 0][:2]
        costs = [self.headline.costs_of(lost)] if lost else []
        chart, table = self._chart_of_means(metrics), self._means(metrics)
        return Page(title=title, sentences=[*sentences, *costs], chart=chart, tables=(table,), note=note)

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
        for said, points in self.headline.losses.items():
            if said.rule is None:
                losses[said.node] = losses.get(said.node, 0.0) + points
        names = ("metric", "mean_score", "change", "lost", "to_gain")
        heads = [Head(self.say(f"office.{name}"), number=name != "metric") for name in names]
        rows: list[list[Cell]] = []
        for one in below:
            found = potentials.get(one.node)
            brings = self.mean_points(found.points) if found else ""
            gain = self.say("office.gain", points=brings, count=self.count(found.entities)) if found and brings else NOTHING
            lost = self.headline.cost(losses.get(one.node, 0.0))
            name = node_of(self.scorecard, one.node, self.language)
            rows.append([name, self.score(one.mean), self.changed(one) or NOTHING, lost, gain])
        return table_of(heads, rows)

    def _chart_of_means(self, below: Sequence[Standing]) -> Chart:
        labels = [node_of(self.scorecard, one.node, self.language) for one in below]
        then = [self.before(one) for one in below]
        now = period_of(self.portfolio.period, self.language)
        series = [Series(now, [one.mean for one in below], FIRST)]
        if self.portfolio.before is not None and any(number is not None for number in then):
            series.append(Series(period_of(self.portfolio.before[0], self.language), then, SECOND))
        title = self.say("chart.means")
        rows = [
            {"order": order, "label": label, "points": one.mean, "text": self.score(one.mean)}
            for order, (one, label) in enumerate(zip(below, labels, strict=True))
        ]
        wish = self.wish()
        picture = Picture(levers.levers(heading=wish.heading(title, rows), width=wish.width), rows)
        return Chart(kind="bars", title=title, categories=labels, series=series, picture=picture, decimals=self.decimals, ends=wish.ends)
