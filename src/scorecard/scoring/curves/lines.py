"""Straight lines through anchors: shared by the curves that are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Flags, Num, Reasons
from scorecard.scoring.curves.at import At

_FEW = 16
_STEEPEST = 1e150


class _Lines(NamedTuple):
    """Anchors in ascending order, and how steeply the line rises that begins at each; beyond the last it is flat."""

    xs: Array
    ys: Array
    slopes: Array
    rises: tuple[tuple[float, float, float], ...]
    """the same as stretches that add up: (from, to, slope); empty where their sum would miss an anchor's score"""


def through(value: Array, xs: Sequence[Num], ys: Sequence[Num]) -> tuple[Array, Reasons]:
    """Scores on the lines through (xs[i], ys[i]), between the least and the greatest of ys, and per row why there is none (0 = fine).

    xs rise or fall, row by row; two may be equal only where their scores are. Each line is computed from its left
    anchor, and the next takes over at its right one, so that a value on an anchor earns exactly the anchor's score.
    """
    if all(isinstance(number, float | int) for number in (*xs, *ys)):
        wrong, lines = _anchors(tuple(map(float, xs)), tuple(map(float, ys)))
        reasons = np.full(value.shape, wrong, dtype=np.int8)
        if wrong:
            return np.full(value.shape, np.nan), reasons
        if lines is not None:
            return _drawn(value, lines), reasons
    else:
        reasons = np.full(value.shape, faults(xs, ys))
    scores = np.clip(_per_row(value, xs, ys), reduce(np.minimum, ys), reduce(np.maximum, ys))
    return np.where(reasons == 0, scores, np.nan), reasons


