"""One metric moved and all else as it was: only what depends on it is computed again, by the same cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.model.definition import Group
from scorecard.model.plan import Adjust, Combine, CurveScore, Plan, PlanCell
from scorecard.scoring import aggregations
from scorecard.scoring.arrays import Array, Codes, Flags, Num
from scorecard.scoring.block import Block
from scorecard.scoring.cells import compute
from scorecard.scoring.cells.adjust import Acting, acting, adjusted
from scorecard.scoring.cells.curve import clamped_and_rounded

_FACETS = ("band", "band_raw", "state")
_COUNTED = ("#state", "#covered", "coverage", "#weight", "#full_weight")
"""what of a child its group reads beside its score"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Move:
    """A metric brought to another value, in the rows `where`: in each of them it has a score. What becomes of other rows means nothing.

    Each row needs one of `values`, by its place among them (-1 for none), or, without places, the first. `scores` is what
    the curve gives at each of them, where it gives every row the same.
    """

    metric: str
    values: Sequence[Num]
    where: Flags
    place: Codes | None = None
    scores: Array | None = None

    @property
    def needed(self) -> Num:
        """What the rows need: one number, or one per row."""
        if self.place is None:
            return self.values[0]
        if all(np.ndim(value) == 0 for value in self.values):
            return self._by_place(np.array([*self.values, np.nan]))
        return np.select([self.place == k for k in range(len(self.values))], list(self.values), np.nan)

    @property
    def raw(self) -> Num | None:
        """What the curve gives there, where `scores` tell."""
        if self.scores is None or self.place is None:
            return None if self.scores is None else float(self.scores[0])
        return self._by_place(np.append(self.scores, np.nan))

    def _by_place(self, table: Array) -> Array:
        assert self.place is not None
        return table.take(self.place)


@dataclass(frozen=True, slots=True)
class Step:
    """A cell that depends on a metric's value, and what it reads of that which does."""

    cell: PlanCell
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Downstream:
    """What depends on a metric's value: the cells, in order, and the names of what is worked out from them when it is read."""

    steps: tuple[Step, ...]
    derived: tuple[str, ...]


