"""Since the period before: why an entity's score is another one, split exactly into what changed.

Every input of the score is taken from the period before or from this one: the value of each metric (or that it was not measured),
the numbers of each node that apply (weight, worst, target, thresholds, coverage), and all else (dates of rules, segments, attributes,
peers). Inputs are changed one after the other and the entity is scored anew each time, by the one function that scores; a change counts
as much as the score moves at its step. So the parts add up to the difference. Which comes first matters where effects meet, in a
rule or a mean that is not plain; the parts are therefore the mean over the rotations of the definition's order and over their
reverses, in which each change comes first, second and last equally often. For two changes, and wherever effects simply add up,
that is the Shapley value; the way back gives the same parts with the other sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.steps import moves
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import found
from scorecard.evaluation.inputs import scalar
from scorecard.expression.values import Coded
from scorecard.model.definition import Change, Item, Metric, Number, Range
from scorecard.model.formula import Cell, Formula, walk
from scorecard.model.plan import Plan, Value
from scorecard.model.state import State
from scorecard.model.variant import Variant, with_changes
from scorecard.scoring.block import Block
from scorecard.scoring.cells import compute
from scorecard.scoring.score import PeriodScores

Kind = Literal["value", "coverage", "numbers", "rest"]
Missing = Literal["no_period", "not_scored_then", "no_score_then", "no_score_now"]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
ORDERS = 48
"""rotations at most; of so many changes each has its turn at 48 places"""
LEAST = 1e-12
_FACETS = ("value", "#state", "#reason", "#covered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One input that is another one, and the points that this moved the total by.

    `value`: a metric measured then and now; `coverage`: one that became measured or ceased to be, with its states; `numbers`: the
    numbers of a node by their keys; `rest`: dates of rules, segments, attributes and peers together.
    """

    kind: Kind
    node: str
    then: Any = None
    now: Any = None
    points: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What became of an entity's score since the period before; `parts` sum to `now` less `then`. `missing` says why there is no split."""

    period: str
    then: float | None = None
    now: float | None = None
    parts: tuple[Changed, ...] = ()
    missing: Missing | None = None

    @property
    def difference(self) -> float | None:
        return None if self.then is None or self.now is None else self.now - self.then


def since(evaluation: Evaluation, key: Mapping[str, str], period: str | None = None) -> Since | None:
    """The split for an entity and a period, the last unless named; None where the scorecard has no periods.

    The period before must have been scored too (`evaluate(..., before=1)`). Raises UsageError as `explain` does.
    """
    calendar = evaluation.scorecard.period
    scores, row = found(evaluation, key, period)
    if calendar is None:
        return None
    label = calendar.shift(scores.table.period, -1).label
    earlier = evaluation.results.get(label)
    if earlier is None:
        return Since(period=label, missing="no_period")
    at = np.flatnonzero(earlier.table.entity == scores.table.entity[row])
    if not len(at):
        return Since(period=label, missing="not_scored_then" if len(earlier) else "no_period")
    then, now = _Side(evaluation.plan, earlier, int(at[0])), _Side(evaluation.plan, scores, row)
    if then.total is None or now.total is None:
        missing: Missing = "no_score_then" if then.total is None else "no_score_now"
        if not any(np.any(rows) for rows in earlier.table.rows.values()):
            missing = "no_period"
        return Since(period=label, then=then.total, now=now.total, missing=missing)
    split = _Split(evaluation.plan, then, now)
    return Since(period=label, then=then.total, now=now.total, parts=tuple(split.parts()))


