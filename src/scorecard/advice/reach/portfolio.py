"""Many entities at once: a quick way of each to a better band, as arrays, every step checked by the engine that scores.

Ways are cut at the stops where something may turn. The stretches that bring the most for their effort are gone first, until the
band is reached, and what then turns out not to be needed is taken back: how a knapsack is filled that takes parts of things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.reach.cheapest import goal_of, ranked_bands
from scorecard.advice.reach.room import Flags, Floats, Rows, room
from scorecard.advice.reach.stops import Stretches, after, best_first
from scorecard.advice.reach.trying import Trying
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded
from scorecard.scoring.score import PeriodScores, tried

_HALVINGS = 24
_NEARLY = 0.999


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plans:
    """For some rows the values that take them to their goal, [n] each; what stays is NaN, and all is where the goal is out of reach."""

    rows: Rows
    goal: NDArray[np.object_]
    reached: Flags
    needed: Mapping[str, Floats]
    effort: Floats


def plans(evaluation: Evaluation, scores: PeriodScores, rows: Rows, goal: str | None = None) -> Plans:
    """A cheap way of every row to a band, the next better one unless named. Raises UsageError where there is no such band."""
    trying = Trying(evaluation, scores, room(evaluation, scores, rows))
    able, goals = trying.able, _Goals(trying, goal)
    everyone = np.arange(len(rows))
    good, reachable = goals.met(everyone, np.zeros_like(able.share)), goals.met(everyone, able.share)
    going = np.flatnonzero(reachable & ~good)
    share = np.zeros_like(able.share)
    if len(going):
        stretches = best_first(*trying.brings(going))
        share[:, going] = _taken_back(goals, going, _filled(goals, going, stretches), stretches.unit)
    return Plans(rows=rows, goal=goals.names, reached=reachable, needed=able.at(share), effort=(share * able.cost()).sum(axis=0))


class _Goals:
    """The band that each row is to reach, and whether it does."""

    def __init__(self, trying: Trying, goal: str | None) -> None:
        self.trying = trying
        scorecard = trying.evaluation.scorecard
        self.ranked = ranked_bands(scorecard)
        now = self._places(tried(trying.evaluation.plan, trying.scores, trying.able.rows, {}, ["total.band"])["total.band"])
        names = [goal_of(scorecard, self.ranked[place] if place >= 0 else None, goal) for place in range(-1, len(self.ranked))]
        self.wanted = np.array([self.ranked.index(name) for name in names])[now + 1]
        self.names = np.array(self.ranked, dtype=object)[self.wanted]

    def met(self, places: Rows, share: Floats) -> Flags:
        """Whether the rows at some places reach their bands with units at these shares of their ways, [units, places]."""
        return self._places(self.trying.cell(places, share, "total.band")) >= self.wanted[places]

    def _places(self, bands: Any) -> NDArray[np.intp]:
        """Places among the bands from worst to best; -1 for none."""
        assert isinstance(bands, Coded)
        table = [self.ranked.index(name) if name in self.ranked else -1 for name in bands.categories]
        return np.array([*table, -1], dtype=np.intp)[bands.codes]


def _filled(goals: _Goals, going: Rows, stretches: Stretches) -> Floats:
    """The shares after the fewest of the best stretches that reach the goal, or after all but the last of these and one unit more.

    Where the stretches do not reach it, everything goes as far as it can.
    """
    full, cost = goals.trying.able.share[:, going], goals.trying.able.cost()[:, going]
    low, high = np.zeros(len(going), dtype=np.intp), np.full(len(going), len(stretches.unit))
    while (low < high).any():
        middle = (low + high) // 2
        met = goals.met(going, after(stretches, middle, len(full)))
        low, high = np.where(met, low, np.minimum(middle + 1, high)), np.where(met, middle, high)
    best, begun = after(stretches, high, len(full)), after(stretches, high - 1, len(full))
    best = np.where(goals.met(going, best), best, full)
    for unit in range(len(full)):
        other = begun.copy()
        other[unit] = full[unit]
        places = np.flatnonzero((full[unit] > begun[unit]) & goals.met(going, other))
        units = np.full(len(going), unit)
        other = _least(goals, going, other, units, places, begun[unit, places])
        cheaper = places[((other - best) * cost).sum(axis=0)[places] < 0]
        best[:, cheaper] = other[:, cheaper]
    return best


def _taken_back(goals: _Goals, going: Rows, full: Floats, best_last: NDArray[np.intp]) -> Floats:
    """The shares left when each unit is taken back as far as the goal allows, the best ones last, [units, going]."""
    share = full.copy()
    columns = np.arange(len(going))
    done = np.zeros_like(full, dtype=bool)
    for units in best_last[::-1]:
        start = np.where(units >= 0, share[units, columns], 0.0)
        places = np.flatnonzero((start > 0) & ~done[units, columns])
        done[units[places], places] = True
        if not len(places):
            continue
        share = _with(share, units, places, np.zeros(len(places)))
        needed = places[~goals.met(going[places], share[:, places])]
        share = _with(share, units, needed, start[needed] * _NEARLY)
        less = goals.met(going[needed], share[:, needed]) if len(needed) else np.zeros(0, dtype=bool)
        share = _with(share, units, needed, start[needed])
        partly = needed[less | goals.trying.able.jumps[units[needed]]]
        share = _least(goals, going, share, units, partly, np.zeros(len(partly)))
    return share


def _least(goals: _Goals, going: Rows, share: Floats, units: NDArray[np.intp], places: Rows, low: Floats) -> Floats:
    """The shares with one unit per place as little above `low` as the goal allows."""
    high = share[units[places], places]
    for _ in range(_HALVINGS if len(places) else 0):
        middle = (low + high) / 2
        met = goals.met(going[places], _with(share, units, places, middle)[:, places])
        low, high = np.where(met, low, middle), np.where(met, middle, high)
    return _with(share, units, places, high)


def _with(share: Floats, units: NDArray[np.intp], places: Rows, own: Floats) -> Floats:
    """The shares with those of one unit per place replaced."""
    changed = share.copy()
    changed[units[places], places] = own
    return changed
