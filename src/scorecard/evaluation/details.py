"""Everything behind the scores of some rows: shares, contributions, points lost, gaps, bands, bounds.

Nothing of it is stored; the rows are scored again with a trace, by the same function that scored them first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Coded, Truth
from scorecard.model.definition import Scorecard
from scorecard.model.formula import Cell, Node, walk
from scorecard.model.plan import Plan, Value
from scorecard.model.state import Fired, State
from scorecard.plan.cells import trees
from scorecard.scoring.block import Block, Gaps
from scorecard.scoring.branch import Branch, Line
from scorecard.scoring.cells.combine import by_formula
from scorecard.scoring.cells.curve import numbers_of, scored
from scorecard.scoring.extremes import extremes
from scorecard.scoring.ledger import ledger
from scorecard.scoring.lost import lost
from scorecard.scoring.score import PeriodScores, rescore

Floats = NDArray[np.float64]


@dataclass(slots=True, kw_only=True, weakref_slot=True)
class Detail:
    """Some rows of one period and one variant, scored with a trace. `rows` are their places in the period's table."""

    plan: Plan
    block: Block
    rows: NDArray[np.intp]
    root: Branch

    @property
    def scorecard(self) -> Scorecard:
        return self.plan.scorecard

    def cell(self, name: str) -> Any:
        return self.block.read(name)

    def numbers(self, name: str) -> Floats:
        return self.block.numbers(name)

    def band(self, node: str) -> Coded:
        found = self.block.read(f"{node}.band")
        assert isinstance(found, Coded)
        return found

    def state(self, node: str) -> NDArray[np.int8]:
        return np.asarray(self.block.cells[f"{node}.#state"])

    def ledger(self) -> tuple[Line, ...]:
        """Lines that sum to the score."""
        return ledger(self.root, self.scorecard.scale)

    def lost(self) -> tuple[Line, ...]:
        """Points lost from the best score: lines that sum to best less score."""
        best = self.scorecard.scale.best
        return lost(self.root, self.scorecard.scale, np.nan if best is None else best)

    def shares(self) -> dict[str, tuple[Floats, Floats]]:
        """Per node its share among the siblings that count, and its share all the way up."""
        found: dict[str, tuple[Floats, Floats]] = {}
        one = np.ones(self.block.rows)
        self._share(self.root, one, found)
        return found

    def only(self, place: int) -> Detail:
        """One of the rows, as if it alone had been scored."""
        block, one = self.block, slice(place, place + 1)
        trace = {node: {**_one(parts, one, block.rows), **_weights(parts, one)} for node, parts in (block.trace or {}).items()}
        cells = {name: _one(cell, one, block.rows) for name, cell in block.cells.items()}
        alone = replace(block, rows=1, index=np.asarray(block.index)[one], cells=cells, trace=trace)
        return Detail(plan=self.plan, block=alone, rows=self.rows[one], root=_branch(alone, "total"))

    def _share(self, branch: Branch, up: Floats, found: dict[str, tuple[Floats, Floats]]) -> None:
        if branch.kind == "metric":
            return
        used, weights, _ = branch.inputs()
        counted = np.where(np.isnan(used), 0.0, weights)
        total = counted.sum(axis=0)
        for k, child in enumerate(branch.children):
            share = (
                weights[k] * ~np.isnan(used[k])
                if branch.aggregation == "sum"
                else np.divide(counted[k], total, out=np.zeros_like(total), where=total > 0)
            )
            found[child.node] = (share, up * share)
            self._share(child, up * share, found)


def details(plan: Plan, scores: PeriodScores, rows: NDArray[np.intp]) -> Iterator[Detail]:
    """The rows scored again with a trace, in blocks."""
    for block in rescore(plan, scores, rows, trace=True):
        yield Detail(plan=plan, block=block, rows=np.asarray(block.index), root=_branch(block, "total"))


def _one(cell: Any, one: slice, rows: int) -> Any:
    """What is kept of a cell or of a trace for one of its rows; what is the same for all stays."""
    match cell:
        case Coded(codes, categories):
            return Coded(codes[one], categories)
        case Truth(holds, fails):
            return Truth(_one(holds, one, rows), _one(fails, one, rows))
        case dict():
            return {key: _one(part, one, rows) for key, part in cell.items()}
        case tuple():
            return tuple(_one(part, one, rows) for part in cell)
        case np.ndarray() if cell.ndim and cell.shape[-1] == rows:
            return cell[..., one]
    return cell


def _weights(parts: Mapping[str, Any], one: slice) -> dict[str, Any]:
    """The weights of a trace for one of its rows; [k] are the same for all, however many rows there are."""
    return {key: weights if weights.ndim == 1 else weights[:, one] for key, weights in parts.items() if key == "weights"}


