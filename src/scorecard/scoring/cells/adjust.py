"""`n.score`: a node's own rules, in the fixed order of kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Truth
from scorecard.model import plan
from scorecard.model.definition import Rule, RuleKind
from scorecard.model.state import Fired, Reason, State
from scorecard.scoring.arrays import Array, Num, having
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import clamped_and_rounded
from scorecard.scoring.rules import Applied, Delta, ruled
from scorecard.scoring.shown import bottom_of, top_of


@dataclass(frozen=True, slots=True, eq=False)
class Acting:
    """The rules of a node on the rows in which one of them may act."""

    rows: NDArray[np.intp]
    rules: list[Applied]


def adjust(block: Block, step: plan.Adjust) -> None:
    """`n.score` and what its own rules did: `rule.<id>.#fired` per row."""
    id = step.node
    raw = block.numbers(f"{id}.raw")
    score = raw
    if step.rules:
        where = acting(block, step)
        deltas: list[Delta] | None = None if block.trace is None else []
        score = adjusted(block, id, raw, where, deltas)
        if (lost := np.isnan(score) & ~np.isnan(raw)).any():
            block.cells[f"{id}.#state"] = np.where(lost, np.int8(State.MISSING), block.cells[f"{id}.#state"])
            block.cells[f"{id}.#reason"] = np.where(lost, np.int8(Reason.NUMBER_MISSING), block.cells[f"{id}.#reason"])
        for rule in step.rules:
            block.cells[f"rule.{rule}.#fired"] = _fired(block.read(f"rule.{rule}"))
        if block.trace is not None and deltas is not None:
            block.trace.setdefault(id, {})["rules"] = tuple((rule, _spread(delta, where.rows, block.rows)) for rule, delta in deltas)
    block.cells[f"{id}.score"] = score


def acting(block: Block, step: plan.Adjust) -> Acting:
    """Where the rules of a node may act: where one holds or, for bounds, is unknown."""
    rules = [_applied(block, block.scorecard.rules[rule]) for rule in step.rules]
    anywhere = np.zeros(block.rows, dtype=bool)
    for rule in rules:
        anywhere |= rule.holds if block.gaps == "as they are" or rule.unknown is None else rule.holds | rule.unknown
    rows = np.flatnonzero(anywhere)
    return Acting(rows, [rule.of(rows) for rule in rules])


def adjusted(block: Block, id: str, raw: Array, where: Acting, deltas: list[Delta] | None = None) -> Array:
    """The score after the rules, rounded again; where none acts, the same array. What each gave is added to `deltas`."""
    if not len(where.rows):
        return raw
    found = ruled(raw[where.rows], where.rules, block.scorecard.scale, block.gaps, deltas)
    score = raw.copy()
    score[where.rows] = clamped_and_rounded(block, found, block.variant.node(id))
    return score


def _spread(delta: Array, rows: NDArray[np.intp], count: int) -> Array:
    full = np.zeros(count)
    full[rows] = delta
    return full


def _fired(truth: Truth) -> NDArray[np.int8]:
    fired = np.multiply(truth.holds, np.int8(Fired.YES))
    if (unknown := truth.unknown).any():
        fired[unknown] = Fired.UNKNOWN
    return fired


def _applied(block: Block, rule: Rule) -> Applied:
    """A rule's amount per row, and where it holds or is unknown."""
    truth: Any = block.read(f"rule.{rule.id}")
    unknown = truth.unknown
    if rule.id in block.fired:
        unknown = unknown | having(block.fired[rule.id], Fired.UNKNOWN)
    return Applied(rule=rule.id, kind=rule.kind, amount=amount(block, rule), holds=truth.holds & ~unknown, unknown=unknown)


def amount(block: Block, rule: Rule) -> Num:
    if rule.kind == RuleKind.BAND:
        return float("nan")
    if rule.band is None:
        assert rule.amount is not None
        return block.figure(rule.amount)
    starts = [band.start for band in block.scorecard.bands if band.start is not None]
    place = [band.id for band in block.scorecard.bands].index(rule.band)
    node = block.variant.node(rule.of)
    if rule.kind == RuleKind.CAP:
        return top_of(place, starts, node.round, block.scorecard.scale)
    return bottom_of(place, starts, node.round, block.scorecard.scale)
