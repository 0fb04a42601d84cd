"""A budget over many entities: the moves that bring the most points, or the most weighted value, for a total effort.

Every entity's stretches stand in one list, those first that bring the most for their effort, and are taken while the budget
lasts. What they bring together is what the engine says; entities to which they bring nothing give theirs back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scorecard.advice.reach.room import Floats, Room, Rows, room
from scorecard.advice.reach.stops import Stretches, after, best_first
from scorecard.advice.reach.trying import Trying
from scorecard.evaluation.evaluation import Evaluation
from scorecard.scoring.score import PeriodScores

_ROUNDS = 8
_NOTHING = 1e-9
_REFUSED = 64
"""stretches too dear for what is left, and not to be gone in part, that are passed over for others"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spending:
    """What is moved for a budget; every array is [n], values NaN where a metric stays."""

    rows: Rows
    needed: Mapping[str, Floats]
    effort: Floats
    gain: Floats
    """points of the total that it brings; negative where lower is better"""
    worth: Floats
    """the points times what a point of this entity is worth"""


def spend(evaluation: Evaluation, scores: PeriodScores, rows: Rows, budget: float, worth: Floats | None = None) -> Spending:
    """The moves for a total effort that bring the most; `worth` is what a point of each entity is worth, [n], 1 unless given."""
    trying = Trying(evaluation, scores, room(evaluation, scores, rows))
    able, everyone = trying.able, np.arange(len(rows))
    each = np.ones(len(rows)) if worth is None else np.where(np.isnan(worth), 0.0, worth)
    stretches = best_first(*trying.brings(everyone))
    before = trying.total(everyone, np.zeros_like(able.share))
    closed = np.isnan(before)
    share = np.zeros_like(able.share)
    gain = np.zeros(len(rows))
    for _ in range(_ROUNDS):
        share = _taken(stretches, able, np.where(closed, 0.0, each), budget)
        gain = np.nan_to_num(trying.total(everyone, share) - before)
        idle = (share > 0).any(axis=0) & (gain <= _NOTHING)
        if not idle.any():
            break
        closed |= idle
    else:
        share[:, gain <= _NOTHING] = 0.0
    effort = (share * able.cost()).sum(axis=0)
    return Spending(rows=rows, needed=able.at(share), effort=effort, gain=trying.sign * gain, worth=gain * each)


def _taken(stretches: Stretches, able: Room, each: Floats, budget: float) -> Floats:
    """The shares where the best stretches of all entities are taken as long as the budget lasts, and a part of the next, [units, n]."""
    open_ones = (stretches.unit >= 0) & (each > 0)
    value = np.where(open_ones, stretches.gain * each, 0.0)
    ratio = np.where(open_ones, np.divide(value, stretches.cost, out=np.full(value.shape, np.inf), where=stretches.cost > 0), -np.inf)
    order = np.argsort(-ratio, axis=None, kind="stable")
    order = order[: np.count_nonzero(open_ones)]
    cost, (place, entity) = stretches.cost.ravel()[order], np.unravel_index(order, ratio.shape)
    taken, left = np.zeros(len(order), dtype=bool), budget * (1 + 1e-12)
    closed = np.zeros(len(each), dtype=bool)
    part: int | None = None
    for _ in range(_REFUSED):
        waiting = np.flatnonzero(~taken & ~closed[entity])
        spent = np.cumsum(cost[waiting])
        fits = int(np.searchsorted(spent, left, side="right"))
        taken[waiting[:fits]] = True
        if fits == len(waiting):
            break
        left -= float(spent[fits - 1]) if fits else 0.0
        part = int(waiting[fits])
        if not able.jumps[stretches.unit[place[part], entity[part]]]:
            break
        closed[entity[part]], part = True, None
    counts = np.zeros(len(each), dtype=np.intp)
    np.maximum.at(counts, entity[taken], place[taken] + 1)
    share = after(stretches, counts, len(able.units))
    if part is not None:
        unit, row = stretches.unit[place[part], entity[part]], entity[part]
        share[unit, row] += (stretches.end[place[part], row] - share[unit, row]) * left / cost[part]
    return share
