"""Aims: the values that metrics would need, row by row, to be at their best or in their next band."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from scorecard.expression.values import Coded
from scorecard.model.definition import Metric, Range
from scorecard.model.formula import Cell, Compare, walk
from scorecard.model.formula import Literal as Written
from scorecard.model.state import Fired, Reason, State
from scorecard.scoring import curves
from scorecard.scoring.arrays import Array, Codes, Flags, Num, having
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import draw_curve, numbers_of, rounded_as_written, scored
from scorecard.scoring.curves.at import At
from scorecard.scoring.moved import Move

Goal = Literal["target", "band", "rule"]
GOALS: tuple[Goal, ...] = ("target", "band", "rule")
_HALVINGS = 50


@dataclass(frozen=True, slots=True)
class Aim:
    """One metric moved towards one goal, in the rows that are not there yet, may move and can get there."""

    goal: Goal
    move: Move


def aims(block: Block, metrics: Collection[str], goals: Collection[Goal]) -> Iterator[Aim]:
    """The aims of every metric among these that a value can be found for and that is not fixed; none of those without a row to move."""
    for id, metric in block.variant.metrics.items():
        if id not in metrics or not (invertible(block, metric) or searchable(block, metric)):
            continue
        at = numbers_of(block, metric)
        if not at.closed or not (movable := may_move(block, metric, at)).any():
            continue
        values: dict[Goal, list[Num]] = {}
        if "target" in goals:
            values["target"] = [block.ends(metric.target) if searchable(block, metric) else inverse(block, metric, at, at.attainable)]
        if "band" in goals:
            values["band"] = list(_edges(block, metric, at))
        scores = _scores(block, metric, at, [value for each in values.values() for value in each])
        for goal, each in values.items():
            own, scores = (None, None) if scores is None else (scores[: len(each)], scores[len(each) :])
            place = block.read(f"{id}.band").codes if goal == "band" else None
            where = _reachable(movable, each, place)
            if where.any():
                yield Aim(goal, Move(metric=id, values=each, where=where, place=place, scores=own))


def releases(block: Block, metrics: Collection[str]) -> Iterator[Aim]:
    """The values at which rules that act now would no longer: of metrics that earn nothing themselves, which rules compare with numbers."""
    for rule in block.scorecard.rules.values():
        acting = having(block.cells[f"rule.{rule.id}.#fired"], Fired.YES)
        for node in walk(rule.when.tree) if acting.any() else ():
            if not isinstance(node, Compare) or not isinstance(node.left, Cell) or not isinstance(node.right, Written):
                continue
            id, _, facet = node.left.name.rpartition(".")
            metric, number = block.variant.metrics.get(id), node.right.value
            if facet != "value" or metric is None or id not in metrics or not isinstance(number, float):
                continue
            if metric.fixed or isinstance(block.cells[f"{id}.value"], Coded) or not _earns_nothing(block, metric):
                continue
            where = acting & having(block.cells[f"{id}.#state"], State.MEASURED) & (block.numbers(f"{id}.value") != number)
            where &= ~having(block.cells[f"{id}.#reason"], Reason.EXEMPT)
            if where.any():
                yield Aim("rule", Move(metric=id, values=[number], where=where))


def _earns_nothing(block: Block, metric: Metric) -> bool:
    return not scored(metric) or not np.any(np.asarray(block.figure(metric.weight)) > 0)


def invertible(block: Block, metric: Metric) -> bool:
    """Whether a metric may move, and its curve tells the value that a score needs."""
    return _may_be_moved(block, metric) and curves.CURVES[metric.curve.kind].invertible


def searchable(block: Block, metric: Metric) -> bool:
    """Whether a metric may move, and the value that a score needs can be looked for between its value and its target."""
    target = metric.target
    return _may_be_moved(block, metric) and metric.curve.formula is not None and target is not None and not isinstance(target, Range)


def _may_be_moved(block: Block, metric: Metric) -> bool:
    return not metric.fixed and scored(metric) and not isinstance(block.cells[f"{metric.id}.value"], Coded)


def may_move(block: Block, metric: Metric, at: At) -> Flags:
    """Rows in which a metric was measured, and its score is not the best yet."""
    score = block.numbers(f"{metric.id}.score")
    measured = having(block.cells[f"{metric.id}.#state"], State.MEASURED) & ~np.isnan(score)
    exempt = having(block.cells[f"{metric.id}.#reason"], Reason.EXEMPT)
    return measured & ~exempt & ~at.reaches(score, at.attainable)


def _edges(block: Block, metric: Metric, at: At) -> Iterator[Num]:
    """For each band that a metric may be in, the value at which the next better one begins; NaN for the best."""
    bands = [band for band in block.scorecard.bands if band.start is not None]
    better = -1 if block.scorecard.scale.lower_is_better else 1
    for place, band in enumerate(bands):
        following = place + better
        if not 0 <= following < len(bands):
            yield np.nan
        elif (own := metric.thresholds.get(bands[following].id)) is not None:
            yield block.figure(own)
        else:
            start = bands[following].start if better > 0 else band.start
            assert start is not None
            yield inverse(block, metric, at, start)


def inverse(block: Block, metric: Metric, at: At, goal: Num) -> Num:
    """The value that earns a score: one number, or one per row where the curve's numbers or its two sides differ by row."""
    if metric.curve.formula is not None:
        return _searched(block, metric, at, goal)
    arithmetic = curves.load(metric.curve.kind)
    if isinstance(at.worst, tuple):
        value = block.numbers(f"{metric.id}.value")
        return np.asarray(arithmetic.inverse(np.broadcast_to(goal, value.shape), at, near=value))
    found = np.asarray(arithmetic.inverse(np.atleast_1d(goal), at), dtype=np.float64)
    return float(found[0]) if at.settled else np.broadcast_to(found, (block.rows,))


def _searched(block: Block, metric: Metric, at: At, goal: Num) -> Array:
    """The value nearest to today's, on the way to the target, that earns a score by a formula; NaN where the target does not.

    By halving, so that on the way the formula should rise or fall only.
    """
    value = block.numbers(f"{metric.id}.value")
    target = np.broadcast_to(np.asarray(block.ends(metric.target), dtype=np.float64), value.shape)

    def earned(at_value: Array) -> Array:
        tried = replace(block, cells={**block.cells, f"{metric.id}.value": at_value}, trace=None)
        draw_curve(tried, metric)
        return tried.numbers(f"{metric.id}.raw")

    low, high = np.zeros(value.shape), np.ones(value.shape)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        enough = at.reaches(earned(value + middle * (target - value)), goal)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    found = np.where(high == 1.0, target, value + high * (target - value))
    return np.where(at.reaches(earned(found), goal), found, np.nan)


def _scores(block: Block, metric: Metric, at: At, values: list[Num]) -> Array | None:
    """What the curve gives for some values, where it gives every row the same."""
    if metric.curve.formula is not None or not at.settled or not all(isinstance(value, float) for value in values):
        return None
    score, _ = curves.load(metric.curve.kind).score(np.array(values, dtype=np.float64), at)
    return rounded_as_written(block, score, metric)


def _reachable(movable: Flags, values: list[Num], place: Codes | None) -> Flags:
    """The rows that may move and that one of the values is for."""
    if place is None:
        return movable & np.isfinite(values[0])
    where = movable & (place >= 0)
    for k, value in enumerate(values):
        if not (isinstance(value, float) and math.isfinite(value)):
            where &= (place != k) | np.isfinite(value)
    return where
