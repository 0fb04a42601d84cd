"""One metric moved and all else as it was: only what depends on it is computed again, by the same cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from scorecard.model.plan import Adjust, Combine, CurveScore, Plan, PlanCell
from scorecard.scoring import aggregations
from scorecard.scoring.arrays import Array, Flags, Num
from scorecard.scoring.block import Block
from scorecard.scoring.cells import compute
from scorecard.scoring.cells.adjust import Acting, acting, adjusted
from scorecard.scoring.cells.curve import clamped_to_scale, rounded_as_written

_FACETS = ("band", "band_raw", "state")


@dataclass(frozen=True, slots=True)
class Downstream:
    """What depends on a metric's value: the cells, in order, and the names of what is worked out from them when it is read."""

    cells: tuple[PlanCell, ...]
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
    _everywhere: dict[str, bool] = field(default_factory=dict)

    def to(self, metric: str, value: Num, where: Flags, raw: float | Array | None = None) -> Block:
        """The rows with a metric at `value` in some of them. `raw` is what the curve gives for it, where that is known.

        Only rows in which the metric has a score may be moved. Peers stay as they were.
        """
        downstream = self._downstream(metric)
        cells = dict(self.block.cells)
        for name in downstream.derived:
            cells.pop(name, None)
        after = replace(self.block, cells=cells, trace=None)
        cells[f"{metric}.value"] = np.where(where, value, cells[f"{metric}.value"])
        changed, steady = {f"{metric}.value"}, set[str]()
        for cell in downstream.cells:
            match cell.step:
                case CurveScore() if raw is not None and cell.step.metric == metric:
                    cells[cell.name] = np.where(where, raw, cells[cell.name])
                    steady.add(cell.name)
                case Combine() if (child := self._only_child(cell, cell.step, changed)) and self._as_many(after, child, steady):
                    self._combine(after, cell, cell.step, child, where)
                    steady.add(cell.name)
                case Adjust(node=node) if changed.isdisjoint(name for name in cell.reads if name != f"{node}.raw"):
                    self._adjust(after, cell.step)
                    if f"{node}.raw" in steady:
                        steady.add(cell.name)
                case _:
                    compute(after, cell)
            changed.add(cell.name)
        return after

    def _downstream(self, metric: str) -> Downstream:
        if metric not in self.following:
            names = reached(self.plan, metric)
            cells = tuple(cell for cell in self.plan.cells if cell.name in names and cell.name != f"{metric}.value")
            nodes = dict.fromkeys(cell.name.rpartition(".")[0] for cell in cells)
            items = (*self.block.variant.metrics, *self.block.variant.groups)
            derived = (*(f"{node}.{facet}" for node in nodes for facet in _FACETS), *(f"{item}.weight" for item in items))
            self.following[metric] = Downstream(cells, derived)
        return self.following[metric]

    def _only_child(self, cell: PlanCell, step: Combine, changed: set[str]) -> str | None:
        """The one child that changed of all that a group reads; None where more did, or where the group is a formula."""
        if self.block.variant.group(step.group).aggregation.formula is not None:
            return None
        (first, *others) = changed.intersection(cell.reads)
        return None if others or not first.endswith(".score") else first.removesuffix(".score")

    def _as_many(self, after: Block, child: str, steady: set[str]) -> bool:
        """Whether a child's score is there in the same rows as before."""
        score = f"{child}.score"
        return score in steady or bool((np.isnan(after.numbers(score)) == np.isnan(self.block.numbers(score))).all())

    def _combine(self, after: Block, cell: PlanCell, step: Combine, child: str, where: Flags) -> None:
        """A group one of whose children has another score: its state, its weights and its coverage stay."""
        assert self.block.trace is not None
        id = step.group
        part, before = self.block.trace[id], self.block.numbers(f"{id}.computed")
        if id not in self._with_child:
            kind, setting = part["aggregation"].kind, part["setting"]
            self._with_child[id] = aggregations.with_child(kind, part["used"], part["weights"], before, setting)
        place, own = part["children"].index(child), after.numbers(f"{child}.score")
        score = self._with_child[id](place, own)
        if not self._counts_everywhere(child, part["used"][place]):
            counted = where & ~np.isnan(own) & ~np.isnan(part["used"][place])
            score = np.where(counted, score, before)
        after.cells[f"{id}.computed"] = score
        after.cells[cell.name] = rounded_as_written(after, clamped_to_scale(after, score), after.variant.group(id))

    def _counts_everywhere(self, child: str, used: Array) -> bool:
        """Whether a child has a score in every row, and counts with it."""
        if child not in self._everywhere:
            self._everywhere[child] = not (np.isnan(used).any() or np.isnan(self.block.numbers(f"{child}.score")).any())
        return self._everywhere[child]

    def _adjust(self, after: Block, step: Adjust) -> None:
        """A node's rules on another score of it, with conditions and amounts as they were."""
        node, raw = step.node, after.numbers(f"{step.node}.raw")
        if node not in self._acting:
            self._acting[node] = acting(self.block, step)
        after.cells[f"{node}.score"], _ = adjusted(after, node, raw, self._acting[node])


def reached(plan: Plan, metric: str) -> set[str]:
    """The cells that depend on a metric's value, and the value itself."""
    names = {f"{metric}.value"}
    for cell in plan.cells:
        if not names.isdisjoint(cell.reads):
            names.add(cell.name)
    return names
