"""Ways: what one entity can move, how far, at what effort, and what it earns on the way.

A way leads from a metric's value to where its score is best, or as far as it can be moved in one go. It is cut into stretches on
which the score is one straight line and no condition of a rule turns; both are asked of the engine, not worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.aims import inverse, invertible, may_move
from scorecard.model.definition import Metric
from scorecard.model.formula import Cell, Node, walk
from scorecard.model.plan import Plan, Value
from scorecard.scoring.arrays import Num
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import numbers_of
from scorecard.scoring.curves.at import At
from scorecard.scoring.moved import reached
from scorecard.scoring.score import PeriodScores, trials

Floats = NDArray[np.float64]
Conditions = Mapping[str, Sequence[Node]]
"""by metric, what rules ask of it"""
WHOLE_WAY = 100.0
"""what the way from worst to target costs where no effort is written"""
_ENDLESS = 1e15
_ROUNDS = 8
"""how often a part of a way is cut that is no straight line"""
_NEAR = 4e-9
"""how far beside a point its other side begins: beyond the ties that values and conditions are compared with"""
_STRAIGHT = 1e-9
"""of the scale: by how much a straight line may miss a score"""
_FINE = 1e-5
"""of the scale: by how much a chord may miss a curve"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a way, both ends included: values, the scores there, and which of the metric's conditions hold on it.

    The scores are the metric's own and those of the metrics that follow from it, as `Way.scores` names them.
    """

    start: float
    end: float
    first: tuple[float, ...]
    last: tuple[float, ...]
    holds: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a metric of one entity can move: from `value`, through the stretches, to `end`.

    `best` is where its score is best, within reach or not; `effort` is what one unit costs. `bends` says that on some stretch
    the score is no straight line, and the stretch a chord.
    """

    metric: str
    value: float
    best: float
    end: float
    effort: float
    moves_with: str | None
    scores: tuple[str, ...]
    stretches: tuple[Stretch, ...] = ()
    bends: bool = False

    def cost(self, value: float) -> float:
        return self.effort * abs(value - self.value)


def ways(plan: Plan, scores: PeriodScores, block: Block, conditions: Conditions) -> list[Way]:
    """The ways of the one entity in a block."""
    found: list[Way] = []
    points: dict[str, list[float]] = {}
    moving = list(movable(plan, block))
    followers = followers_of(plan, moving)
    for id in moving:
        metric = block.variant.metrics[id]
        at = numbers_of(block, metric)
        value, best, end = (float(one[0]) for one in reaches(block, metric, at))
        if not leads_on(value, end):
            continue
        points[id] = _points(block, metric, at, value, end, conditions.get(id, ()))
        effort = float(efforts(block, metric, at)[0])
        scores_of = (id, *(metric for metric, of in followers.items() if of == {id}))
        found.append(Way(metric=id, value=value, best=best, end=end, effort=effort, moves_with=metric.moves_with, scores=scores_of))
    return _Survey(plan, scores, block, conditions).cut(found, points)


def leads_on(value: Num, end: Num) -> Any:
    """Whether a way leads anywhere that can be reckoned with: numbers beyond all digits take part in no program."""
    return (np.abs(value) < _ENDLESS) & (np.abs(end) < _ENDLESS) & (np.asarray(end) != value)


def movable(plan: Plan, block: Block) -> Iterator[str]:
    """The metrics that were measured and are not at their best, that are not fixed and do not follow from other metrics."""
    computed = {cell.step.metric for cell in plan.cells if isinstance(cell.step, Value) and _follows(cell.reads)}
    for id, metric in block.variant.metrics.items():
        if id in computed or not invertible(block, metric):
            continue
        at = numbers_of(block, metric)
        if at.closed and may_move(block, metric, at).any():
            yield id


def followers_of(plan: Plan, moving: Sequence[str]) -> dict[str, set[str]]:
    """The metrics whose score depends on others that move, and which those are."""
    dependent = {metric: reached(plan, metric) for metric in moving}
    found = {}
    for metric in plan.scorecard.metrics:
        of = {other for other, names in dependent.items() if other != metric and f"{metric}.score" in names}
        if of:
            found[metric] = of
    return found


def _follows(reads: Sequence[str]) -> bool:
    return any(name.endswith((".value", ".score", ".raw")) and "@" not in name for name in reads)


def reaches(block: Block, metric: Metric, at: At) -> tuple[Floats, Floats, Floats]:
    """A metric's value, the value that earns the most, and how far towards it one go leads, each [n]; NaN where there is none."""
    value = block.numbers(f"{metric.id}.value")
    best = np.broadcast_to(np.asarray(inverse(block, metric, at, at.attainable), dtype=np.float64), value.shape)
    if metric.max_change is None:
        return value, best, best
    most = np.asarray(block.figure(metric.max_change), dtype=np.float64)
    near = np.isnan(most) | (np.abs(best - value) <= most)
    return value, best, np.where(near, best, value + most * np.sign(best - value))


