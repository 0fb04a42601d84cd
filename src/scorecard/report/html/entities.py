"""The entities of one period, column by column: what every node says of every one of them, as `scorecard explain` says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from scorecard.evaluation.details import Detail, bounds, details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranked_with, ranks
from scorecard.expression.values import Coded
from scorecard.language.words import say
from scorecard.model.definition import Group, Item, Metric, Scorecard
from scorecard.model.period import Period
from scorecard.report import figure_columns, figures
from scorecard.report.digits import facts
from scorecard.report.html.columns import Column, packed
from scorecard.report.html.sentences import Sentences
from scorecard.report.labels import INSUFFICIENT, attribute_of, fact_of, segment_of
from scorecard.report.points import Said, loss, merged, printed, rounding
from scorecard.report.reasons import line_label
from scorecard.report.records import ends_of, gaps, weight_of
from scorecard.scoring.arrays import Array
from scorecard.scoring.block import rows_of
from scorecard.scoring.score import PeriodScores

_OF_GROUP = ("score", "band", "coverage", "weight", "share", "why", "rules")
_OF_METRIC = ("score", "band", "value", "target", "gap", "weight", "share", "brings", "costs", "why", "how", "rules")


class Entities:
    """Works out the columns of one period, block by block, each entity once."""

    def __init__(self, evaluation: Evaluation, period: Period, scores: PeriodScores, language: str) -> None:
        self.evaluation = evaluation
        self.scorecard = evaluation.scorecard
        self.scores = scores
        self.language = language
        self.bands = {band.id: place for place, band in enumerate(self.scorecard.bands)} | {INSUFFICIENT: len(self.scorecard.bands)}
        self.nodes = dict(tree(self.scorecard, self.scorecard.total))
        count = len(scores)
        self.columns = {
            id: {name: Column(count) for name in (_OF_METRIC if isinstance(node, Metric) else _OF_GROUP)} for id, node in self.nodes.items()
        }
        self.places = [figures.decimals_of(self.scorecard.total, self.scorecard.scale)] * count
        """the decimals that the score of each row is shown at"""
        self.lost: dict[Said, Column] = {}
        self.lost_total = Column(count)
        self.sentences = Sentences(evaluation, period, scores, language, self.columns)
        for detail in details(evaluation.plan, scores, np.arange(count)):
            self._fill(detail)

    def packed(self) -> dict[str, Any]:
        """Everything of the period's entities, ready for the page."""
        return {
            "count": len(self.scores),
            "key": [packed([figures.clean(text) for text in texts]) for texts in self.evaluation.keys(self.scores).values()],
            "attributes": [packed(texts) for texts in self.attributes()],
            "segments": packed(self._segments()),
            "bounds": packed(self._bounds()),
            **self._ranks(),
            "nodes": [{name: column.packed() for name, column in self.columns[id].items()} for id in self.nodes],
            "lost": {
                "labels": [line_label(self.scorecard, said, self.language) for said in self.lost],
                "kinds": [said.kind for said in self.lost],
                "points": [column.packed() for column in self.lost.values()],
                "total": self.lost_total.packed(),
            },
        }

    def attributes(self) -> list[list[str]]:
        """Each attribute as texts, one per row."""
        every = np.arange(len(self.scores))
        columns = {name: facts(rows_of(self.scores.table.columns[f"entity.{name}"], every)) for name in self.scorecard.entity.attributes}
        return [
            _once(lambda fact, name=name: fact_of(self.scorecard, name, fact, self.language), column)  # type: ignore[misc]
            for name, column in columns.items()
        ]

    def _segments(self) -> list[str | None]:
        names = {id: segment_of(self.scorecard, id, self.language) for id in self.scorecard.segments}
        comma = say("list.comma", self.language)
        told = [comma.join(names[id] for id in variant.segments) or None for variant in self.scores.variants]
        return [told[at] for at in self.scores.at.tolist()]

    def _bounds(self) -> list[str | None]:
        """What is said of the least and greatest score of those with gaps."""
        limits = bounds(self.evaluation.plan, self.scores, np.arange(len(self.scores)))
        key = "explain.bounds" if limits.guaranteed else "explain.bounds.not_guaranteed"
        found: list[str | None] = []
        for low, high, places in zip(limits.low.tolist(), limits.high.tolist(), self.places, strict=True):
            ends = figures.bounds(low, high, places, self.language)
            found.append(None if ends is None else say(key, self.language, low=ends[0], high=ends[1]))
        return found

    def _ranks(self) -> dict[str, Any]:
        """The rank as it is sorted by, and how it is said: among how many, and what these have in common."""
        ranking, places = self.scorecard.total.rank, ranks(self.evaluation, self.scores, "total")
        if ranking is None or places is None:
            return {}
        own = dict(zip(self.scorecard.entity.attributes, self.attributes(), strict=True))
        titles = [attribute_of(self.scorecard, name, self.language) for name in ranking.by]
        beside_of: dict[tuple[str, ...], str] = {}
        comma = say("list.comma", self.language)
        told: list[str | None] = []
        for row, place in enumerate(places.tolist()):
            if np.isnan(place):
                told.append(None)
                continue
            names = tuple(own[name][row] for name in ranking.by)
            if names not in beside_of:
                beside_of[names] = figures.count(ranked_with(self.evaluation, self.scores, "total", row), self.language)
            values = {"rank": figures.plain(place, language=self.language), "count": beside_of[names]}
            shared = comma.join(f"{title} {fact}" for title, fact in zip(titles, names, strict=True))
            key = "explain.rank_within" if names else "explain.rank"
            told.append(say(key, self.language, **values, names=shared))
        return {
            "rank": packed([None if np.isnan(place) else int(place) if place.is_integer() else place for place in places.tolist()]),
            "ranked": packed(told),
        }

    # ------------------------------------------------------------ one block

    def _fill(self, detail: Detail) -> None:
        rows: list[int] = detail.rows.tolist()
        shares = detail.shares()
        for id, node in self.nodes.items():
            own = self.columns[id]
            codes = self._band(detail, id)
            own["band"].put(rows, [None if code is None else self.bands[code] for code in codes])
            own["score"].put(rows, self._scores(detail, node, codes))
            if id != "total":
                own["weight"].put(rows, _once(lambda weight: figures.plain(weight, language=self.language), weight_of(detail, id).tolist()))
                own["share"].put(rows, _once(self._share, shares[id][0].tolist()))
            if isinstance(node, Group):
                own["coverage"].put(rows, _once(self._share, detail.numbers(f"{id}.coverage").tolist()))
            else:
                self._measured(detail, node, rows)
        self._points(detail, rows, shares)
        self.sentences.fill(detail)

    def _measured(self, detail: Detail, metric: Metric, rows: list[int]) -> None:
        own, language = self.columns[metric.id], self.language
        value = detail.block.cells[f"{metric.id}.value"]
        values = facts(value) if isinstance(value, Coded) else facts(np.broadcast_to(np.asarray(value), len(rows)))
        targets = ends_of(detail, metric.id, "target")

        def shown(number: Any) -> str | None:
            return figures.value(number, metric.unit, metric.decimals, language) or None

        def ends(found: Any) -> str | None:
            return "–".join(shown(end) or "" for end in found) if isinstance(found, tuple) else shown(found)

        def signed(gap: float | None) -> str | None:
            text = None if gap is None else shown(gap)
            return text and (text.replace("-", figures.MINUS, 1) if text.startswith("-") else f"+{text}" if gap else text)

        own["value"].put(rows, _once(shown, values))
        own["target"].put(rows, _once(ends, [tuple(found) if isinstance(found, list) else found for found in targets]))
        own["gap"].put(rows, _once(signed, gaps(values, targets)))

    def _points(self, detail: Detail, rows: list[int], shares: Mapping[str, tuple[Array, Array]]) -> None:
        """What each metric brought and cost, and the lines of what was lost, so that what is printed adds up."""
        scale = self.scorecard.scale
        brought, cost = merged(detail.ledger()), merged(detail.lost())
        places = np.array([self.places[row] for row in rows])
        for decimals in np.unique(places).tolist():
            at = np.flatnonzero(places == decimals)
            mine = [rows[place] for place in at]
            score = rounding(detail.root.score[at], decimals, scale)
            gained = printed({said: line[at] for said, line in brought.items()}, decimals, score, scale)
            total = loss({said: line[at] for said, line in cost.items()}, decimals, detail.root.score[at], scale)
            lost = printed({said: line[at] for said, line in cost.items()}, decimals, total, scale)
            for id in self.scorecard.metrics:
                counts = shares[id][0][at] > 0
                for name, parts in (("brings", gained), ("costs", lost)):
                    self.columns[id][name].put(mine, self._of_metric(parts, id, decimals, counts))
            for said, line in lost.items():
                texts = figure_columns.points(_known(line), decimals, self.language)
                column = self.lost.setdefault(said, Column(len(self.scores)))
                column.put(mine, [text if number else None for text, number in zip(texts, np.nan_to_num(line).tolist(), strict=True)])
            if lost:
                self.lost_total.put(mine, [text or None for text in figure_columns.points(_known(total), decimals, self.language)])

    def _band(self, detail: Detail, id: str) -> Sequence[str | None]:
        return detail.band(id).decode().tolist() if self.scorecard.bands else [None] * len(detail.rows)

    def _scores(self, detail: Detail, node: Item, bands: Sequence[str | None]) -> list[str | None]:
        numbers = _known(detail.numbers(f"{node.id}.score"))
        if node.id == "total":
            english = figure_columns.scores(numbers, bands, node, self.scorecard)
            for row, text in zip(detail.rows.tolist(), english, strict=True):
                if text:
                    self.places[row] = len(text.partition(".")[2])
        return [text or None for text in figure_columns.scores(numbers, bands, node, self.scorecard, self.language)]

    def _of_metric(self, parts: Mapping[Said, Array], id: str, decimals: int, counts: Any) -> list[str | None]:
        """The points printed for a metric, whether measured or filled in; none of what is not counted."""
        own = [line for said, line in parts.items() if said.node == id and said.kind in ("metric", "filled")]
        if not own:
            return [None] * len(counts)
        points = np.where(counts, np.sum(own, axis=0), np.nan)
        return [text or None for text in figure_columns.points(_known(points), decimals, self.language)]

    def _share(self, part: float) -> str | None:
        return figures.share(part, self.language) or None


def tree(scorecard: Scorecard, node: Item) -> Iterator[tuple[str, Item]]:
    """A node and all below it, each group before what is in it."""
    yield node.id, node
    if isinstance(node, Group):
        for child in scorecard.children(node.id):
            yield from tree(scorecard, child)


def _once(shown: Callable[[Any], Any], entries: Sequence[Any]) -> list[Any]:
    """Each entry as it is shown; equal ones are worked out once."""
    known: dict[Any, Any] = {}
    return [known[entry] if entry in known else known.setdefault(entry, shown(entry)) for entry in entries]


def _known(numbers: Array) -> list[float | None]:
    return [None if np.isnan(number) else number for number in numbers.tolist()]
