"""`g.raw`: the scores of a group's children as one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.array import evaluate
from scorecard.model import plan
from scorecard.model.definition import Group, Item, Metric
from scorecard.model.formula import Formula
from scorecard.model.state import Reason, State
from scorecard.scoring import aggregations
from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import added, counting
from scorecard.scoring.arrays import Array, Children, Flags, blank, having
from scorecard.scoring.block import Block
from scorecard.scoring.cells.curve import clamped_and_rounded, numbers_of
from scorecard.scoring.cells.states import States
from scorecard.scoring.extremes import extremes
from scorecard.scoring.missing import coverage, filled


def combine(block: Block, id: str) -> None:
    """`g.raw`: the children's scores as the group counts them; with `g.#state`, `g.#reason` and `g.coverage`."""
    group = block.variant.group(id)
    children = [block.variant.node(child.id) for child in block.scorecard.children(id)]
    rows = block.rows
    weighed = _as_weights([_weight(block, child, "#weight") for child in children], rows)
    full = weighed
    if any(child.weight == "sum" for child in children):
        full = _as_weights([_weight(block, child, "#full_weight") for child in children], rows)
    used: list[Array] = []
    covered: list[float | Array | Flags] = []
    applicable: list[bool | Flags] = []
    voided = np.zeros(rows, dtype=bool)
    for k, child in enumerate(children):
        state = np.asarray(block.cells[f"{child.id}.#state"])
        score, voids = _counted(block, child, state)
        used.append(score)
        if voids is not None:
            voided |= voids & (full[k] > 0)
        covered.append(block.cells[f"{child.id}.{'#covered' if isinstance(child, Metric) else 'coverage'}"])
        away = having(state, State.NOT_APPLICABLE, State.EXCLUDED)
        applicable.append(~away if away.any() else True)
    setting = Setting(scale=block.scorecard.scale, on=group.aggregation.on, power=group.aggregation.power, count=group.aggregation.count)
    if group.aggregation.formula is not None:
        score = by_formula(block, group.aggregation.formula, tuple(child.id for child in children))(used)
    elif children:
        score = aggregations.load(group.aggregation.kind).combine(used, weighed, setting)
    else:
        score = np.full(rows, np.nan)
    covering = np.broadcast_to(coverage(covered, full, applicable), (rows,))
    states = _group_states(block, group, score, voided, covering, full, applicable)
    if not states.untouched:
        score = blank(score, ~having(states.state, State.MEASURED))
    block.cells[f"{id}.#state"] = states.state
    block.cells[f"{id}.#reason"] = states.reason
    block.cells[f"{id}.coverage"] = covering
    block.cells[f"{id}.computed"] = score
    if group.weight == "sum" and not children:
        block.cells[f"{id}.#full_weight"] = block.cells[f"{id}.#weight"] = np.zeros(rows)
    elif group.weight == "sum":
        applying = added(
            np.stack([np.broadcast_to(np.where(applies, weight, 0.0), (rows,)) for applies, weight in zip(applicable, full, strict=True)])
        )
        block.cells[f"{id}.#full_weight"] = applying
        block.cells[f"{id}.#weight"] = np.where(np.isnan(score), applying, added(counting(np.stack(used), weighed)[0]))
    block.cells[f"{id}.raw"] = clamped_and_rounded(block, score, group)
    if block.trace is not None:
        block.trace[id] = {
            "children": tuple(child.id for child in children),
            "weights": weighed,
            "used": tuple(used if states.untouched else np.where(having(states.state, State.MEASURED), used, np.nan)),
            "setting": setting,
            "aggregation": group.aggregation,
        }


def by_formula(block: Block, formula: Formula, children: tuple[str, ...]) -> Callable[[Children], Array]:
    """A group's formula as a function of what the group takes for its children's scores, k times [n] to [n]."""

    def combined(scores: Children) -> Array:
        given = dict(zip((f"{child}.score" for child in children), scores, strict=True))
        found = evaluate(formula.tree, lambda name: given[name] if name in given else block.read(name), block.rows)
        return np.broadcast_to(np.asarray(found, dtype=np.float64), (block.rows,))

    return combined


def _weight(block: Block, child: Item, of_sum: str) -> float | Array:
    return block.numbers(f"{child.id}.{of_sum}") if child.weight == "sum" else block.figure(child.weight)


def _as_weights(weights: list[float | Array], rows: int) -> Array:
    """[k] where every weight is one number, else [k, n]; what is no weight (nothing, negative) counts as 0."""
    if all(isinstance(weight, float) for weight in weights):
        full = np.array(weights, dtype=np.float64)
    else:
        full = np.stack([np.broadcast_to(np.asarray(weight, dtype=np.float64), (rows,)) for weight in weights])
    return np.where(full >= 0, full, 0.0)


def _counted(block: Block, child: Item, state: NDArray[np.int8]) -> tuple[Array, Flags | None]:
    """What the parent takes for a child, and where the child leaves the parent without a score.

    A child that is measured but has no score (nothing to score it with) is missing to its parent; one with a score counts.
    """
    score = block.numbers(f"{child.id}.score")
    if child.missing.policy == "skip":
        return score, None
    known = ~np.isnan(score)
    state = np.where(known, np.int8(State.MEASURED), np.where(having(state, State.MEASURED), np.int8(State.MISSING), state))
    scale = block.scorecard.scale
    imputed = block.numbers(plan.imputed(child.id, child.missing)) if child.missing.policy == "impute" else None
    worst = extremes(numbers_of(block, child), scale)[0] if isinstance(child, Metric) and scale.open else None
    return filled(score, state, child.missing, scale, imputed, worst)


def _group_states(
    block: Block, group: Group, score: Array, voided: Flags, covering: Array, weights: Array, applicable: list[bool | Flags]
) -> States:
    """Why a group has no score: its children have none, no weight, too little coverage, nothing that applies."""
    rows = block.rows
    states = States(rows)
    empty = np.isnan(score)
    if voided.any() or empty.any():
        states.set(State.MISSING, Reason.CHILDREN_MISSING, empty | voided)
    weighs = np.broadcast_to((weights > 0).any(axis=0), (rows,))
    if not weighs.all():
        states.set(State.MISSING, Reason.NO_WEIGHT, ~weighs)
    least = block.figure(group.coverage)
    if block.gaps == "as they are" and np.any(np.asarray(least) > 0):
        states.set(State.MISSING, Reason.COVERAGE_TOO_LOW, np.nan_to_num(covering) < np.asarray(least) - 1e-9)
    if group.applies_when is not None:
        applies = block.truth(group.applies_when.tree)
        states.set(State.NOT_APPLICABLE, Reason.DOES_NOT_APPLY, applies.fails)
        block.cells[f"{group.id}.#undecided"] = applies.unknown
    always = any(applies is True and np.all(weight > 0) for applies, weight in zip(applicable, weights, strict=True))
    if not always or not weighs.all():
        any_applies = np.zeros(rows, dtype=bool)
        for one, weight in zip(applicable, weights, strict=True):
            any_applies |= np.asarray(one) & (weight > 0)
        states.set(State.NOT_APPLICABLE, Reason.NOTHING_APPLIES, ~any_applies & weighs)
    return states
