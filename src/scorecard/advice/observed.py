"""What was observed of the metrics over the periods of an evaluation, beside the numbers that they were held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.engine.windows import bounds
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded, Value
from scorecard.model.definition import Metric
from scorecard.model.period import Period
from scorecard.model.plan import Value as Measured
from scorecard.scoring.block import Block
from scorecard.scoring.score import PeriodScores, rescore

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ends = tuple[Floats, Floats]
"""both ends of a number that may be a pair; a single number has two equal ends"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Observed:
    """One metric, a row for each entity and period [n]; NaN where there is no number.

    What is measured once for several entities (`per: [customer_id]`) has one row for all of them.
    """

    metric: Metric
    period: NDArray[np.intp]
    """the place of the period"""
    who: NDArray[np.int64]
    """a number for whom it was measured"""
    segments: NDArray[np.intp]
    """the place of the combination of segments"""
    state: NDArray[np.int8]
    value: Floats
    score: Floats
    worst: Ends
    target: Ends
    thresholds: Mapping[str, Floats]
    benchmark: Floats
    """the value of a metric or attribute that is called `<metric>_benchmark`"""

    def __len__(self) -> int:
        return len(self.period)

    def where(self, rows: Flags) -> Observed:
        """Some of the rows."""
        return Observed(
            metric=self.metric,
            period=self.period[rows],
            who=self.who[rows],
            segments=self.segments[rows],
            state=self.state[rows],
            value=self.value[rows],
            score=self.score[rows],
            worst=(self.worst[0][rows], self.worst[1][rows]),
            target=(self.target[0][rows], self.target[1][rows]),
            thresholds={band: edge[rows] for band, edge in self.thresholds.items()},
            benchmark=self.benchmark[rows],
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Numbers:
    """The numbers of one metric for some rows of a period; each is one number or [rows]."""

    rows: Any
    worst: tuple[Any, Any]
    target: tuple[Any, Any]
    thresholds: Mapping[str, Any]


class Observations:
    """The metrics over the periods of an evaluation; each is put together when it is asked for."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.scorecard = evaluation.scorecard
        self.periods: tuple[Period, ...] = evaluation.shown
        self.scores: tuple[PeriodScores, ...] = tuple(scores for _, scores in evaluation.periods)
        self.sizes = [len(scores) for scores in self.scores]
        self.period = np.repeat(np.arange(len(self.sizes)), self.sizes)
        self.entity = np.concatenate([scores.table.entity for scores in self.scores]).astype(np.int64)
        self._coarse: dict[tuple[str, ...], NDArray[np.int64]] = {}

    def __len__(self) -> int:
        """Rows: entities times the periods they exist in."""
        return len(self.period)

    @cached_property
    def combinations(self) -> tuple[tuple[str, ...], ...]:
        """Every combination of segments that occurs."""
        return tuple(dict.fromkeys(variant.segments for scores in self.scores for variant in scores.variants))

    @cached_property
    def segments(self) -> NDArray[np.intp]:
        """The place of each row's combination of segments."""
        places = ([self.combinations.index(variant.segments) for variant in scores.variants] for scores in self.scores)
        return np.concatenate([np.array(own, dtype=np.intp)[scores.at] for own, scores in zip(places, self.scores, strict=True)])

    def cell(self, name: str) -> Floats:
        """A kept cell of all rows as numbers; NaN for what is none."""
        return np.concatenate([_numbers(scores.cells[name]) for scores in self.scores])

    def texts(self, name: str) -> NDArray[np.object_]:
        """A kept cell of all rows that holds texts; None where there is none."""
        return np.concatenate([_decoded(scores.cells[name]) for scores in self.scores])

    def observed(self, id: str) -> Observed:
        """One metric in all periods, what is measured once for several entities once."""
        worst, target = (np.full((2, len(self)), np.nan) for _ in range(2))
        thresholds: dict[str, Floats] = {}
        for start, parts in zip(np.cumsum([0, *self.sizes[:-1]]), self._written, strict=True):
            for part in parts[id]:
                rows = start + part.rows
                for into, ends in ((worst, part.worst), (target, part.target)):
                    into[0][rows], into[1][rows] = ends
                for band, edge in part.thresholds.items():
                    thresholds.setdefault(band, np.full(len(self), np.nan))[rows] = edge
        who = self._who(id)
        every = Observed(
            metric=self.scorecard.metrics[id],
            period=self.period,
            who=who,
            segments=self.segments,
            state=self.cell(f"{id}.#state").astype(np.int8),
            value=self.cell(f"{id}.value"),
            score=self.cell(f"{id}.score"),
            worst=(worst[0], worst[1]),
            target=(target[0], target[1]),
            thresholds=thresholds,
            benchmark=np.concatenate([_benchmark(scores, id) for scores in self.scores]),
        )
        if who is self.entity:
            return every
        measured_first = np.argsort(every.state, kind="stable")
        alike = (who * len(self.periods) + self.period) * len(self.combinations) + self.segments
        once = np.zeros(len(self), dtype=np.bool_)
        once[measured_first[np.unique(alike[measured_first], return_index=True)[1]]] = True
        return every.where(once)

    def numeric(self, id: str) -> bool:
        """Whether a metric's values are numbers, and not texts or days."""
        return all(_is_number(scores.cells[f"{id}.value"]) for scores in self.scores)

    def whole(self, id: str) -> Flags:
        """The periods in which the windows of a metric do not reach back before the period in which their source begins."""
        read = [one for one in self.evaluation.plan.passes if one.id in self._step(id).passes]
        starts = [[bounds(self.scorecard.period, one, period)[0] for one in read] for period in self.periods]
        begun = [self._begun.get(one.source) for one in read]
        return np.array([all(None in pair or pair[1] <= pair[0] for pair in zip(own, begun, strict=True)) for own in starts])  # type: ignore[operator]

    @cached_property
    def _begun(self) -> Mapping[str, datetime]:
        """The start of the period of the first record of each source that has a time."""
        calendar = self.scorecard.period
        firsts = {one.source: one.first for one in self.evaluation.quality if one.first is not None}
        return {
            source: start for source, first in firsts.items() if calendar is not None and (start := calendar.at(first).start) is not None
        }

    def _step(self, id: str) -> Measured:
        return next(cell.step for cell in self.evaluation.plan.cells if isinstance(cell.step, Measured) and cell.step.metric == id)

    def grain(self, id: str) -> tuple[str, ...]:
        """The key parts that a metric is measured by."""
        key = self.scorecard.entity.key
        step = self._step(id)
        grains = {one.grain for one in self.evaluation.plan.passes if one.id in step.passes}
        return tuple(part for part in key if not grains or any(part in grain for grain in grains))

    def name(self, id: str, who: int) -> Mapping[str, str]:
        """The key parts of whom a metric was measured for."""
        grain = self.grain(id)
        entity = who if grain == self.scorecard.entity.key else int(np.flatnonzero(self._groups(grain) == who)[0])
        return {part: str(self.evaluation.names.of(part)[entity]) for part in grain}

    def _who(self, id: str) -> NDArray[np.int64]:
        grain = self.grain(id)
        return self.entity if grain == self.scorecard.entity.key else self._groups(grain)[self.entity]

    def _groups(self, grain: tuple[str, ...]) -> NDArray[np.int64]:
        """For every entity of the roster a number for its key parts at a coarser grain."""
        if grain not in self._coarse:
            codes = np.zeros(int(self.entity.max(initial=0)) + 1, dtype=np.int64)
            for part in grain:
                texts = self.evaluation.names.of(part)[: len(codes)]
                different, own = np.unique(texts, return_inverse=True)
                codes = codes * len(different) + own
            self._coarse[grain] = codes
        return self._coarse[grain]

    @cached_property
    def _written(self) -> tuple[Mapping[str, list[Numbers]], ...]:
        """By period and metric the numbers that applied, in pieces."""
        return tuple(self._numbers_of(scores) for scores in self.scores)

    def _numbers_of(self, scores: PeriodScores) -> Mapping[str, list[Numbers]]:
        found: dict[str, list[Numbers]] = {id: [] for id in self.scorecard.metrics}
        for block in rescore(self.evaluation.plan, scores, np.arange(len(scores))):
            for id, metric in block.variant.metrics.items():
                found[id].append(
                    Numbers(
                        rows=np.asarray(block.index),
                        worst=_ends(block, f"{id}.worst"),
                        target=_ends(block, f"{id}.target"),
                        thresholds={band: block.figure(edge) for band, edge in metric.thresholds.items()},
                    )
                )
        return found


def _ends(block: Block, name: str) -> tuple[Any, Any]:
    found = block.cells[name]
    if isinstance(found, tuple):
        return found
    return (np.nan, np.nan) if found is None else (found, found)


def _benchmark(scores: PeriodScores, metric: str) -> Floats:
    name = f"{metric}_benchmark"
    column = scores.cells.get(f"{name}.value", scores.table.columns.get(f"entity.{name}"))
    return np.full(len(scores), np.nan) if column is None or not _is_number(column) else np.asarray(column, dtype=np.float64)


def _is_number(value: Value) -> bool:
    return not isinstance(value, Coded) and np.asarray(value).dtype.kind in "fiu"


def _numbers(value: Value) -> Floats:
    if not _is_number(value):
        assert isinstance(value, Coded) or np.asarray(value).dtype.kind == "M"
        return np.full(len(value.codes if isinstance(value, Coded) else np.asarray(value)), np.nan)
    return np.asarray(value, dtype=np.float64)


def _decoded(value: Value) -> NDArray[np.object_]:
    assert isinstance(value, Coded)
    return value.decode()