@dataclass(slots=True)
class Moving:
    """Rows that were scored with a trace, and what they become when one metric has another value."""

    plan: Plan
    block: Block
    following: dict[str, Downstream] = field(default_factory=dict)
    """by metric; given from one block of a plan to the next, it is looked for once"""
    _with_child: dict[str, Callable[[int, Array], Array]] = field(default_factory=dict)
    _acting: dict[str, Acting] = field(default_factory=dict)
    _same_rows: dict[str, NDArray[np.intp]] = field(default_factory=dict)

    def after(self, move: Move) -> Block:
        """The rows with a metric moved. Peers stay as they were."""
        downstream = self._downstream(move.metric)
        value = f"{move.metric}.value"
        cells = dict(self.block.cells)
        for name in (value, *downstream.derived):
            cells.pop(name, None)
        after = self.block.having(cells, {value: partial(self._value, move)})
        raw, steady = move.raw, set[str]()
        for step in downstream.steps:
            cell, reads = step.cell, step.reads
            match cell.step:
                case CurveScore(metric=metric) if raw is not None and metric == move.metric:
                    cells[cell.name] = raw
                    steady.add(cell.name)
                case Combine() if (child := self._only_child(cell.step, reads)) and self._counts_as_before(after, child, steady):
                    self._combine(after, cell, cell.step.group, child, itself=child == move.metric)
                    steady.add(cell.name)
                case Adjust(node=node) if reads == (f"{node}.raw",):
                    self._adjust(after, cell.step)
                    if f"{node}.raw" in steady:
                        steady.add(cell.name)
                case _:
                    compute(after, cell)
        return after

    def _value(self, move: Move) -> Any:
        return np.where(move.where, move.needed, self.block.cells[f"{move.metric}.value"])

    def _downstream(self, metric: str) -> Downstream:
        if metric not in self.following:
            names = reached(self.plan, metric)
            steps = tuple(
                Step(cell, tuple(name for name in cell.reads if name in names))
                for cell in self.plan.cells
                if cell.name in names and cell.name != f"{metric}.value"
            )
            nodes = dict.fromkeys(step.cell.name.rpartition(".")[0] for step in steps)
            metrics, groups = self.block.variant.metrics, self.block.variant.groups
            read = (*(f"{item}.weight" for item in (*metrics, *groups)), *(f"{metric}.coverage" for metric in metrics))
            derived = (*(f"{node}.{facet}" for node in nodes for facet in _FACETS), *read)
            self.following[metric] = Downstream(steps, derived)
        return self.following[metric]

    def _only_child(self, step: Combine, reads: tuple[str, ...]) -> str | None:
        """The child whose score is all that changed of what a group reads, where it is no weight or condition too; None without one.

        Nor of a formula, which may read no child, or of a group that has no score where its children have some.
        """
        if len(reads) > 1 or reads[0] in step.besides or not self._combines(self.block.variant.group(step.group)):
            return None
        return reads[0].removesuffix(".score")

    def _combines(self, group: Group) -> bool:
        """Whether scores of children always give the group one: below zero no mean of powers is taken."""
        aggregation, low = group.aggregation, self.block.scorecard.scale.low
        if aggregation.kind in {"geometric", "power"} and aggregation.on is None:
            return low is not None and low >= 0
        return aggregation.formula is None

    def _counts_as_before(self, after: Block, child: str, steady: set[str]) -> bool:
        """Whether a child has a score in the same rows as before, and otherwise the same state, weight and coverage."""
        score = f"{child}.score"
        if score in steady:
            return True
        names = [name for facet in _COUNTED if (name := f"{child}.{facet}") in self.block.cells]
        return np.array_equal(np.isnan(after.numbers(score)), np.isnan(self.block.numbers(score))) and all(
            np.array_equal(after.read(name), self.block.cells[name], equal_nan=True) for name in names
        )

    def _combine(self, after: Block, cell: PlanCell, id: str, child: str, *, itself: bool) -> None:
        """A group one of whose children has another score: its state, its weights and its coverage stay."""
        assert self.block.trace is not None
        part, before = self.block.trace[id], self.block.numbers(f"{id}.computed")
        if id not in self._with_child:
            kind, setting = part["aggregation"].kind, part["setting"]
            self._with_child[id] = aggregations.with_child(kind, part["used"], part["weights"], before, setting)
        place = part["children"].index(child)
        score = self._with_child[id](place, after.numbers(f"{child}.score"))
        if len(same := self._same(id, None if itself else child, before)):
            score[same] = before[same]
        after.cells[f"{id}.computed"] = score
        after.cells[cell.name] = clamped_and_rounded(after, score, after.variant.group(id))

    def _same(self, id: str, child: str | None, before: Array) -> NDArray[np.intp]:
        """The rows in which a group stays as it is: it has no score, or the child that follows the metric has none."""
        of = child or id
        if of not in self._same_rows:
            unknown = np.isnan(before)
            if child:
                unknown |= np.isnan(self.block.numbers(f"{child}.score"))
            self._same_rows[of] = np.flatnonzero(unknown)
        return self._same_rows[of]

    def _adjust(self, after: Block, step: Adjust) -> None:
        """A node's rules on another score of it, with conditions and amounts as they were."""
        node, raw = step.node, after.numbers(f"{step.node}.raw")
        if node not in self._acting:
            self._acting[node] = acting(self.block, step)
        after.cells[f"{node}.score"] = adjusted(after, node, raw, self._acting[node])


def reached(plan: Plan, metric: str) -> set[str]:
    """The cells that depend on a metric's value, and the value itself."""
    names = {f"{metric}.value"}
    for cell in plan.cells:
        if not names.isdisjoint(cell.reads):
            names.add(cell.name)
    return names
