"""Everything behind the scores of some rows: shares, contributions, points lost, gaps, bands, bounds.

Nothing of it is stored; the rows are scored again with a trace, by the same function that scored them first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.array import evaluate
from scorecard.expression.values import Coded
from scorecard.model.definition import Metric, Scorecard
from scorecard.model.formula import Formula
from scorecard.model.plan import Plan
from scorecard.model.state import Fired, State
from scorecard.scoring.block import Block, Gaps
from scorecard.scoring.branch import Branch, Line
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
        used=trace["used"],
        evaluate=_formula(block, aggregation.formula, children) if aggregation.formula is not None else None,
        computed=computed,
        raw=raw,
        score=score,
    )


def _formula(block: Block, formula: Formula, children: tuple[str, ...]) -> Any:
    """The group's formula as a function of its children's scores."""

    def combined(scores: Floats) -> Floats:
        given = dict(zip((f"{child}.score" for child in children), scores, strict=True))
        found = evaluate(formula.tree, lambda name: given[name] if name in given else block.read(name), block.rows)
        return np.broadcast_to(np.asarray(found, dtype=np.float64), (block.rows,))

    return combined


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
    wanted = rows[gaps[rows]]
    fillers: tuple[Gaps, ...] = ("worst", "best")
    for filler in fillers:
        for block in rescore(plan, scores, wanted, gaps=filler):
            found = block.numbers(f"{node}.score")
            low[block.index] = np.fmin(low[block.index], found)
            high[block.index] = np.fmax(high[block.index], found)
    return Bounds(low=low[rows], high=high[rows], guaranteed=not by_formula(plan.scorecard))


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


def by_formula(scorecard: Scorecard) -> bool:
    """Whether a formula stands between metrics and the score, so that filling gaps at the ends need not bound it."""
    nodes = (scorecard.total, *scorecard.groups.values())
    if any(node.aggregation.formula is not None for node in nodes):
        return True
    return any(_derived(metric) or metric.curve.formula is not None for metric in scorecard.metrics.values())


def _derived(metric: Metric) -> bool:
    return metric.source is None and metric.measure is not None
