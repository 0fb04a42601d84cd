"""Runs the passes of a plan for a period: records in, one table of entities out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.aggregate import aggregated, one_row_each
from scorecard.engine.answer import AnswerError, answered
from scorecard.engine.backend import Engine, column
from scorecard.engine.belonging import Belonging, columns_of
from scorecard.engine.blocks import Blocks, Frame, joined
from scorecard.engine.prepare import FROM, TO
from scorecard.engine.roster import NUMBER, in_window, present
from scorecard.engine.values import as_value, as_values, finite, spread
from scorecard.engine.windows import bounds, constants, shift, since
from scorecard.expression import frame as over_rows
from scorecard.expression.values import Value
from scorecard.hooks.guard import RaisedError, guarded
from scorecard.hooks.registry import Registry, resolve
from scorecard.model.formula import Column, Kind
from scorecard.model.period import Period
from scorecard.model.plan import CallPass, Pass, Plan, Prepared
from scorecard.model.plan import Value as ValueStep
from scorecard.scoring.block import PeriodTable, rows_of


@dataclass(slots=True)
class Within:
    """The records of `[start, end)`, block by block; blocks without any are passed over."""

    blocks: Blocks
    start: datetime | None
    end: datetime | None
    count: int = 0
    """how many they were when they were last gone through"""

    def __iter__(self) -> Iterator[Frame]:
        self.count = 0
        for block in self.blocks:
            frame = in_window(block, self.start, self.end)
            self.count += len(frame)
            if len(frame):
                yield frame

    def whole(self) -> Frame:
        """All of them, of a source that is one block."""
        frame = in_window(self.blocks.whole(), self.start, self.end)
        self.count = len(frame)
        return frame


@dataclass(slots=True)
class Measurer:
    """Measures periods one after the other."""

    plan: Plan
    registry: Registry
    belonging: Belonging
    failures: dict[str, str] = field(default_factory=dict)
    """what the types of metrics did that failed: `raised KeyError: 'amount'`, `gave the same entity twice`"""

    def table(self, period: Period) -> PeriodTable:
        """One row per entity of the period, with its attributes and all aggregates. Raises DataError."""
        roster = self.plan.scorecard.entity.roster
        opened = self.belonging.records[roster].opened if roster is not None else None
        numbers, columns = present(self.belonging.roster, period, opened)
        rows: dict[str, int] = {}
        failed: dict[str, str] = {}
        everyone = len(numbers) == len(self.belonging.roster)
        for one in self.plan.passes:
            (start, end), shifted = self._bounds(one, period)
            records = Within(self.belonging.blocks(one.source, one.grain), since(start, one), end)
            found = (
                self._called(one, records, start, end, failed)
                if isinstance(one, CallPass)
                else self._measured(one, records, shifted, start, end)
            )
            rows[one.id] = records.count or self._whosever(one, start, end)
            grain = self.belonging.grain(one.grain)
            for name, value in found.items():
                of_entity = value if grain.of_entity is None else rows_of(value, grain.of_entity)
                columns[name] = of_entity if everyone else rows_of(of_entity, numbers.astype(np.intp))
        self.failures |= failed
        return PeriodTable(period=period, entity=numbers, columns=columns, rows=rows, failed=frozenset(failed))

    def last_record(self, metric: str, entity: int, period: Period) -> date | None:
        """The day of the last record before the period's end that a metric's source has of an entity; None without time."""
        source = self.plan.scorecard.metrics[metric].source
        grain = next((one.grain for one in self.plan.passes if one.source == source), ())
        if source is None or not self.belonging.records[source].timed:
            return None
        keys = self.belonging.roster.keys
        own = [nw.col(part).cast(nw.String()) == str(keys[part][entity]) for part in grain]
        found = (in_window(frame, None, period.end).filter(*own) for frame in self.belonging.records[source].blocks)
        last = max((frame[FROM].max() for frame in found if len(frame)), default=None)
        return last.date() if isinstance(last, datetime) else None

    def undecided(self, metric: str) -> int:
        """For how many records of the periods a condition of a metric is unknown, so that they are left out."""
        step = next(cell.step for cell in self.plan.cells if cell.name == f"{metric}.value")
        assert isinstance(step, ValueStep)
        return sum(self._undecided(step, period) for period in self.belonging.periods)

    def _undecided(self, step: ValueStep, period: Period) -> int:
        count = 0
        for one in self.plan.passes:
            trees = [tree for id, tree in step.conditions if id == one.id]
            if not trees:
                continue
            (start, end), shifted = self._bounds(one, period)
            constant = constants(shifted, start, end)
            unknown = nw.any_horizontal(
                *(over_rows.unknown(tree, self.belonging.records[one.source].kinds, constant) for tree in trees), ignore_nulls=True
            )
            count += sum(len(frame.filter(unknown)) for frame in Within(self.belonging.blocks(one.source, one.grain), start, end))
        return count

    def _whosever(self, one: Pass | CallPass, start: datetime | None, end: datetime | None) -> int:
        """How many records a pass would read, if it mattered not whose they are."""
        everybody = Within(self.belonging.records[one.source].blocks, since(start, one), end)
        return sum(map(len, everybody))

    def _bounds(self, one: Pass | CallPass, period: Period) -> tuple[tuple[datetime | None, datetime | None], Period]:
        calendar = self.belonging.calendar
        return bounds(calendar, one, period), shift(calendar, period, one.shift) if isinstance(one, Pass) else period

    def _measured(self, one: Pass, records: Within, period: Period, start: datetime | None, end: datetime | None) -> dict[str, Value]:
        constant = constants(period, start, end)
        kinds = self.belonging.records[one.source].kinds
        size = self.belonging.grain(one.grain).size
        if self.belonging.is_roster(one.source, one.grain) and self.belonging.roster.plain and one_row_each(one):
            frame = records.whole()
            as_they_are = {
                name: item.tree.name for name, item in one.prepared.items() if item.mode == "value" and isinstance(item.tree, Column)
            }
            made = {name: item for name, item in one.prepared.items() if name not in as_they_are}
            computed = frame.select(NUMBER, *_prepared(made, kinds, constant))
            read = as_values(frame, set(as_they_are.values()))
            values: dict[str, Value] = {}
            for name, aggregate in one.aggregates.items():
                if aggregate.column in as_they_are:
                    values[name] = finite(read[as_they_are[aggregate.column]])
                elif aggregate.column:
                    values[name] = as_value(computed[aggregate.column])
            return values | {name: np.float64(1.0) for name, aggregate in one.aggregates.items() if aggregate.function == "rows"}
        frames: Iterable[Frame] = records
        if one.finer is not None:
            frames = _finer(one, frames, kinds, constant)
            kinds = dict.fromkeys(one.finer.aggregates, Kind.ANY)
        prepared = _prepared(one.prepared, kinds, constant)
        return aggregated((frame.select(*_numbered(frame), *prepared) for frame in frames), one.aggregates, size)

    def _called(
        self, one: CallPass, records: Within, start: datetime | None, end: datetime | None, failed: dict[str, str]
    ) -> dict[str, Value]:
        """The values of a metric type that is a function; what it returns is checked before it is believed, or noted in `failed`."""
        size = self.belonging.grain(one.grain).size
        kind = self.registry.metric_types[one.type]
        frames: Iterable[Frame] = records
        if one.where is not None:
            holds = over_rows.holds(one.where.tree, self.belonging.records[one.source].kinds, constants(None, start, end))
            frames = (frame.filter(holds) for frame in frames)
        held = [frame.select(*dict.fromkeys([*_numbered(frame), *one.columns])) for frame in frames]
        columns = {"value": one.output, **one.aspects}
        nothing: dict[str, Value] = {**{name: np.full(size, np.nan) for name in columns.values()}, one.records: np.zeros(size)}
        if not any(map(len, held)):
            return nothing
        given = joined(held)
        del held
        counted = given.group_by(NUMBER).agg(nw.len().alias("n"))
        count = spread(as_value(counted["n"]), _places(counted), size)
        given = given.select(nw.col(NUMBER).alias("entity"), *one.columns, *([FROM] if FROM in given.columns else []))
        assert kind.function is not None
        try:
            with guarded():
                native = resolve(kind.function)(given, (start, end), one.params)
            found = answered(native, size, columns)
        except RaisedError as error:
            failed[one.metric] = f"raised {error.said}"
        except AnswerError as error:
            failed[one.metric] = str(error)
        else:
            return {columns[name]: value for name, value in found.items()} | {one.records: np.nan_to_num(np.asarray(count))}
        return nothing | {one.records: np.nan_to_num(np.asarray(count))}


def _places(frame: Frame) -> NDArray[np.intp]:
    return np.asarray(frame[NUMBER].to_numpy(), dtype=np.intp)


def _prepared(prepared: Mapping[str, Prepared], kinds: Mapping[str, Kind], constant: Any) -> list[nw.Expr]:
    return [_expression(item, kinds, constant).alias(name) for name, item in prepared.items()]


def _expression(item: Prepared, kinds: Mapping[str, Kind], constant: Any) -> nw.Expr:
    match item.mode:
        case "holds":
            return over_rows.holds(item.tree, kinds, constant)
        case "unknown":
            return over_rows.unknown(item.tree, kinds, constant)
        case "share":
            holds, fails = over_rows.holds(item.tree, kinds, constant), over_rows.fails(item.tree, kinds, constant)
            return nw.when(holds).then(nw.lit(1.0)).otherwise(nw.when(fails).then(nw.lit(0.0)))
    return over_rows.value(item.tree, kinds, constant)


def _numbered(frame: Frame) -> list[str]:
    """The columns that say whose a record is, and from when."""
    return [NUMBER, *([FROM] if FROM in frame.columns else [])]


def _finer(one: Pass, frames: Iterable[Frame], kinds: Mapping[str, Kind], constant: Any) -> Iterator[Frame]:
    """One row per entity and value of the `each` columns, with the inner aggregates; nothing where there are no records."""
    finer = one.finer
    assert finer is not None
    needed = {NUMBER, FROM, TO, *columns_of(one)}
    held = [frame.select(name for name in frame.columns if name in needed) for frame in frames]
    if not held:
        return
    frame = joined(held)
    if finer.where is not None:
        frame = frame.filter(_expression(finer.where, kinds, constant))
    frame = frame.filter(*(~nw.col(name).is_null() for name in finer.columns))
    groups = frame.select(NUMBER, *finer.columns).unique(maintain_order=True).with_row_index("#group")
    inner = frame.join(groups, on=[NUMBER, *finer.columns], how="inner")
    timed = [FROM] if FROM in frame.columns else []
    prepared = [_expression(item, kinds, constant).alias(name) for name, item in finer.prepared.items()]
    inner = inner.select(nw.col("#group").alias(NUMBER), *timed, *prepared)
    values = aggregated([inner], finer.aggregates, len(groups))
    engine = cast(Engine, frame.implementation.value)
    extra = [column(name, np.asarray(value), engine) for name, value in values.items()]
    yield groups.select(NUMBER).with_columns(*extra)