def efforts(block: Block, metric: Metric, at: At) -> Floats:
    """What moving a metric by one costs, [n]."""
    value, best, _ = reaches(block, metric, at)
    if metric.effort is not None:
        written = np.broadcast_to(np.asarray(block.figure(metric.effort), dtype=np.float64), value.shape)
        return written * 100 if metric.unit == "percent" else written
    edges = [edge for edge, _, _ in at.steps if edge is not None]
    worst = np.where(value <= best, *at.worst) if isinstance(at.worst, tuple) else at.worst
    values = [worst] if worst is not None else [x for x, _ in at.points] or edges or [at.worst_score]
    length = np.maximum.reduce(np.broadcast_arrays(value, *(np.abs(best - one) for one in values))[1:])
    return WHOLE_WAY / np.where(length > 0, length, np.abs(best - value))


def _points(block: Block, metric: Metric, at: At, value: float, end: float, conditions: Sequence[Node]) -> list[float]:
    """The ends of a way and every value between them at which its curve or a condition may turn, in the order of the way."""
    ends = [one for number in (at.worst, at.target) for one in (number if isinstance(number, tuple) else (number,))]
    candidates = [*ends, *(x for _, x in at.thresholds), *(x for x, _ in at.points), *(edge for edge, _, _ in at.steps)]
    compared = [number for tree in conditions for number in _compared(block, metric.id, tree)]
    starts = [band.start for band in block.scorecard.bands if band.start is not None]
    of_scores = [inverse(block, metric, at, score) for score in (*starts, *compared, at.worst_score, at.best_score)]
    values = {float(np.ravel(one)[0]) for one in (*candidates, *compared, *of_scores) if one is not None}
    low, high = sorted((value, end))
    between = sorted(one for one in values if np.isfinite(one) and low < one < high)
    return [value, *(between if end > value else between[::-1]), end]


def _compared(block: Block, metric: str, tree: Node) -> Iterator[float]:
    """The numbers in a condition that do not come from the metric itself."""
    for node in walk(tree):
        own = any(isinstance(part, Cell) and part.name.startswith(f"{metric}.") for part in walk(node))
        found = block.evaluate(node) if not own else None
        if isinstance(found, float | np.ndarray) and np.asarray(found).dtype.kind == "f":
            yield float(np.ravel(found)[0])


class _Survey:
    """Cuts ways into stretches, asking the engine what is earned and what holds along them."""

    def __init__(self, plan: Plan, scores: PeriodScores, block: Block, conditions: Conditions) -> None:
        self.plan, self.scores, self.conditions = plan, scores, conditions
        self.row = np.asarray(block.index)[:1]
        scale = block.scorecard.scale
        span = abs(scale.best - scale.worst) if scale.best is not None and scale.worst is not None else 1.0
        self.tolerance, self.fine = _STRAIGHT * span, _FINE * span

    def cut(self, found: Sequence[Way], points: Mapping[str, list[float]]) -> list[Way]:
        """The ways with their stretches: what is no straight line is cut where the lines from its two ends meet."""
        points, seen, bent = dict(points), dict[str, _Seen](), {way.metric for way in found}
        units = {way.metric: self._rounded(way) for way in found}
        for _ in range(_ROUNDS):
            seen |= self._look([way for way in found if way.metric in bent], points)
            more = {metric: _bends(seen[metric], self.tolerance + units[metric], self.fine + units[metric]) for metric in bent}
            bent = {metric for metric, between in more.items() if between}
            for metric in bent:
                points[metric] = _in_order([*points[metric], *more[metric]], points[metric])
        return [
            replace(
                way,
                stretches=tuple(_stretches(seen[way.metric], self.tolerance + units[way.metric])),
                bends=way.metric in bent or units[way.metric] > 0,
            )
            for way in found
        ]

    def _rounded(self, way: Way) -> float:
        """By how much rounding may move the scores along a way: half a unit of the coarsest; a way is not cut at every step of it."""
        rounds = [how for metric in way.scores if (how := self.plan.scorecard.metrics[metric].round) is not None]
        return max((0.51 * 10.0**-how.decimals for how in rounds), default=0.0)

    def _look(self, found: Sequence[Way], points: Mapping[str, list[float]]) -> dict[str, _Seen]:
        """What is earned along each way, and which of its conditions hold, all other metrics as they are."""
        values = {way.metric: _samples(points[way.metric]) for way in found}
        count = sum(own.size for own in values.values())
        if not count:
            return {}
        given: dict[str, Floats] = {}
        parts: dict[str, slice] = {}
        start = 0
        for metric, own in values.items():
            parts[metric] = slice(start, start := start + own.size)
            given[metric] = np.full(count, np.nan)
            given[metric][parts[metric]] = own.ravel()
        ((_, block),) = trials(self.plan, self.scores, np.repeat(self.row, count), given)
        looked = {}
        for way in found:
            part, shape = parts[way.metric], values[way.metric].shape
            scores = np.stack([block.numbers(f"{metric}.score")[part].reshape(shape) for metric in way.scores], axis=-1)
            truths = [np.asarray(block.truth(tree).holds)[part].reshape(shape) for tree in self.conditions.get(way.metric, ())]
            holds = np.stack(truths, axis=-1) if truths else np.empty((*shape, 0), dtype=bool)
            looked[way.metric] = _Seen(values[way.metric], scores, holds)
        return looked


