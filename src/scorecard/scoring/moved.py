"""One metric moved and all else as it was: only what depends on it is computed again, by the same cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from scorecard.model.plan import Adjust, Combine, CurveScore, Plan, PlanCell
from scorecard.scoring import aggregations
from scorecard.scoring.arrays import Array, Flags, Num
from scorecard.scoring.block import Block
from scorecard.scoring.cells import compute
from scorecard.scoring.cells.curve import clamped_to_scale, rounded_as_written


@dataclass(slots=True)
class Moving:
    """Rows that were scored with a trace, and what they become when one metric has another value."""

    plan: Plan
    block: Block
    following: dict[str, list[PlanCell]] = field(default_factory=dict)
    """by metric, the cells that depend on it; given from one block of a plan to the next, they are looked for once"""
    _with_child: dict[str, Callable[[int, Num, Flags], Array]] = field(default_factory=dict)

    def to(self, metric: str, value: Num, where: Flags, raw: float | Array | None = None) -> Block:
        """The rows with a metric at `value` in some of them. `raw` is what the curve gives for it, where that is known.

        Only rows in which the metric has a score may be moved. Peers stay as they were.
        """
        cells = self._downstream(metric)
        after = self._without_derived(cells)
        after.cells[f"{metric}.value"] = np.where(where, value, self.block.cells[f"{metric}.value"])
        changed, steady = {f"{metric}.value"}, set[str]()
        for cell in cells:
            child = self._only_child(cell, changed)
            if raw is not None and cell.step == CurveScore(metric=metric):
                after.cells[cell.name] = np.where(where, raw, self.block.cells[cell.name])
                steady.add(cell.name)
            elif child is not None and (f"{child}.score" in steady or self._as_many(after, f"{child}.score")):
                self._combine(after, cell, child, where)
                steady.add(cell.name)
            else:
                compute(after, cell)
                if cell.step == Adjust(node=cell.name.removesuffix(".score")) and f"{cell.step.node}.raw" in steady:
                    steady.add(cell.name)
            changed.add(cell.name)
        return after

    def _downstream(self, metric: str) -> list[PlanCell]:
        """The cells that depend on a metric's value, in order."""
        if metric not in self.following:
            names = reached(self.plan, metric)
            self.following[metric] = [cell for cell in self.plan.cells if cell.name in names and cell.name != f"{metric}.value"]
        return self.following[metric]

    def _without_derived(self, cells: Iterable[PlanCell]) -> Block:
        """The block without what it worked out, when that was read, from cells that are about to change."""
        nodes = {cell.name.rpartition(".")[0] for cell in cells}
        cells_left = dict(self.block.cells)
        for node in nodes:
            for facet in ("band", "band_raw", "state"):
                cells_left.pop(f"{node}.{facet}", None)
        for item in (*self.block.variant.metrics, *self.block.variant.groups):
            cells_left.pop(f"{item}.weight", None)
        return replace(self.block, cells=cells_left, trace=None)

    def _only_child(self, cell: PlanCell, changed: set[str]) -> str | None:
        """The one child that changed of all that a group reads; None where more did, or where the group is a formula."""
        if not isinstance(cell.step, Combine) or self.block.variant.group(cell.step.group).aggregation.formula is not None:
            return None
        (first, *others) = [name for name in cell.reads if name in changed]
        return None if others or not first.endswith(".score") else first.removesuffix(".score")

    def _as_many(self, after: Block, score: str) -> bool:
        """Whether a score is there in the same rows as before."""
        return bool((np.isnan(after.numbers(score)) == np.isnan(self.block.numbers(score))).all())

    def _combine(self, after: Block, cell: PlanCell, child: str, where: Flags) -> None:
        """A group one of whose children has another score: its state, its weights and its coverage stay."""
        assert isinstance(cell.step, Combine)
        assert self.block.trace is not None
        id = cell.step.group
        part = self.block.trace[id]
        if id not in self._with_child:
            self._with_child[id] = aggregations.with_child(part["aggregation"].kind, part["used"], part["weights"], part["setting"])
        place, own = part["children"].index(child), after.numbers(f"{child}.score")
        score = self._with_child[id](place, own, where & ~np.isnan(own) & ~np.isnan(part["used"][place]))
        after.cells[f"{id}.computed"] = score
        after.cells[cell.name] = rounded_as_written(after, clamped_to_scale(after, score), after.variant.group(id))


def reached(plan: Plan, metric: str) -> set[str]:
    """The cells that depend on a metric's value, and the value itself."""
    names = {f"{metric}.value"}
    for cell in plan.cells:
        if not names.isdisjoint(cell.reads):
            names.add(cell.name)
    return names