class _Side:
    """One entity in one period, scored: its metrics as they were measured, before any curve, and the numbers that applied."""

    def __init__(self, plan: Plan, scores: PeriodScores, row: int) -> None:
        self.scores = scores
        self.row = row
        self.variant = scores.variants[int(scores.at[row])]
        self.block = _block(plan, self, 1, self.variant)
        self.measured: dict[str, dict[str, Any]] = {}
        for cell in plan.cells:
            compute(self.block, cell)
            if isinstance(cell.step, Value):
                id = cell.step.metric
                self.measured[id] = {facet: self.block.cells[f"{id}.{facet}"] for facet in _FACETS}
        total = float(self.block.numbers("total.score")[0])
        self.total = None if np.isnan(total) else total

    def state(self, metric: str) -> State:
        return State(int(np.asarray(self.measured[metric]["#state"])[0]))

    def value(self, metric: str) -> Any:
        """As Python knows it; None where nothing was measured."""
        return scalar(self.measured[metric]["value"])


def _block(plan: Plan, side: _Side, rows: int, variant: Variant) -> Block:
    index = np.full(rows, side.row, dtype=np.intp)
    return Block(scorecard=plan.scorecard, variant=variant, table=side.scores.table, index=index, rows=rows, fits=side.scores.fits)


@dataclass(slots=True)
class _Numbers:
    """The numbers of a node that another one took the place of: by key, what applied then and now."""

    then: dict[str, float] = field(default_factory=dict)
    now: dict[str, float] = field(default_factory=dict)


class _Split:
    """The changes between two sides, in the order of the definition, and the way from one to the other."""

    def __init__(self, plan: Plan, then: _Side, now: _Side) -> None:
        self.plan = plan
        self.then = then
        self.now = now
        self.numbers = {
            node: found for node in ("total", *plan.scorecard.groups, *plan.scorecard.metrics) if (found := self._numbers(node)).now
        }
        self.metrics = [id for id in plan.scorecard.metrics if self._moved(id)]
        self.changes = [*self._values(), *self._of_definition(), Changed(kind="rest", node="total")]

    def parts(self) -> Iterator[Changed]:
        """Every change with its points, those of the rest only where there are any."""
        for change, points in zip(self.changes, self._points().tolist(), strict=True):
            if change.kind != "rest" or abs(points) > LEAST:
                yield replace(change, points=points)

    def _values(self) -> Iterator[Changed]:
        for id in self.metrics:
            states = [side.state(id) for side in (self.then, self.now)]
            if states == [State.MEASURED, State.MEASURED]:
                yield Changed(kind="value", node=id, then=self.then.value(id), now=self.now.value(id))
            else:
                yield Changed(kind="coverage", node=id, then=states[0], now=states[1])

    def _of_definition(self) -> Iterator[Changed]:
        for node, own in self.numbers.items():
            yield Changed(kind="numbers", node=node, then=dict(own.then), now=dict(own.now))

    def _moved(self, metric: str) -> bool:
        return self.then.state(metric) != self.now.state(metric) or self.then.value(metric) != self.now.value(metric)

    def _numbers(self, node: str) -> _Numbers:
        found = _Numbers()
        before, after = (dict(_numbers_of(side.variant.node(node))) for side in (self.then, self.now))
        for key in before.keys() & after.keys():
            old, new = (_figure(side.block, number[key]) for side, number in ((self.then, before), (self.now, after)))
            if old != new and not (np.isnan(old) and np.isnan(new)):
                found.then[key], found.now[key] = old, new
        return found

    # ------------------------------------------------------------ the way from then to now

    def _points(self) -> Floats:
        """Points of each change, [p]: the mean over all orders; they sum to the difference."""
        count = len(self.changes)
        orders = _orders(count)
        places = np.argsort(orders, axis=1)
        states = places[:, None, :] < np.arange(count + 1)[None, :, None]
        different, which = np.unique(states.reshape(-1, count), axis=0, return_inverse=True)
        totals = self._totals(different)[which.reshape(-1)].reshape(len(orders), count + 1)
        points = np.zeros(count)
        np.add.at(points, orders, moves(totals))
        return points / len(orders)

    def _totals(self, states: Flags) -> Floats:
        """The total's score under each state, [u] of [u, p]: where a flag is set, the change is made."""
        totals = np.empty(len(states))
        for side, mine in ((self.then, ~states[:, -1]), (self.now, states[:, -1])):
            rows = np.flatnonzero(mine)
            if len(rows):
                totals[rows] = self._scored(side, states[rows])
        return totals

    def _scored(self, side: _Side, states: Flags) -> Floats:
        made = dict(zip(((change.kind in ("value", "coverage"), change.node) for change in self.changes), states.T, strict=True))
        block = _block(self.plan, side, len(states), with_changes(side.variant, tuple(self._changes(side.variant))))
        for node, own in self.numbers.items():
            for key, now in own.now.items():
                block.cells[_cell(node, key)] = np.where(made[False, node], now, own.then[key])
        for cell in self.plan.cells:
            if isinstance(cell.step, Value):
                id = cell.step.metric
                self._measure(block, id, made.get((True, id), np.zeros(len(states), dtype=bool)))
            else:
                compute(block, cell)
        return block.numbers("total.score")

    def _measure(self, block: Block, metric: str, now: Flags) -> None:
        """A metric as it was measured then, and in some rows as it is now."""
        for facet in _FACETS:
            block.cells[f"{metric}.{facet}"] = _either(self.then.measured[metric][facet], self.now.measured[metric][facet], now)

    def _changes(self, variant: Variant) -> Iterator[Change]:
        """Each number that changed, read from a cell of its own."""
        for node, own in self.numbers.items():
            for key in own.now:
                name, _, part = key.partition(".")
                held = getattr(variant.node(node), name)
                if isinstance(held, Range):
                    ends = (_read(node, f"{name}.{end}") if f"{name}.{end}" in own.now else getattr(held, end) for end in ("low", "high"))
                    yield Change(node=node, key=(name,), value=Range(*ends))
                else:
                    yield Change(node=node, key=(name, part) if part else (name,), value=_read(node, key))