@dataclass(frozen=True, slots=True)
class _Seen:
    """Between each point of a way and the next seven values, [parts, 7], with their scores and the conditions that hold there."""

    values: Floats
    scores: Floats
    holds: NDArray[np.bool_]


def _samples(points: Sequence[float]) -> Floats:
    """Between each point and the next: the point, beside it, a little further, the middle, and the same before the next."""
    first, last = np.array(points[:-1]), np.array(points[1:])
    length = last - first
    beside = np.sign(length) * np.minimum(_NEAR * np.maximum(1.0, np.maximum(np.abs(first), np.abs(last))), np.abs(length) / 8)
    further = length / 7
    return np.stack([first, first + beside, first + further, (first + last) / 2, last - further, last - beside, last], axis=1)


def _in_order(values: Sequence[float], way: Sequence[float]) -> list[float]:
    return sorted(set(values), reverse=way[-1] < way[0])


def _bends(seen: _Seen, tolerance: float, fine: float) -> list[float]:
    """Values at which to cut a part that is no straight line: where the lines from its ends meet, or the middle of a fine curve.

    A part that a chord misses by little stays whole, if no corner is in it; where a condition turns it is cut in the middle.
    """
    found = []
    for values, scores, holds in zip(seen.values, seen.scores, seen.holds, strict=True):
        if abs(values[6] - values[0]) <= 4 * _NEAR * max(1.0, abs(values[6])):
            continue
        if (holds[1:6] != holds[3]).any():
            found.append(float(values[3]))
        for own in scores.T:
            along = own[1] + (own[5] - own[1]) * (values[1:6] - values[1]) / (values[5] - values[1])
            missed = np.abs(own[1:6] - along).max()
            if missed > fine or (missed > tolerance and _corner(values, own, tolerance)):
                found.append(_meeting(values, own))
    return found


def _corner(values: Floats, scores: Floats, tolerance: float) -> bool:
    """Whether a part looks like two lines that meet, rather than a curve: the middle lies on one of them."""
    ends = ((1, 2), (4, 5))
    slopes = [(scores[b] - scores[a]) / (values[b] - values[a]) for a, b in ends]
    reach = [scores[a] + slope * (values[3] - values[a]) for (a, _), slope in zip(ends, slopes, strict=True)]
    return bool(min(abs(scores[3] - one) for one in reach) <= tolerance)


def _meeting(values: Floats, scores: Floats) -> float:
    """Where the line through the first two scores and that through the last two meet, if that is between; else the middle."""
    rise, fall = (scores[2] - scores[1]) / (values[2] - values[1]), (scores[5] - scores[4]) / (values[5] - values[4])
    if rise == fall:
        return float(values[3])
    at = (scores[5] - fall * values[5] - scores[1] + rise * values[1]) / (rise - fall)
    low, high = sorted((values[1], values[5]))
    return float(at) if low < at < high else float(values[3])


def _stretches(seen: _Seen, tolerance: float) -> Iterator[Stretch]:
    """The open parts, each with the ends that belong to it, and the points that belong to neither side."""
    taken = False
    for values, scores, holds in zip(seen.values, seen.scores, seen.holds, strict=True):
        slope = np.abs(scores[5] - scores[1]) / abs(values[5] - values[1])
        same = [
            bool(
                (~(np.abs(scores[end] - scores[near]) > slope * abs(values[end] - values[near]) * 2 + tolerance)).all()
                and (holds[end] == holds[3]).all()
            )
            for end, near in ((0, 1), (6, 5))
        ]
        if not taken and not same[0]:
            yield _stretch(values, scores, holds, 0, 0)
        yield _stretch(values, scores, holds, 0 if same[0] else 1, 6 if same[1] else 5)
        taken = same[1]
    if not taken:
        yield _stretch(seen.values[-1], seen.scores[-1], seen.holds[-1], 6, 6)


def _stretch(values: Floats, scores: Floats, holds: NDArray[np.bool_], first: int, last: int) -> Stretch:
    of = first if first == last else 3
    return Stretch(
        float(values[first]), float(values[last]), tuple(scores[first].tolist()), tuple(scores[last].tolist()), tuple(holds[of].tolist())
    )
