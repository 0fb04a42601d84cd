"""Rows scored again and again, each time under numbers of the definition of its own: what draws and searches are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.values import Value
from scorecard.model.definition import Change
from scorecard.model.formula import Cell, Formula, Kind
from scorecard.model.plan import Plan
from scorecard.scoring.arrays import Array
from scorecard.scoring.block import rows_of
from scorecard.scoring.score import PeriodScores, suppose

Own = Mapping[tuple[str, tuple[str, ...]], Array]
"""by node and key, such as `("csat", ("weight",))`, a number per trial"""


def trials(
    plan: Plan, scores: PeriodScores, rows: NDArray[np.intp], own: Own, cells: Iterable[str], changes: tuple[Change, ...] = ()
) -> Mapping[str, Value]:
    """Cells of some rows, which may come more than once, under changes for all and numbers of their own; peers are as they were.

    A number of its own stands above a segment's, and the changes below both.
    """
    table = replace(
        scores.table,
        entity=scores.table.entity[rows],
        columns={
            **{name: rows_of(column, rows) for name, column in scores.table.columns.items()},
            **{_column(place): numbers for place, numbers in enumerate(own.values())},
        },
    )
    given = tuple(Change(node=node, key=key, value=_read(_column(place))) for place, (node, key) in enumerate(own))
    once = replace(scores, table=table, at=scores.at[rows], cells=dict.fromkeys(cells, np.empty(0)))
    return suppose(plan, once, (*changes, *given), {}).cells


def _column(place: int) -> str:
    return f"trial.{place}"


def _read(column: str) -> Formula:
    return Formula(text=column, tree=Cell(name=column), kind=Kind.NUMBER)