def _orders(count: int) -> NDArray[np.intp]:
    """The rotations of 0, 1, … and their reverses, [orders, count]; of many changes some rotations, evenly apart."""
    starts = np.unique(np.linspace(0, count, min(count, ORDERS), endpoint=False).astype(np.intp))
    turned = (starts[:, None] + np.arange(count)) % count
    return np.concatenate([turned, turned[:, ::-1]])


def _either(then: Any, now: Any, where: Flags) -> Any:
    """What was there then, and in some rows what is there now; where one of them is a text, what is none is no text."""
    if isinstance(then, Coded) or isinstance(now, Coded):
        texts = [side.decode()[0] if isinstance(side, Coded) else None for side in (then, now)]
        categories = tuple(dict.fromkeys(text for text in texts if text is not None))
        old, new = (-1 if text is None else categories.index(text) for text in texts)
        return Coded(np.where(where, new, old).astype(np.int32), categories)
    old, new = (np.asarray(side).reshape(-1)[0] for side in (then, now))
    return np.where(where, new, old)


def _numbers_of(node: Item) -> Iterator[tuple[str, Number]]:
    """The numbers of a node by their keys; not those that come from peers, which are judged among themselves."""
    numbers: Sequence[tuple[str, Any]] = [("weight", node.weight)]
    if isinstance(node, Metric):
        for key in ("worst", "target"):
            end = getattr(node, key)
            numbers = [*numbers, *([(f"{key}.low", end.low), (f"{key}.high", end.high)] if isinstance(end, Range) else [(key, end)])]
        numbers = [*numbers, *((f"thresholds.{band}", number) for band, number in node.thresholds.items())]
    else:
        numbers = [*numbers, ("coverage", node.coverage)]
    yield from ((key, number) for key, number in numbers if number is not None and number != "sum" and not _of_peers(number))


def _of_peers(number: Number) -> bool:
    return isinstance(number, Formula) and any(isinstance(part, Cell) and part.name.startswith("peer[") for part in walk(number.tree))


def _figure(block: Block, number: Number) -> float:
    return float(np.asarray(block.figure(number), dtype=np.float64).reshape(-1)[0])


def _cell(node: str, key: str) -> str:
    return f"since[{node} {key}]"


def _read(node: str, key: str) -> Formula:
    return Formula(text=key, tree=Cell(name=_cell(node, key)))
