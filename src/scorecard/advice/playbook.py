"""Playbooks: a definition's recommendations where their conditions hold, then actions of the library, each with what it would bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.aims import Goal
from scorecard.advice.levers import Levers, levers_in
from scorecard.advice.library import Offer, Offering, offers
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranks
from scorecard.expression.array import evaluate
from scorecard.expression.values import Truth, Value
from scorecard.model.definition import Recommendation
from scorecard.model.period import MONTHS_IN, Period, Window, months_before
from scorecard.model.state import State
from scorecard.scoring.arrays import having
from scorecard.scoring.block import Block
from scorecard.scoring.moved import Moving
from scorecard.scoring.score import PeriodScores, worked

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
TO_TARGET: tuple[Goal, ...] = ("target", "rule")
FEW = 3
"""recommendations of an entity up to which the library adds to those of the definition"""
_AWAY = (State.NOT_APPLICABLE, State.EXCLUDED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Advice:
    """All that is recommended, a line per entity and recommendation, [n]: by row, what is written before what is in the library.

    What is written goes by priority, then by what it would bring, then as written; the library by what it would bring.

    `which` is a place in `recommendations`, `row` one in the period's table. `gain` is what its metric at target would bring in
    points of the total, and `needed` that target; NaN where nothing would be brought. The
    first `written` recommendations are those of the definition.
    """

    recommendations: tuple[Recommendation, ...]
    written: int
    which: Rows
    row: Rows
    gain: Floats
    needed: Floats

    def __len__(self) -> int:
        return len(self.which)


def advice(evaluation: Evaluation, scores: PeriodScores, rows: Rows, most: int = FEW, found: Iterable[Levers] = ()) -> Advice:
    """What is recommended for some rows. Nothing about what is excluded or does not apply.

    The library fills up to `most` recommendations of an entity, 0 for all that it has; what is written is always given. `found` are
    levers of all metrics that are known already, which spares looking for them where the blocks of the period were kept.
    """
    known: dict[int, list[Levers]] = {}
    for one in found:
        known.setdefault(id(one.before), []).append(one)
    written = tuple(evaluation.plan.scorecard.recommendations.values())
    library = offers(evaluation.plan.scorecard)
    if not written and not library:
        rows = rows[:0]
    priorities = np.array([*(one.priority for one in written), *(np.inf for _ in library)], dtype=np.float64)
    level = np.unique(priorities, return_inverse=True)[1]

    def lines_of(block: Block) -> list[_Columns]:
        return list(_lines(evaluation, scores, block, written, library, known.get(id(block))))

    which, row, gain, needed = _stacked(chain.from_iterable(worked(evaluation.plan, scores, rows, lines_of)))
    order = _order(row, level[which], gain)
    if most and library:
        in_line = np.arange(len(order)) - np.searchsorted(row[order], row[order])
        order = order[(which[order] < len(written)) | (in_line < most)]
    return Advice(
        recommendations=(*written, *(offer.recommendation for offer in library)),
        written=len(written),
        which=which[order],
        row=row[order],
        gain=gain[order],
        needed=needed[order],
    )


def _order(row: Rows, level: Rows, gain: Floats) -> Rows:
    """Lines by row, then level, then what they would bring, else as they come, which for most of them is in order already."""
    key = row * (level.max(initial=0) + 1) + level
    order = np.argsort(key, kind="stable")
    alike = np.zeros(len(order), dtype=bool)
    alike[1:] = key[order[1:]] == key[order[:-1]]
    alike[:-1] |= alike[1:]
    lines = order[alike]
    order[alike] = lines[np.lexsort((-np.abs(np.nan_to_num(gain[lines])), key[lines]))]
    return order


_Columns = tuple[Rows, Rows, Floats, Floats]
"""the places of recommendations, rows, gains and values needed, a line each, [n]"""


def _stacked(parts: Iterable[_Columns]) -> _Columns:
    columns = list(zip(*parts, strict=True))
    if not columns:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0), np.empty(0)
    which, row, gain, needed = map(np.concatenate, columns)
    return which, row, gain, needed


def _lines(
    evaluation: Evaluation,
    scores: PeriodScores,
    block: Block,
    written: tuple[Recommendation, ...],
    library: tuple[Offer, ...],
    known: list[Levers] | None,
) -> Iterator[_Columns]:
    """For each recommendation its place, and the rows of the block to which it is given with what each would bring and need."""
    holding = [np.flatnonzero(_holds(evaluation, scores, block, one)) for one in written]
    about = {one.of for one, places in zip(written, holding, strict=True) if len(places)}
    reaching: dict[str, list[Levers]] = {of: [] for of in about}
    offering = Offering(library, block.rows)
    wanted = about | {one.recommendation.of for one in library}
    for own in levers_in(Moving(evaluation.plan, block), wanted, TO_TARGET) if known is None else known:
        if own.goal not in TO_TARGET or own.metric not in wanted:
            continue
        if own.metric in about:
            reaching[own.metric].append(own)
        for which, found in offering.about(own) if own.goal == "target" else ():
            yield np.full(len(found), len(written) + which), own.rows[found], own.gain[found], own.needed[found]
    for which, (one, places) in enumerate(zip(written, holding, strict=True)):
        if len(places):
            yield np.full(len(places), which), np.asarray(block.index)[places], *_brought(reaching[one.of], places)


def _brought(levers: list[Levers], places: Rows) -> tuple[Floats, Floats]:
    """What levers of one metric bring to some rows of their block, and the values that takes; NaN where none does."""
    gain, needed = np.full(len(places), np.nan), np.full(len(places), np.nan)
    for one in levers:
        better = one.better[places]
        values = np.asarray(one.values, dtype=np.float64)
        gain = np.where(better, one.gains[places], gain)
        needed = np.where(better, values if values.ndim == 0 else values[places], needed)
    return gain, needed


def due_on(due: date | Window | None, period: Period, evaluation: Evaluation) -> date | None:
    """The day by which something is to be done; a stretch begins on the day as of which the data are read, else where the period ends."""
    if not isinstance(due, Window):
        return due
    if evaluation.provenance.as_of is not None:
        start = date.fromisoformat(evaluation.provenance.as_of[:10])
    elif period.last_day is not None:
        start = period.last_day
    else:
        start = date.fromisoformat(evaluation.provenance.made_at[:10])
    if due.unit in ("day", "week"):
        return start + timedelta(days=due.count * (7 if due.unit == "week" else 1))
    return months_before(datetime.combine(start, time()), -due.count * MONTHS_IN[due.unit]).date()


def _holds(evaluation: Evaluation, scores: PeriodScores, block: Block, one: Recommendation) -> NDArray[np.bool_]:
    def read(name: str) -> Value:
        if name.endswith(".rank"):
            places = ranks(evaluation, scores, name.removesuffix(".rank"))
            assert places is not None
            return places[block.index]
        value: Value = block.read(name)
        return value

    truth = evaluate(one.when.tree, read, block.rows)
    assert isinstance(truth, Truth)
    away = having(block.cells[f"{one.of}.#state"], *_AWAY)
    return np.broadcast_to(np.asarray(truth.holds), (block.rows,)) & ~away