@lru_cache(maxsize=4096)
def _anchors(xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[int, _Lines | None]:
    """Of anchors that are the same for every row: why they give no lines, and the lines in ascending order if they are gentle."""
    points = tuple(sorted(dict(zip(xs, ys, strict=True)).items()))
    wrong = int(faults(xs, ys))
    return wrong, _lines(points) if not wrong and _gentle(points) else None


def _lines(points: Sequence[tuple[float, float]]) -> _Lines:
    xs, ys = np.array([x for x, _ in points]), np.array([y for _, y in points])
    lines = _Lines(xs, ys, np.append(np.diff(ys) / np.diff(xs), 0.0), ())
    stretches = lines._replace(rises=tuple(zip(xs[:-1].tolist(), xs[1:].tolist(), lines.slopes.tolist(), strict=False)))
    return stretches if 2 <= len(points) <= _FEW and np.array_equal(_added(xs, stretches), ys) else lines


def faults(xs: Sequence[Num], ys: Sequence[Num]) -> Reasons:
    """The reason why anchors give no lines: NUMBER_MISSING, NUMBERS_OUT_OF_ORDER or 0, as one number or [n]."""
    known = reduce(np.logical_and, (np.isfinite(number) for number in (*xs, *ys)))
    first, last = np.asarray(xs[0]), np.asarray(xs[-1])
    with np.errstate(invalid="ignore", over="ignore"):
        direction = np.sign(last - first)
        ordered = ~equal(first, last) | (len(xs) == 1)
        for i in range(len(xs) - 1):
            step = (np.asarray(xs[i + 1]) - xs[i]) * direction
            ordered &= (step > 0) | ((step == 0) & (np.asarray(ys[i]) == ys[i + 1]))
    order = np.where(ordered, np.int8(Reason.NONE), np.int8(Reason.NUMBERS_OUT_OF_ORDER))
    return np.asarray(np.where(known, order, np.int8(Reason.NUMBER_MISSING)), dtype=np.int8)


def equal(a: Num, b: Num) -> Flags:
    """Whether two values are one, but for the last digits that a sum in another order changes."""
    return np.asarray(np.abs(np.asarray(a) - b) <= 0.5e-9 * np.maximum(np.abs(a), np.abs(b)))


def reach(goal: Num, xs: Sequence[Num], ys: Sequence[Num], at: At) -> Array:
    """The first value at which the lines, walked from xs[0], are at least as good as the goal; NaN where they never are."""
    sign = -1.0 if at.lower_is_better else 1.0
    if np.size(goal) <= _FEW and all(isinstance(number, float | int) for number in (*xs, *ys)):
        goals = tuple(np.ravel(goal).tolist())
        return _reached(goals, tuple(map(float, xs)), tuple(map(float, ys)), at.tolerance, sign).reshape(np.shape(goal))
    return _walked(goal, xs, ys, at.tolerance, sign)


@lru_cache(maxsize=4096)
def _reached(goals: tuple[float, ...], xs: tuple[float, ...], ys: tuple[float, ...], tolerance: float, sign: float) -> Array:
    return _walked(np.array(goals, dtype=np.float64), xs, ys, tolerance, sign)


def _walked(goal: Num, xs: Sequence[Num], ys: Sequence[Num], tolerance: float, sign: float) -> Array:
    goal = sign * np.asarray(goal, dtype=np.float64)
    shape = np.broadcast_shapes(goal.shape, *(np.shape(number) for number in (*xs, *ys)))
    values = [np.asarray(x, dtype=np.float64) for x in xs]
    merits = [sign * np.asarray(y, dtype=np.float64) for y in ys]
    found = np.where(merits[0] >= goal - tolerance, values[0], np.nan)
    for i in range(len(values) - 1):
        rise = merits[i + 1] - merits[i]
        part = (goal - merits[i]) / np.where(rise > 0, rise, 1.0)
        here = np.isnan(found) & (rise > 0) & (merits[i + 1] >= goal - tolerance)
        found = np.where(here, _between(values[i], values[i + 1], np.clip(part, 0.0, 1.0)), found)
    return np.broadcast_to(np.where(faults(xs, ys) == 0, found, np.nan), shape)


def _between(left: Array, right: Array, part: Array) -> Array:
    return np.where(part == 1.0, right, left + part * (right - left))


def _gentle(points: Sequence[tuple[float, float]]) -> bool:
    """Whether slopes, and the differences they multiply, stay far from the largest double."""
    pairs = list(pairwise(points))
    far_apart = all(right - left > 1 / _STEEPEST for (left, _), (right, _) in pairs)
    return far_apart and all(abs(number) < _STEEPEST for point in points for number in point)


def _drawn(value: Array, lines: _Lines) -> Array:
    """The same anchors for every row: no division per row."""
    if lines.rises:
        return _added(value, lines)
    scores = _followed(value, lines)
    return np.clip(scores, lines.ys.min(), lines.ys.max(), out=scores)


def _added(value: Array, lines: _Lines) -> Array:
    """What the stretches add up to at each value: quickest, and on an anchor its very score where the sums of the rises are exact."""
    first, *others = lines.rises
    scores = _rise(value, *first, np.empty(value.shape))
    scores += lines.ys[0]
    part = np.empty(value.shape)
    for stretch in others:
        scores += _rise(value, *stretch, part)
    return scores


def _rise(value: Array, left: float, right: float, slope: float, into: Array) -> Array:
    """What one stretch adds: nothing before it, all of its rise beyond it."""
    np.clip(value, left, right, out=into)
    into -= left
    into *= slope
    return into


def _followed(value: Array, lines: _Lines) -> Array:
    """The line of the last anchor at or below each value; a few anchors are counted more quickly than searched."""
    if len(lines.xs) > _FEW:
        return np.interp(value, lines.xs, lines.ys)
    scores = np.clip(value, lines.xs[0], lines.xs[-1])
    passed = np.zeros(value.shape, dtype=np.int8)
    for x in lines.xs[1:]:
        passed += scores >= x
    left = passed.astype(np.intp)
    scores -= lines.xs[left]
    scores *= lines.slopes[left]
    scores += lines.ys[left]
    return scores


def _per_row(value: Array, xs: Sequence[Num], ys: Sequence[Num]) -> Array:
    """Anchors that differ by row; falling ones are mirrored."""
    with np.errstate(invalid="ignore", over="ignore", divide="ignore", under="ignore"):
        sign = np.where(np.asarray(xs[-1]) >= xs[0], 1.0, -1.0)
        mirrored = value * sign
        scores = np.where(np.isnan(value), np.nan, np.asarray(ys[0], dtype=np.float64))
        for i in range(len(xs) - 1):
            left, right = np.asarray(xs[i]) * sign, np.asarray(xs[i + 1]) * sign
            part = np.clip((mirrored - left) / (right - left), 0.0, 1.0)
            line = np.asarray(ys[i]) + part * (np.asarray(ys[i + 1]) - ys[i])
            scores = np.where(mirrored >= left, np.where(part == 1.0, ys[i + 1], line), scores)
        return np.where(mirrored >= np.asarray(xs[-1]) * sign, ys[-1], scores)
