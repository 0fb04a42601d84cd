"""What a metric's formula reads for one entity: each piece as it was written, with what it gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from scorecard.evaluation.details import Detail
from scorecard.expression.values import Coded, Truth
from scorecard.model.formula import Call, Cell, Node, children, walk
from scorecard.model.plan import CallPass, Pass, Shift, Value

_TAKES_NULL = frozenset({"coalesce", "is_null", "if_else", "min_of", "max_of", "mean_of", "geomean_of"})


def inputs(detail: Detail, step: Value) -> Iterator[tuple[str, float | str | None]]:
    """The record functions and cells that the formula reads, as written, with what they gave."""
    read = (node for tree in _formulas(step) for node in walk(tree) if isinstance(node, Cell))
    for name in dict.fromkeys(cell.name for cell in read if _is_input(detail, cell)):
        yield _spelled(detail, name), scalar(detail.cell(name))


def lacking(detail: Detail, step: Value) -> Iterator[str]:
    """The inputs without a value for which the formula has no answer of its own."""
    needed = (cell.name for tree in _formulas(step) for cell in _needed(tree) if _is_input(detail, cell))
    for name in dict.fromkeys(needed):
        if scalar(detail.cell(name)) is None:
            yield _spelled(detail, name)


def _formulas(step: Value) -> Iterator[Node]:
    if step.tree is not None:
        yield step.tree
    for choice in step.choose:
        yield from (formula.tree for formula in (choice.when, choice.value) if formula is not None)


def _needed(tree: Node) -> Iterator[Cell]:
    """The cells of a formula that are not within a function that skips or asks for what is null."""
    if isinstance(tree, Cell):
        yield tree
    elif not (isinstance(tree, Call) and tree.function in _TAKES_NULL):
        for part in children(tree):
            yield from _needed(part)


def _is_input(detail: Detail, cell: Cell) -> bool:
    """Whether a cell says something of its own: no moment that all share, and not the one number that a function answered."""
    answered = any(isinstance(one, CallPass) and one.output == cell.name for one in detail.plan.passes)
    return not answered and not cell.name.startswith(("period.", "window["))


def _spelled(detail: Detail, name: str) -> str:
    """A column or a cell as it was written in the formula."""
    for one in detail.plan.passes:
        if isinstance(one, Pass) and name in one.aggregates and one.aggregates[name].text:
            return _shifted(one.shift, one.aggregates[name].text)
    past = detail.plan.past.get(name)
    return name if past is None else _shifted(past.shift, past.cell)


def _shifted(shift: Shift, text: str) -> str:
    """`previous(x)`, `year_ago(x)`, as it was written."""
    for _ in range(shift.years):
        text = f"year_ago({text})"
    if shift.periods:
        text = f"previous({text}, {shift.periods})" if shift.periods > 1 else f"previous({text})"
    return text


def scalar(value: Any) -> Any:
    """The one row of a value, as Python knows it."""
    match value:
        case Coded():
            return value.decode()[0]
        case Truth(holds, fails):
            return True if np.asarray(holds).reshape(-1)[0] else False if np.asarray(fails).reshape(-1)[0] else None
    found = np.asarray(value).reshape(-1)[0]
    if isinstance(found, np.datetime64):
        return None if np.isnat(found) else str(found.astype("datetime64[s]")).replace("T00:00:00", "").replace("T", " ")
    return None if np.isnan(found) else float(found)