def _branch(block: Block, node: str) -> Branch:
    trace = (block.trace or {}).get(node, {})
    computed, raw, score = (block.numbers(f"{node}.{name}") for name in ("computed", "raw", "score"))
    rules = trace.get("rules", ())
    if node in block.scorecard.metrics:
        metric = block.variant.metrics[node]
        best = extremes(numbers_of(block, metric), block.scorecard.scale)[1] if block.scorecard.scale.open and scored(metric) else None
        return Branch(node=node, kind="metric", rules=rules, best=best, computed=computed, raw=raw, score=score)
    aggregation = trace["aggregation"]
    children = trace["children"]
    return Branch(
        node=node,
        kind="group",
        rules=rules,
        children=tuple(_branch(block, child) for child in children),
        aggregation=aggregation.kind,
        setting=trace["setting"],
        weights=trace["weights"],
        used=np.reshape(trace["used"], (len(children), block.rows)),
        evaluate=by_formula(block, aggregation.formula, children) if aggregation.formula is not None else None,
        computed=computed,
        raw=raw,
        score=score,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Bounds:
    """The least and greatest score a row can have once its gaps are known, and whether that is guaranteed."""

    low: Floats
    high: Floats
    guaranteed: bool


def bounds(plan: Plan, scores: PeriodScores, rows: NDArray[np.intp], node: str = "total") -> Bounds:
    """The least and greatest of a score itself, with its gaps at worst and with its gaps at best. Shape [len(rows)]."""
    own = np.full(len(scores), np.nan)
    gaps = np.zeros(len(scores), dtype=bool)
    for block in rescore(plan, scores, rows):
        own[block.index] = block.numbers(f"{node}.score")
        gaps[block.index] = _gaps(block)
    low, high = own.copy(), own.copy()
    wanted = rows[gaps[rows] | np.isnan(own[rows])]
    fillers: tuple[Gaps, ...] = ("worst", "best")
    for filler in fillers:
        for block in rescore(plan, scores, wanted, gaps=filler):
            found = block.numbers(f"{node}.score")
            low[block.index] = np.fmin(low[block.index], found)
            high[block.index] = np.fmax(high[block.index], found)
    return Bounds(low=low[rows], high=high[rows], guaranteed=not leans_on_formulas(plan))


def _gaps(block: Block) -> NDArray[np.bool_]:
    """Rows with a metric that should have a score and has none, or with a rule whose condition is unknown."""
    gap = np.zeros(block.rows, dtype=bool)
    for metric in block.variant.metrics.values():
        if scored(metric):
            state = np.asarray(block.cells[f"{metric.id}.#state"])
            gap |= (state == State.MISSING) | (state == State.FAILED)
    for rule in block.scorecard.rules:
        gap |= np.asarray(block.cells[f"rule.{rule}.#fired"]) == Fired.UNKNOWN
    return gap


def leans_on_formulas(plan: Plan) -> bool:
    """Whether a formula over nodes stands between metrics and the score, so that filling gaps at the ends need not bound it.

    The condition of a rule does where a gap leaves it known and its filling may turn it. A curve without ends on an open
    scale has nothing to fill a gap with.
    """
    scorecard = plan.scorecard
    metrics = [replace(metric, measure=None, where=None) for metric in scorecard.metrics.values()]
    measures = [cell.step.tree for cell in plan.cells if isinstance(cell.step, Value)]
    changes = [change.value for segment in scorecard.segments.values() for change in segment.changes]
    amounts = [rule.amount for rule in scorecard.rules.values()]
    if any(_turning(trees([scorecard.total, *scorecard.groups.values(), *metrics, *measures, *changes, *amounts]))):
        return True
    conditions = (cell for rule in scorecard.rules.values() for cell in _turning([rule.when.tree]))
    if any(cell.partition(".")[0] not in scorecard.metrics or not cell.endswith(_UNKNOWN_IN_GAPS) for cell in conditions):
        return True
    curves = {metric.curve.kind for metric in metrics if scored(metric)}
    return "formula" in curves or (scorecard.scale.open and "identity" in curves)


_UNKNOWN_IN_GAPS = (".value", ".score", ".raw", ".band", ".band_raw")
"""what of a metric is unknown while it has a gap, and so is a rule that reads it"""
_WRITTEN = (".target", ".worst", ".weight")
"""what of a metric is a number of the definition, whose own formula is looked at too"""


def _turning(formulas: Iterable[Node]) -> Iterator[str]:
    """The cells of formulas that may change when a gap is filled: not facts, not numbers, not peers, not the past."""
    for tree in formulas:
        for part in walk(tree):
            if isinstance(part, Cell) and not _stays(part.name):
                yield part.name


def _stays(name: str) -> bool:
    if name.startswith(("entity.", "period.", "window", "peer[", "#")) or "@" in name or ".params." in name:
        return True
    return name.endswith(_WRITTEN)
