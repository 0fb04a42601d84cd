"""What is said about the nodes of every entity, in the words of `scorecard explain`; what many share is worded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from scorecard.evaluation.aspects import told
from scorecard.evaluation.details import Detail
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import AspectTold, Explained, alone, origin, shared, value_step
from scorecard.model.definition import Metric
from scorecard.model.period import Period
from scorecard.model.state import Fired, Reason, State
from scorecard.model.text import Text
from scorecard.report.facts import Facts
from scorecard.report.html.columns import Column
from scorecard.report.nodes import NodeTeller
from scorecard.scoring.score import PeriodScores

Columns = Mapping[str, Mapping[str, Column]]


class Sentences:
    """Fills the columns `why`, `rules` and `how` of a period, block by block."""

    def __init__(self, evaluation: Evaluation, period: Period, scores: PeriodScores, language: str, columns: Columns) -> None:
        self.evaluation = evaluation
        self.scorecard = evaluation.scorecard
        self.scores = scores
        self.language = language
        self.columns = columns

    def fill(self, detail: Detail) -> None:
        facts = Facts(self.evaluation, self.scores, detail, self.language)
        one_row = cache(detail.only)
        for id, own in self.columns.items():
            unusual = (detail.state(id) != State.MEASURED) | (np.asarray(detail.block.cells[f"{id}.#reason"]) != Reason.NONE)
            for at in np.flatnonzero(unusual).tolist():
                teller = self._teller(facts, at)
                node = alone(self.evaluation, one_row(at), id)
                row = int(detail.rows[at])
                own["why"].add(row, teller.why(node))
                if node.filled is not None:
                    own["why"].add(row, teller.filled(node, node.filled))
            for at in np.flatnonzero(self._ruled(detail, id)).tolist():
                for line in self._teller(facts, at).rules(alone(self.evaluation, one_row(at), id)):
                    own["rules"].add(int(detail.rows[at]), line)
        for metric in detail.block.variant.metrics.values():
            self._measured(detail, facts, metric)

    def _ruled(self, detail: Detail, id: str) -> Any:
        """The rows in which a rule of the node acts, or cannot be judged."""
        fired = [np.asarray(detail.block.cells[f"rule.{rule.id}.#fired"]) for rule in self.scorecard.rules.values() if rule.of == id]
        return np.any([codes != Fired.NO for codes in fired], axis=0) if fired else np.zeros(0)

    def _teller(self, facts: Facts, at: int) -> NodeTeller:
        def put_in(text: Text) -> str:
            return facts.told(text, at)

        return NodeTeller(self.scorecard, self.language, put_in)

    # ------------------------------------------------------------ how a metric was measured and scored

    def _measured(self, detail: Detail, facts: Facts, metric: Metric) -> None:
        """The records and for whom it is measured, what its type tells beside the value, how the value became a score."""
        own, teller = self.columns[metric.id]["how"], self._teller(facts, 0)
        step = value_step(detail, metric.id)
        grain = shared(detail, step, self.scorecard.entity.key)
        among = None if grain is None else teller.shared(grain)
        counts = np.nan_to_num(detail.numbers(step.records)).astype(int).tolist() if step.records is not None else [0] * len(detail.rows)
        curves = list(self._curves(detail, teller, metric))
        aspects = list(self._aspects(detail, teller, metric.id))
        begun = origin(self.evaluation, detail, metric, "target")
        segment = None if begun is None else begun.segment
        by = None if segment is None else teller.say("explain.by_segment", segment=teller.segment(segment))
        clause = teller.say("list.clause")
        known = cache(teller.records)
        for at, row in enumerate(detail.rows.tolist()):
            measured = clause.join(text for text in (known(counts[at]) if counts[at] else None, among) if text)
            scored = clause.join(text for text in (curves[at], by if curves[at] else None) if text)
            for line in (measured, *(lines[at] for lines in aspects), scored):
                if line:
                    own.add(row, line)

    def _curves(self, detail: Detail, teller: NodeTeller, metric: Metric) -> Iterator[str | None]:
        """How the value became a score, for each row with a score; worded once for those with the same numbers."""
        cells, rows = detail.block.cells, len(detail.rows)
        thresholds = [(band, _every(detail.block.figure(number), rows)) for band, number in metric.thresholds.items()]
        worst, target = (_ends(cells[f"{metric.id}.{key}"], rows) for key in ("worst", "target"))
        scores = detail.numbers(f"{metric.id}.score")

        @cache
        def told_of(worst: Any, target: Any, edges: tuple[tuple[str, float], ...]) -> str:
            return teller.curve(_scored(metric, worst, target, edges))

        for at in range(rows):
            edges = tuple((band, edge[at]) for band, edge in thresholds if edge[at] is not None)
            yield None if np.isnan(scores[at]) else told_of(worst[at], target[at], edges)

    def _aspects(self, detail: Detail, teller: NodeTeller, metric: str) -> Iterator[list[str | None]]:
        for aspect, columns in told(detail, metric):
            names = list(columns)
            lines: list[str | None] = []
            for numbers in zip(*(column.tolist() for column in columns.values()), strict=True):
                known = [(name, number) for name, number in zip(names, numbers, strict=True) if not np.isnan(number)]
                parts = tuple(sorted(known, key=lambda part: -part[1]))
                lines.append(teller.aspect(AspectTold(id=aspect.id, title=aspect.title, unit=aspect.unit, parts=parts)) if parts else None)
            yield lines


def _scored(metric: Metric, worst: Any, target: Any, thresholds: tuple[tuple[str, float], ...]) -> Explained:
    """As much of a metric as its curve is told by."""
    return Explained(
        id=metric.id,
        title=metric.title,
        metric=True,
        state=State.MEASURED,
        reason=Reason.NONE,
        score=None,
        computed=None,
        band=None,
        weight=None,
        share=None,
        contribution=None,
        lost=None,
        coverage=None,
        unit=metric.unit,
        decimals=metric.decimals,
        worst=worst,
        target=target,
        thresholds=thresholds,
        curve=metric.curve.kind,
    )


def _ends(found: Any, rows: int) -> list[Any]:
    """A worst or a target for each row: a number, a pair, or None."""
    if found is None:
        return [None] * rows
    if isinstance(found, tuple):
        low, high = (_every(end, rows) for end in found)
        return [None if None in ends else ends for ends in zip(low, high, strict=True)]
    return _every(found, rows)


def _every(number: Any, rows: int) -> list[Any]:
    array = np.broadcast_to(np.asarray(number, dtype=np.float64), (rows,))
    return [None if np.isnan(one) else one for one in array.tolist()]
