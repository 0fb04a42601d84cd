"""Levers: what moving one metric alone would bring, to its target or to its next band, and what value that takes.

What a lever promises is scored, never estimated: rules, caps, rounding and groups of any kind are in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.aims import GOALS, Aim, Goal, aims, releases
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import found
from scorecard.scoring.arrays import Flags, Num
from scorecard.scoring.block import Block
from scorecard.scoring.moved import Downstream, Moving
from scorecard.scoring.score import PeriodScores, rescore

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
LEAST = 1e-9
"""points that are none"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One metric of one entity, moved to `needed`: its score and the total's, with the bands they would have.

    `goal` says what the value is needed for: the best score, the metric's next band, or that a rule no longer acts; the metric has
    no score of its own then.
    """

    metric: str
    goal: Goal
    value: float
    needed: float
    score: float
    band: str | None
    gain: float
    """points of the total"""
    total_band: str | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Levers:
    """The levers of one metric towards one goal, for the rows of a block that would gain by it.

    `better` are the rows of the block that have the lever, and `gains` what each of them would gain by it, [rows of the block];
    elsewhere it means nothing.
    """

    aim: Aim
    better: Flags
    gains: Floats
    moving: Moving

    @property
    def before(self) -> Block:
        """The block as it is."""
        return self.moving.block

    @cached_property
    def after(self) -> Block:
        """The block with the metric moved, scored again when it is asked for."""
        return self.moving.after(self.aim.move)

    @property
    def metric(self) -> str:
        return self.aim.move.metric

    @property
    def goal(self) -> Goal:
        return self.aim.goal

    @property
    def values(self) -> Num:
        """What the rows of the block need; elsewhere it means nothing."""
        return self.aim.move.needed

    def __len__(self) -> int:
        return int(np.count_nonzero(self.better))

    @cached_property
    def places(self) -> Rows:
        """The places in the block of the rows that have the lever, [n]."""
        return np.flatnonzero(self.better)

    @property
    def needed(self) -> Floats:
        """The value that each of them needs, [n]."""
        return np.broadcast_to(np.asarray(self.values, dtype=np.float64), self.gains.shape)[self.places]

    @property
    def gain(self) -> Floats:
        """Points of the total that each of them would gain, [n]."""
        return self.gains[self.places]

    @property
    def rows(self) -> Rows:
        """Their places in the period's table, [n]."""
        return np.asarray(self.before.index)[self.places]

    def each(self) -> Iterator[Lever]:
        """One by one, with what they bring told in full."""
        values, scores = (block.numbers(f"{self.metric}.{name}") for block, name in ((self.before, "value"), (self.after, "score")))
        bands, totals = self.bands(self.metric), self.bands("total")
        told = zip(self.places.tolist(), self.needed.tolist(), self.gain.tolist(), bands, totals, strict=True)
        for row, needed, gain, band, total in told:
            yield Lever(
                metric=self.metric,
                goal=self.goal,
                value=float(values[row]),
                needed=needed,
                score=float(scores[row]),
                band=band,
                gain=gain,
                total_band=total,
            )

    def bands(self, node: str) -> list[str | None]:
        """The bands that a node would have, of each of them, [n]."""
        if not self.after.scorecard.bands:
            return [None] * len(self)
        bands = self.after.read(f"{node}.band")
        names = [*bands.categories, None]
        return [names[code] for code in bands.codes[self.places].tolist()]


def levers(evaluation: Evaluation, scores: PeriodScores, rows: Rows) -> Iterator[Levers]:
    """The levers of some rows, by block, metric and goal; none that would gain nothing.

    A metric that is missing, excluded, exempt, not applicable, not counted or without an inverse has none.
    """
    following: dict[str, Downstream] = {}
    for block in rescore(evaluation.plan, scores, rows, trace=True):
        yield from levers_in(Moving(evaluation.plan, block, following))


def levers_in(moving: Moving, metrics: Collection[str] | None = None, goals: Collection[Goal] = GOALS) -> Iterator[Levers]:
    """The levers of the rows of a block; of some metrics, or towards one goal, alone."""
    block = moving.block
    among = block.variant.metrics if metrics is None else metrics
    for aim in (*aims(block, among, goals), *(releases(block, among) if "rule" in goals else ())):
        yield _tried(moving, aim)


def _tried(moving: Moving, aim: Aim) -> Levers:
    before = moving.block
    after = moving.after(aim.move)
    gain = after.numbers("total.score") - before.numbers("total.score")
    better = gain < -LEAST if before.scorecard.scale.lower_is_better else gain > LEAST
    better &= aim.move.where
    return Levers(aim=aim, better=better, gains=gain, moving=moving)


def by_row(found: Iterator[Levers], rows: Rows) -> list[tuple[Lever, ...]]:
    """The levers of each row, those that gain the most first."""
    places = {int(row): place for place, row in enumerate(rows)}
    own: list[list[Lever]] = [[] for _ in rows]
    for one in found:
        for lever, row in zip(one.each(), one.rows.tolist(), strict=True):
            own[places[row]].append(lever)
    return [tuple(sorted(each, key=lambda lever: -abs(lever.gain))) for each in own]


def levers_of(evaluation: Evaluation, key: Mapping[str, str], period: str | None = None) -> tuple[Lever, ...]:
    """The levers of one entity. Raises UsageError where the key names no entity, or several."""
    scores, row = found(evaluation, key, period)
    rows = np.array([row], dtype=np.intp)
    return by_row(levers(evaluation, scores, rows), rows)[0]
