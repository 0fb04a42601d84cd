"""What is looked up of the entity that is chosen: a sheet of its own with a row per entity, column by column worked out by the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_range_abs

from scorecard.expression.values import Coded, Truth
from scorecard.model.formula import Kind
from scorecard.model.plan import Plan
from scorecard.report.figures import clean
from scorecard.report.workbook.excel_parts import NULL
from scorecard.report.workbook.sheet import ROWS
from scorecard.scoring.block import Block
from scorecard.scoring.score import PeriodScores, rescore

BLOCK = 4_096
"""entities that are worked out at once"""
MOST = ROWS - 1
_LONGEST_NAME = 240
"""what is longer is not found by MATCH"""
_UNKNOWN = "?"
_BEFORE = 3
"""the columns before the first that is asked for: name, facts, variant"""


@dataclass(frozen=True, slots=True)
class Looked:
    """A column: what it is called, and its cells for the rows of a block."""

    title: str
    of: Callable[[Block], Any]
    kind: Kind


class Lookups:
    """The columns that formulas ask for, each once, and the rows of all entities."""

    def __init__(self, plan: Plan, scores: PeriodScores, sheet: str) -> None:
        self._plan = plan
        self._scores = scores
        self._sheet = sheet
        self.columns: list[Looked] = []
        self.count = min(len(scores), MOST)

    def add(self, title: str, of: Callable[[Block], Any], kind: Kind) -> int:
        """The place of a new column."""
        self.columns.append(Looked(title, of, kind))
        return len(self.columns) - 1

    def formula(self, place: int, row: str) -> str:
        """The cell of a column in the row of the entity."""
        found = f"INDEX({self.area(_BEFORE + place)},{row})"
        return f'{found}&""' if self.columns[place].kind is Kind.TEXT else found

    def area(self, column: int) -> str:
        return f"{self._sheet}!{xl_range_abs(1, column, max(self.count, 1), column)}"

    def sample(self, row: int) -> Block:
        """One entity with all its cells."""
        return next(rescore(self._plan, self._scores, np.array([row])))

    def rows(self) -> Iterator[list[Any]]:
        """The number of the variant and the cells of each entity, in the order of the roster."""
        for start in range(0, self.count, BLOCK):
            rows = np.arange(start, min(start + BLOCK, self.count))
            found: list[list[Any]] = [[] for _ in rows]
            for block in rescore(self._plan, self._scores, rows):
                places = np.asarray(block.index) - start
                columns = [told(column.of(block), block.rows) for column in self.columns]
                for place, variant, *cells in zip(places, self._scores.at[block.index] + 1, *columns, strict=True):
                    found[place] = [int(variant), *cells]
            yield from found


def told(value: Any, rows: int) -> list[Any]:
    """A value as cells: null is a dash among numbers and an empty text among texts, a truth 1, 0 or a question mark."""
    match value:
        case Coded():
            return ["" if text is None else text for text in value.decode().tolist()]
        case str():
            return [value] * rows
        case Truth(holds, fails):
            halves = (np.broadcast_to(np.asarray(half), (rows,)).tolist() for half in (holds, fails))
            return [1 if one else 0 if other else _UNKNOWN for one, other in zip(*halves, strict=True)]
    array = np.broadcast_to(np.asarray(value), (rows,))
    if array.dtype.kind == "M":
        return ["" if np.isnat(moment) else str(moment.astype("datetime64[s]")) for moment in array]
    return [number if np.isfinite(number) else NULL for number in array.astype(np.float64).tolist()]


def kind_of(value: Any) -> Kind:
    """What a value of the engine holds."""
    if isinstance(value, Truth):
        return Kind.TRUTH
    if isinstance(value, Coded | str):
        return Kind.TEXT
    return Kind.MOMENT if np.asarray(value).dtype.kind == "M" else Kind.NUMBER


def labels(keys: Sequence[Sequence[str]], otherwise: str) -> list[str]:
    """Names by which the entities are told apart, whether or not anybody looks at case, and short enough to be found."""
    taken: dict[str, int] = {}
    found = []
    for parts in keys:
        name = clean(" · ".join(parts))[:_LONGEST_NAME].strip() or otherwise
        number = taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
        while number > 1 and f"{name} ({number})".casefold() in taken:
            number += 1
        if number > 1:
            taken[name.casefold()] = number
            name = f"{name} ({number})"
            taken[name.casefold()] = 1
        found.append(name)
    return found
