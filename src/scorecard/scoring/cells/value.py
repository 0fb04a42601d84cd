"""`m.value`: what was measured, or why there is nothing."""

from __future__ import annotations

from typing import Any

import numpy as np

from scorecard.expression.values import Coded, Truth, Value
from scorecard.model import plan
from scorecard.model.formula import Cell
from scorecard.model.state import Reason, State
from scorecard.scoring.arrays import Flags, blank, having
from scorecard.scoring.block import Block
from scorecard.scoring.cells.states import States


def measure(block: Block, step: plan.Value) -> None:
    """`m.value`, with `m.#state`, `m.#reason` and `m.#covered` beside it: where the value came from records, or True for all rows."""
    metric = block.variant.metrics[step.metric]
    found: Any = own_value(block, step)
    states = States(block.rows)
    without_value(block, step, states, found)
    if (supposed := block.supposed.get(metric.id)) is not None and not isinstance(found, Coded):
        known = np.broadcast_to(~np.isnan(supposed), (block.rows,))
        found = np.where(known, supposed, np.asarray(found, dtype=np.float64))
        states.set(State.MEASURED, Reason.NONE, known)
    given: Flags | None = None
    for id in step.exemptions:
        exemption = block.scorecard.exemptions[id]
        exempt = block.read(f"exemption.{id}")
        holds = exempt.holds
        block.cells[f"exemption.{id}.#undecided"] = exempt.unknown
        if exemption.exclude or exemption.value is None:
            states.set(State.EXCLUDED, Reason.EXEMPT, holds)
        else:
            found = np.where(holds, block.figure(exemption.value), found)
            states.set(State.MEASURED, Reason.EXEMPT, holds)
            states.set(State.MISSING, Reason.NUMBER_MISSING, holds & _null(found))
            given = holds if given is None else given | holds
    if metric.applies_when is not None:
        applies = block.truth(metric.applies_when.tree)
        states.set(State.NOT_APPLICABLE, Reason.DOES_NOT_APPLY, applies.fails)
        block.cells[f"{metric.id}.#undecided"] = applies.unknown
    block.cells[f"{metric.id}.#state"] = states.state
    block.cells[f"{metric.id}.#reason"] = states.reason
    if states.untouched:
        block.cells[f"{metric.id}.value"], block.cells[f"{metric.id}.#covered"] = found, True
        return
    measured = having(states.state, State.MEASURED)
    block.cells[f"{metric.id}.value"] = _void(found, ~measured)
    block.cells[f"{metric.id}.#covered"] = measured if given is None else measured & ~given


def own_value(block: Block, step: plan.Value) -> Value:
    """What the records or the formula give, one per row, whatever else speaks for or against it."""
    if step.choose:
        return _per_row(_chosen(block, step), block.rows)
    if isinstance(step.tree, Cell):
        return _per_row(block.read(step.tree.name), block.rows)
    return _per_row(block.evaluate(step.tree) if step.tree is not None else np.float64("nan"), block.rows)


def without_value(block: Block, step: plan.Value, states: States, found: Value) -> None:
    """Why a metric has no value of its own: no record, too few, several where one is meant, a source without any."""
    metric = block.variant.metrics[step.metric]
    everywhere = np.True_
    null = _null(found)
    if null.any():
        states.set(State.MISSING, Reason.NO_VALUE, null)
        if step.records is not None and np.ndim(block.read(step.records)):
            states.set(State.MISSING, Reason.NO_RECORD, null & ~(block.numbers(step.records) > 0))
        if isinstance(found, np.ndarray) and found.dtype.kind == "f" and (infinite := np.isinf(found)).any():
            states.set(State.FAILED, Reason.NOT_FINITE, infinite)
    if step.records is not None and metric.min_records:
        states.set(State.MISSING, Reason.TOO_FEW_RECORDS, ~(block.numbers(step.records) >= metric.min_records))
    if any(not block.table.rows[one] for one in step.passes):
        states.set(State.MISSING, Reason.SOURCE_EMPTY, everywhere)
    for column in step.single:
        if np.ndim(block.read(column)):
            states.set(State.FAILED, Reason.SEVERAL_RECORDS, block.numbers(column) > 1)
    if metric.id in block.table.failed:
        states.set(State.FAILED, Reason.FUNCTION_FAILED, everywhere)
    if metric.id in block.variant.disputed:
        states.set(State.FAILED, Reason.SEGMENTS_DISAGREE, everywhere)


def _chosen(block: Block, step: plan.Value) -> Value:
    """The first choice whose condition holds; an unknown condition before it leaves the value missing."""
    open_rows = np.ones(block.rows, dtype=bool)
    labels = tuple(dict.fromkeys(choice.label for choice in step.choose if choice.label is not None))
    codes = np.full(block.rows, -1, dtype=np.int32)
    numbers = np.full(block.rows, np.nan)
    for choice in step.choose:
        if choice.when is None:
            taken = open_rows
            open_rows = np.zeros(block.rows, dtype=bool)
        else:
            truth = block.truth(choice.when.tree)
            taken = open_rows & truth.holds
            open_rows = open_rows & truth.fails
        if choice.label is not None:
            codes[taken] = labels.index(choice.label)
        elif choice.value is not None:
            numbers[taken] = np.broadcast_to(np.asarray(block.figure(choice.value), dtype=np.float64), block.rows)[taken]
    return Coded(codes, labels) if labels else numbers


def _per_row(value: Value, rows: int) -> Value:
    """A value as one array per row; a condition becomes 1, 0 or no value."""
    match value:
        case Truth(holds, fails):
            return np.broadcast_to(np.where(holds, 1.0, np.where(fails, 0.0, np.nan)), (rows,))
        case Coded():
            return value
        case str():
            return Coded(np.zeros(rows, dtype=np.int32), (value,))
    array: Any = np.asarray(value)
    return array if array.shape == (rows,) else np.broadcast_to(array, (rows,))


def _null(value: Value) -> Flags:
    if isinstance(value, Coded):
        return value.codes < 0
    array: Any = np.asarray(value)
    null: Flags = np.isnat(array) if array.dtype.kind == "M" else ~np.isfinite(array)
    return null


def _void(value: Value, where: Flags) -> Value:
    """The value with nothing where the metric is not measured."""
    if isinstance(value, Coded):
        return Coded(np.where(where, np.int32(-1), value.codes), value.categories)
    array = np.asarray(value)
    return np.where(where, np.datetime64("NaT", "us"), array) if array.dtype.kind == "M" else blank(array, where)
