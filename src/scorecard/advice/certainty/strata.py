"""What weights act on: the groups of each variant, and what each of them took for its children, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.model.definition import Group, Metric
from scorecard.model.plan import Adjust, Combine, Peer, Plan
from scorecard.model.state import Fired
from scorecard.model.variant import Variant
from scorecard.plan.cells import read_by
from scorecard.scoring.arrays import Array, Flags, having
from scorecard.scoring.block import Block
from scorecard.scoring.score import PeriodScores, rescore

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Siblings:
    """The children of a group that have weight: their weights as written, [k], and what the group took for them, [k, n]."""

    children: tuple[str, ...]
    weights: Array
    used: Array

    @property
    def present(self) -> Flags:
        """Where each of them counts, [k, n]."""
        return ~np.isnan(self.used)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stratum:
    """Rows of one variant; `siblings` by group, the total first, of the groups whose weights can be drawn.

    `direct` rows are plain weighted means of what their metrics score, all the way up and whatever the weights are: no group
    rounds or combines otherwise, no rule moved one, nothing missing is filled or refused.
    """

    variant: Variant
    rows: Rows
    siblings: Mapping[str, Siblings]
    direct: Flags


def strata(plan: Plan, scores: PeriodScores, rows: Rows) -> Iterator[Stratum]:
    """The rows by variant, scored again with a trace."""
    settled = not _looks_at_weights(plan)
    for block in rescore(plan, scores, rows, trace=True):
        groups = reached(block)
        siblings = {group: found for group in groups if (found := _siblings(block, group)) is not None}
        direct = np.full(block.rows, settled and len(siblings) == len(groups))
        for group in groups if direct.any() else ():
            direct &= _plain(block, group)
        yield Stratum(variant=block.variant, rows=np.asarray(block.index), siblings=siblings, direct=direct)


def anything_weighed(strata: Iterable[Stratum]) -> bool:
    """Whether any group weighs two things against each other."""
    return any(len(own.children) > 1 for stratum in strata for own in stratum.siblings.values())


def _looks_at_weights(plan: Plan) -> bool:
    """Whether anything but a group's own sum reads what the weights change: a rule, a measure, a condition, a curve."""
    groups = {"total", *plan.scorecard.groups}

    def weighed(names: tuple[str, ...]) -> bool:
        return any(name.rpartition(".")[0] in groups or name.endswith(".weight") for name in names)

    for cell in plan.cells:
        match cell.step:
            case Peer():
                continue
            case Combine(group=group):
                set_by_segments = [
                    change.value for one in plan.scorecard.segments.values() for change in one.changes if change.node == group
                ]
                node = plan.scorecard.node(group)
                assert isinstance(node, Group)
                if weighed(read_by(node.applies_when, node.coverage, set_by_segments)):
                    return True
            case Adjust(node=node) if node in groups:
                continue
            case _:
                if weighed(cell.reads):
                    return True
    return False


def reached(block: Block) -> list[str]:
    """The total and the groups that count toward it."""
    found = ["total"]
    for group in found:
        found += [
            child.id for child in block.scorecard.children(group) if not isinstance(child, Metric) and _weighs(block, group, child.id)
        ]
    return found


def _weighs(block: Block, group: str, child: str) -> bool:
    traced = _trace(block, group)
    return bool(np.any(traced["weights"][traced["children"].index(child)] > 0))


def _siblings(block: Block, group: str) -> Siblings | None:
    """None where the weights are formulas or sums: those are not drawn."""
    traced = _trace(block, group)
    weights = traced["weights"]
    if weights.ndim > 1:
        return None
    counted = np.flatnonzero(weights > 0)
    return Siblings(
        children=tuple(traced["children"][k] for k in counted), weights=weights[counted], used=np.asarray(traced["used"])[counted]
    )


def _plain(block: Block, id: str) -> Flags:
    """Rows where the group is the weighted mean of its children, and stays one under any weights."""
    group = block.variant.group(id)
    plain = np.full(block.rows, group.aggregation.kind == "arithmetic" and (id == "total" or group.round is None))
    if np.any(np.asarray(block.figure(group.coverage)) > 0):
        plain &= block.numbers(f"{id}.coverage") > 1 - 1e-9
    for rule in block.scorecard.rules.values():
        if rule.of == id:
            plain &= ~having(block.cells[f"rule.{rule.id}.#fired"], Fired.YES)
    traced = _trace(block, id)
    scale = block.scorecard.scale
    for child, used in zip(traced["children"], traced["used"], strict=True):
        if scale.low is not None and scale.high is not None:
            plain &= ~((used < scale.low) | (used > scale.high))
        if child not in block.scorecard.metrics:
            plain &= np.isnan(used) | (used == block.numbers(f"{child}.score"))
    return plain


def _trace(block: Block, group: str) -> Mapping[str, Any]:
    assert block.trace is not None
    return block.trace[group]
