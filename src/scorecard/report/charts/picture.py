"""The charts that can be asked for by name, each with its rows, its title and what a screen reader says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scorecard.evaluation.explain import explain
from scorecard.language.words import say
from scorecard.model.definition import Metric
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.charts import heat, levers, trend
from scorecard.report.charts.bands import bands_now, bands_over, rows_now, rows_over
from scorecard.report.charts.scores import score_rows, scores
from scorecard.report.charts.shade import Shade, shades
from scorecard.report.charts.theme import LIGHT, WIDTH, Ends, Heading, Row, Spec, Theme
from scorecard.report.charts.waterfall import waterfall, waterfall_rows
from scorecard.report.heading import heading
from scorecard.report.labels import attribute_of, node_of, period_of, title_of
from scorecard.report.points import merged
from scorecard.report.portfolio import Portfolio
from scorecard.scoring.score import PeriodScores

SEGMENT = "segment"
"""what a heat map is by, where its rows are segments"""
MOST_ROWS = 30
"""of a heat map"""
_MOST_SAID = 12
"""rows that a screen reader hears of"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A spec and the rows it draws; without rows there is nothing to draw."""

    spec: Spec
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be drawn: of everybody, or of the entity in a row; `node` is what a trend is of, `by` the attribute of a heat map."""

    portfolio: Portfolio
    language: str = "en"
    row: int | None = None
    node: str = "total"
    by: str | None = None
    theme: Theme = LIGHT
    width: int = WIDTH

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def shades(self, rows: Iterable[Row] = ()) -> tuple[Shade, ...]:
        """The bands that have a start, or that any of the rows is in."""
        found = {row["band"] for row in rows}
        return tuple(
            shade for shade in shades(self.portfolio.evaluation.scorecard, self.language) if shade.start is not None or shade.id in found
        )

    @property
    def ends(self) -> Ends | None:
        """The ends of a closed scale."""
        low, high = self.portfolio.evaluation.scorecard.scale.low, self.portfolio.evaluation.scorecard.scale.high
        return None if low is None or high is None else (low, high)

    @property
    def periods(self) -> list[tuple[Period, PeriodScores]]:
        """Those that are shown, where they are several; else all that there are."""
        evaluation, portfolio = self.portfolio.evaluation, self.portfolio
        return list(evaluation.periods) if len(evaluation.shown) > 1 else [*portfolio.earlier, (portfolio.period, portfolio.scores)]

    @cached_property
    def key(self) -> dict[str, str]:
        keys = self.portfolio.evaluation.keys(self.portfolio.scores)
        return {part: str(texts[self.row]) for part, texts in keys.items()}

    def heading(self, title: str, rows: list[Row]) -> Heading:
        """The title, what it is of, and both with the rows for those who do not see them."""
        portfolio = self.portfolio
        _, facts = heading(portfolio.evaluation, portfolio.period, portfolio.scores, self.language)
        drawn = [row["period"] for row in rows if "period" in row] or [period_of(portfolio.period, self.language)]
        about = f"{title_of(portfolio.evaluation.scorecard, self.language)} · {'–'.join(dict.fromkeys((drawn[0], drawn[-1])))}"
        whom = figures.clean(" ".join(self.key.values())) if self.row is not None else facts
        subtitle = " · ".join(part for part in (about, whom) if part)
        said = [
            f"{row.get('period') or row['label']}: {row['text']}" for row in rows if row.get("text") and row.get("label", row.get("period"))
        ]
        description = self.say("list.colon", head=f"{title}, {subtitle}", rest=self.say("list.pause").join(said[:_MOST_SAID]))
        return Heading(title=title, subtitle=subtitle, description=description if said else f"{title}, {subtitle}")


def _bands(wish: Wish) -> Picture:
    title = wish.say("chart.bands")
    if len(wish.portfolio.evaluation.shown) > 1:
        rows = rows_over(wish.portfolio.evaluation, wish.periods, wish.language)
        return Picture(bands_over(wish.shades(rows), heading=wish.heading(title, rows), theme=wish.theme, width=wish.width), rows)
    rows = rows_now(wish.portfolio, wish.language)
    return Picture(bands_now(wish.shades(rows), heading=wish.heading(title, rows), theme=wish.theme, width=wish.width), rows)


def _scores(wish: Wish) -> Picture:
    rows = score_rows(wish.portfolio)
    scorecard, median = wish.portfolio.evaluation.scorecard, wish.portfolio.median
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    marks = [] if median is None else [(median, wish.say("chart.median", score=figures.fixed(median, decimals, wish.language)))]
    title = wish.say("chart.scores")
    return Picture(scores(wish.shades(rows), marks, wish.ends, heading=wish.heading(title, rows), theme=wish.theme, width=wish.width), rows)


def _waterfall(wish: Wish) -> Picture:
    portfolio, scorecard = wish.portfolio, wish.portfolio.evaluation.scorecard
    if wish.row is None:
        title, score, band = wish.say("chart.waterfall_of_mean"), portfolio.mean, None
        lost = {loss.said: loss.points for loss in portfolio.losses}
    else:
        explanation = explain(portfolio.evaluation, wish.key, portfolio.period.label)
        title, score, band = wish.say("chart.waterfall"), explanation.total.score, explanation.total.band
        lost = {said: float(points[0]) for said, points in merged(explanation.lost).items()}
    if score is None or not np.isfinite([*lost.values(), 0.0]).all() or (scorecard.scale.best is None and not any(lost.values())):
        return Picture({}, [])
    decimals = figures.decimals_in_band(score, band, figures.decimals_of(scorecard.total, scorecard.scale), scorecard)
    rows = waterfall_rows(scorecard, lost, score, band, decimals, wish.language)
    base = scorecard.scale.low or 0.0
    return Picture(waterfall(wish.shades(rows), base, heading=wish.heading(title, rows), theme=wish.theme, width=wish.width), rows)


def _trend(wish: Wish) -> Picture:
    portfolio, scorecard = wish.portfolio, wish.portfolio.evaluation.scorecard
    node = scorecard.node(wish.node)
    if wish.row is None:
        rows = trend.mean_rows(portfolio.evaluation, wish.periods, node.id, wish.language)
    else:
        rows = trend.entity_rows(portfolio.evaluation, wish.periods, int(portfolio.scores.table.entity[wish.row]), node.id, wish.language)
    of_value = any("target" in row for row in rows)
    unit = node.unit if of_value and isinstance(node, Metric) else None
    name = node_of(scorecard, node.id, wish.language)
    if unit is not None and unit != "percent":
        name = wish.say("chart.in_unit", node=name, unit=_unit(unit, wish.language))
    title = wish.say("chart.trend" if wish.row is not None else "chart.trend_of_mean", node=name)
    return Picture(
        trend.trend(
            () if of_value else wish.shades(),
            None if of_value else wish.ends,
            heading=wish.heading(title, rows),
            theme=wish.theme,
            width=wish.width,
            format=".0%" if unit == "percent" else ",~r",
        ),
        rows,
    )


def _unit(unit: str, language: str) -> str:
    """A unit by itself, as it stands behind a number."""
    return figures.value(1e6, unit, 0, language).removeprefix(figures.fixed(1e6, 0)).strip()


def _heat(wish: Wish) -> Picture:
    portfolio = wish.portfolio
    parts = ["total", *(one.node for one in portfolio.standings if one.depth == 1 and one.scored)]
    if wish.by == SEGMENT:
        rows, title = heat.segment_rows(portfolio, parts, MOST_ROWS, wish.language), wish.say("chart.heat_by_segment")
    elif wish.by is not None:
        rows = heat.attribute_rows(portfolio, parts, wish.by, MOST_ROWS, wish.language)
        title = wish.say("chart.heat_by", attribute=attribute_of(portfolio.evaluation.scorecard, wish.by, wish.language))
    else:
        rows = heat.entity_rows(portfolio, parts, MOST_ROWS, wish.language)
        title = wish.say("chart.heat_of_worst" if portfolio.scored > MOST_ROWS else "chart.heat")
    return Picture(heat.heat(wish.shades(rows), rows, heading=wish.heading(title, rows), theme=wish.theme, width=wish.width), rows)


def _levers(wish: Wish) -> Picture:
    if wish.row is None:
        rows = levers.everybody_rows(wish.portfolio, wish.language)
    else:
        rows = levers.entity_rows(wish.portfolio, wish.row, wish.language)
    return Picture(levers.levers(heading=wish.heading(wish.say("chart.levers"), rows), theme=wish.theme, width=wish.width), rows)


PICTURES: Mapping[str, Callable[[Wish], Picture]] = {
    "bands": _bands,
    "scores": _scores,
    "waterfall": _waterfall,
    "trend": _trend,
    "heat": _heat,
    "levers": _levers,
}
