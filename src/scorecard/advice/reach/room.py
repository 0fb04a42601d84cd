"""Room: how far the metrics of many entities can move, at what effort, and where on their ways something may turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.aims import may_move
from scorecard.advice.reach.questions import questions
from scorecard.advice.reach.stops import turning
from scorecard.advice.reach.ways import efforts, leads_on, movable, reaches
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Scorecard
from scorecard.scoring.cells.curve import numbers_of
from scorecard.scoring.moved import reached
from scorecard.scoring.score import PeriodScores, rescore

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Room:
    """How far the metrics of some rows can move; every array is [n], NaN where a metric cannot.

    A unit is one metric, or several that move together; `share` is how much of its way to its best it can go in one go.
    """

    rows: Rows
    units: tuple[tuple[str, ...], ...]
    value: Mapping[str, Floats]
    best: Mapping[str, Floats]
    effort: Mapping[str, Floats]
    share: Floats
    """[units, n]; 0 where a unit cannot move"""
    stops: Floats
    """[units, stops, n]: the shares at which something may turn, rising from 0 to how far a unit can go"""
    jumps: Flags
    """[units]: whether what a unit brings may leap: through steps, or a rule that asks for it"""

    def at(self, share: Floats, places: Rows | slice = slice(None)) -> dict[str, Floats]:
        """The values of the metrics with each unit at a share of its way, [units, places]; NaN where it stays."""
        found = {}
        for unit, own in zip(self.units, share, strict=True):
            for metric in unit:
                value, best = self.value[metric][places], self.best[metric][places]
                found[metric] = np.where(own > 0, np.where(own == 1.0, best, value + own * (best - value)), np.nan)
        return found

    def cost(self) -> Floats:
        """What the whole way to its best costs each unit, [units, n]; 0 where it cannot move."""
        costs = [
            np.nansum([self.effort[metric] * np.abs(self.best[metric] - self.value[metric]) for metric in unit], axis=0)
            for unit in self.units
        ]
        return np.where(self.share > 0, np.array(costs).reshape(self.share.shape), 0.0)


def room(evaluation: Evaluation, scores: PeriodScores, rows: Rows) -> Room:
    """What the metrics of some rows can do."""
    plan, scorecard = evaluation.plan, evaluation.scorecard
    value, best, end, effort = ({name: np.full(len(rows), np.nan) for name in scorecard.metrics} for _ in range(4))
    turns: dict[str, dict[int, Floats]] = {name: {} for name in scorecard.metrics}
    places = np.full(len(scores), -1, dtype=np.intp)
    places[rows] = np.arange(len(rows))
    for block in rescore(plan, scores, rows, trace=True):
        here = places[np.asarray(block.index)]
        moving = list(movable(plan, block))
        asked = questions(plan, moving).of
        for id in moving:
            metric = block.variant.metrics[id]
            at = numbers_of(block, metric)
            found = dict(zip(("value", "best", "end"), reaches(block, metric, at), strict=True))
            free = may_move(block, metric, at) & leads_on(found["value"], found["end"])
            for into, numbers in (
                (value, found["value"]),
                (best, found["best"]),
                (end, found["end"]),
                (effort, efforts(block, metric, at)),
            ):
                into[id][here] = np.where(free, numbers, np.nan)
            for k, turn in enumerate(turning(block, metric, at, tuple(asked.get(id, ())))):
                turns[id].setdefault(k, np.full(len(rows), np.nan))[here] = turn
    units = tuple(_units(scorecard))
    shares = [np.minimum.reduce([_share(end[metric], value[metric], best[metric]) for metric in unit]) for unit in units]
    share = np.nan_to_num(np.array(shares)).reshape(len(units), len(rows))
    stops = [
        _stops(own, [_share(turn, value[metric], best[metric]) for metric in unit for turn in turns[metric].values()])
        for unit, own in zip(units, share, strict=True)
    ]
    most = max((len(own) for own in stops), default=0)
    asking = {metric for rule in scorecard.rules for metric in scorecard.metrics if f"rule.{rule}" in reached(plan, metric)}
    return Room(
        rows=rows,
        units=units,
        value=value,
        best=best,
        effort=effort,
        share=share,
        stops=np.array([np.concatenate([own, np.repeat(own[-1:], most - len(own), axis=0)]) for own in stops]),
        jumps=np.array([any(scorecard.metrics[one].curve.steps or one in asking for one in unit) for unit in units], dtype=bool),
    )


def _share(to: Floats, value: Floats, best: Floats) -> Floats:
    """How much of the way to its best a metric has gone at a value."""
    return (to - value) / np.where(best == value, np.nan, best - value)


def _stops(share: Floats, turns: list[Floats]) -> Floats:
    """The shares of a unit at which something may turn, [stops, n], rising from 0 to as far as it goes."""
    between = [np.where((turn > 0) & (turn < share), turn, share) for turn in turns]
    return np.sort(np.array([np.zeros_like(share), *between, share]), axis=0)


def _units(scorecard: Scorecard) -> Iterator[tuple[str, ...]]:
    """The metrics, those that move together as one."""
    unit: dict[str, tuple[str, ...]] = {metric: (metric,) for metric in scorecard.metrics}
    for id, metric in scorecard.metrics.items():
        if metric.moves_with is not None:
            together = tuple(dict.fromkeys((*unit[metric.moves_with], *unit[id])))
            unit |= dict.fromkeys(together, together)
    yield from dict.fromkeys(unit.values())
