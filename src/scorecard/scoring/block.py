"""Rows that are scored together: entities of one period under one variant of the scorecard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scorecard.expression.array import evaluate
from scorecard.expression.values import Coded, Truth, Value
from scorecard.model.definition import Constant, Number, Path, Range, Scorecard, Table
from scorecard.model.formula import Formula, Node
from scorecard.model.period import Period, Window
from scorecard.model.variant import Variant
from scorecard.scoring.arrays import Num
from scorecard.scoring.peers import Fit

Index = slice | NDArray[np.intp]
Gaps = Literal["as they are", "worst", "best"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTable:
    """What the engine measured: a row per entity of one period.

    `entity` are numbers into the roster, ascending; `columns` are full-length values: `entity.<attribute>` and the
    aggregates; `rows` the records of a pass in its window, whoever they belong to; `failed` the metrics whose type raised or
    gave no answer that can be used.
    """

    period: Period
    entity: NDArray[np.int32]
    columns: Mapping[str, Value]
    rows: Mapping[str, int] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.entity)


@dataclass(slots=True, kw_only=True)
class Block:
    """The working memory of one run over some rows: every cell computed so far, by name.

    `gaps` says what metrics without a score earn: nothing, or, for bounds, the worst or best score. With `trace`
    the parts of each node are kept for the ledger.
    """

    scorecard: Scorecard
    variant: Variant
    table: PeriodTable
    index: Index
    rows: int
    fits: Mapping[str, Fit]
    gaps: Gaps = "as they are"
    trace: dict[str, dict[str, Any]] | None = None
    supposed: Mapping[str, Num] = field(default_factory=dict)
    """values of metrics that are taken for measured, whatever the records say; where one is NaN the records speak"""
    fired: Mapping[str, NDArray[np.int8]] = field(default_factory=dict)
    """of bounds: what each rule did with the gaps as they are; what was unknown stays so, whatever fills them"""
    cells: dict[str, Any] = field(default_factory=dict)
    """by name: a value, one number for all rows, a pair of ends, (`#state`, `#reason`) int8 codes or (`#covered`) flags"""
    settled: dict[str, Any] = field(default_factory=dict)
    """by metric: the numbers of its curve where they are the same for every row; shared by the blocks of a variant"""

    later: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    """cells that are worked out when they are read"""

    @property
    def period(self) -> Period:
        return self.table.period

    def having(self, cells: dict[str, Any], later: Mapping[str, Callable[[], Any]]) -> Block:
        """The same rows with other cells, without a trace."""
        return Block(
            scorecard=self.scorecard,
            variant=self.variant,
            table=self.table,
            index=self.index,
            rows=self.rows,
            fits=self.fits,
            gaps=self.gaps,
            supposed=self.supposed,
            fired=self.fired,
            cells=cells,
            settled=self.settled,
            later=later,
        )

    def read(self, name: str) -> Any:
        """A cell, a column of the table for these rows, or a fact of the period; a target that is not there or a range is no number."""
        if name not in self.cells:
            self.cells[name] = self._fetch(name)
        found = self.cells[name]
        return np.nan if found is None or isinstance(found, tuple) else found

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A cell that holds numbers, one per row."""
        found = np.asarray(self.read(name), dtype=np.float64)
        return found if found.shape == (self.rows,) else np.broadcast_to(found, (self.rows,))

    def figure(self, number: Number) -> Num:
        """A number of the definition as it applies: one for all rows, or one per row; NaN where there is none."""
        match number:
            case Constant(value):
                return value
            case Path(points):
                return on_path(points, self.period)
            case Table(entries):
                return entries.get(self.period.label, float("nan"))
            case Formula(tree=tree):
                found = self.evaluate(tree)
                return found if isinstance(found, float) else np.asarray(found, dtype=np.float64)

    def ends(self, number: Number | Range | None) -> Any:
        """`figure` of a number, of both ends of a pair, or None."""
        if isinstance(number, Range):
            return self.figure(number.low), self.figure(number.high)
        return None if number is None else self.figure(number)

    def evaluate(self, tree: Node) -> Any:
        return evaluate(tree, self.read, self.rows)

    def truth(self, tree: Node) -> Truth:
        """A condition, its two halves one per row."""
        found = self.evaluate(tree)
        assert isinstance(found, Truth)
        shape = (self.rows,)
        return Truth(np.broadcast_to(np.asarray(found.holds), shape), np.broadcast_to(np.asarray(found.fails), shape))

    def _fetch(self, name: str) -> Any:
        if name in self.later:
            return self.later[name]()
        if name in self.table.columns:
            return rows_of(self.table.columns[name], self.index)
        owner, _, facet = name.rpartition(".")
        if owner == "period" or owner.startswith("window["):
            return self._moment(owner, facet)
        if owner.endswith(".params"):
            return _param(self.variant.metrics[owner.removesuffix(".params")].params[facet])
        if facet == "weight" and owner in self.variant.metrics:
            return self.figure(self.variant.metrics[owner].weight)
        if facet == "coverage":
            return np.asarray(self.cells[f"{owner}.#covered"], dtype=np.float64)
        if facet in {"band", "band_raw"}:
            from scorecard.scoring.cells.band import band

            return band(self, owner, "raw" if facet == "band_raw" else "score")
        if facet == "state":
            from scorecard.scoring.cells.states import STATES

            return Coded(np.asarray(self.cells[f"{owner}.#state"], dtype=np.int32), STATES)
        raise KeyError(name)

    def _moment(self, owner: str, facet: str) -> Value:
        """`period.end`, or the end of one metric's window: `window[6 months].start`."""
        window = Window.named(owner[7:-1]) if owner != "period" else Window()
        assert window is not None
        start, end = window.bounds(self.period)
        moment = {"start": start, "end": end, "last_day": self.period.last_day}[facet]
        return np.datetime64("NaT") if moment is None else np.datetime64(moment, "us")


def _param(value: Any) -> str | float:
    return value if isinstance(value, str) else float(value)


def rows_of(column: Value, index: Index) -> Value:
    """A value for some of its rows."""
    match column:
        case Coded(codes, categories):
            return Coded(codes[index], categories)
        case Truth(holds, fails):
            return Truth(np.asarray(holds)[index], np.asarray(fails)[index])
        case np.ndarray() if column.ndim:
            return column[index]
    return column


def on_path(points: tuple[tuple[Any, float], ...], period: Period) -> float:
    """A straight line between dates, flat beyond its ends, read on the period's last day."""
    if period.last_day is None:
        return points[-1][1]
    day = period.last_day.toordinal()
    before = [point for point in points if point[0].toordinal() <= day]
    after = [point for point in points if point[0].toordinal() > day]
    if not before:
        return points[0][1]
    if not after:
        return points[-1][1]
    (left, low), (right, high) = before[-1], after[0]
    share: float = (day - left.toordinal()) / (right.toordinal() - left.toordinal())
    return float(low + (high - low) * share)
