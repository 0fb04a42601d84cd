"""All aggregates of a pass at once: most are accumulated block by block, one group-by of all records gives the rest."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.accumulate import ADDED, COUNTED, EXTREMES, Accumulated, Places
from scorecard.engine.blocks import Frame, joined
from scorecard.engine.open import kind_of
from scorecard.engine.prepare import FROM
from scorecard.engine.roster import NUMBER
from scorecard.engine.values import as_value, spread
from scorecard.expression.values import Value
from scorecard.model.formula import Kind
from scorecard.model.plan import Aggregate, Pass

COUNTS = frozenset({"rows", "count", "count_distinct"})
"""functions that are 0 where there is no record"""
ITSELF = frozenset({"single", "sum", "mean", "min", "max", "median", "first", "last"})
"""functions that give back the value where an entity has one record"""


def one_row_each(one: Pass) -> bool:
    """Whether, with one record per entity, every aggregate of the pass is that record's value."""
    return one.finer is None and all(
        aggregate.where is None and (aggregate.function in ITSELF or aggregate.function == "rows") for aggregate in one.aggregates.values()
    )


def aggregated(frames: Iterable[Frame], aggregates: Mapping[str, Aggregate], size: int) -> dict[str, Value]:
    """The aggregates as columns of `size` places; a frame has the place of each record and the prepared columns.

    No record: 0 for counts, nothing for the rest. Null is skipped by every function.
    """
    masked, columns = _masked(aggregates)
    accumulated: dict[str, Accumulated] | None = None
    rest: dict[str, Aggregate] = {}
    held: list[Frame] = []
    for frame in (frame.with_columns(*masked) if masked else frame for frame in frames):
        if accumulated is None:
            rest = {name: each for name, each in aggregates.items() if _needs_all(each.function, frame.schema.get(columns[name]))}
            accumulated = {name: Accumulated(each.function, size) for name, each in aggregates.items() if name not in rest}
        at = _places(frame)
        for name, one in accumulated.items():
            one.add(*_seen(frame, at, columns[name]))
        if rest:
            needed = dict.fromkeys(columns[name] for name in rest)
            held.append(frame.select(NUMBER, *([FROM] if FROM in frame.columns else []), *needed))
    if accumulated is None:
        return {name: np.full(size, 0.0 if aggregate.function in COUNTS else np.nan) for name, aggregate in aggregates.items()}
    found: dict[str, Value] = {name: one.result() for name, one in accumulated.items()}
    return found | (_of_all(joined(held), rest, columns, size) if rest else {})


def _needs_all(function: str, dtype: Any) -> bool:
    """Whether a function cannot be accumulated, so that its column is held."""
    return function not in COUNTED | ADDED and not (function in EXTREMES and kind_of(dtype) in (Kind.NUMBER, Kind.MOMENT))


def _seen(frame: Frame, at: Places, column: str) -> tuple[Any, ...]:
    """The places of records and their values; of what is no number or moment, the places of those that are not null."""
    if not column:
        return (at,)
    if kind_of(frame.schema[column]) in (Kind.NUMBER, Kind.MOMENT):
        return at, as_value(frame[column])
    return (at[~frame[column].is_null().to_numpy().astype(bool)],)


def _of_all(frame: Frame, aggregates: Mapping[str, Aggregate], columns: Mapping[str, str], size: int) -> dict[str, Value]:
    """The aggregates that need all records at once."""
    found: dict[str, Value] = {}
    asked: dict[str, nw.Expr] = {}
    for name, aggregate in aggregates.items():
        asked |= _asked(name, aggregate, columns[name])
        if aggregate.function in ("first", "last"):
            found[name] = _at_the_end(frame, columns[name], aggregate.function, size)
    if asked:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="DataFrame is highly fragmented")  # of narwhals' own making, from 100 columns on
            grouped = frame.group_by(NUMBER).agg(*(expression.alias(name) for name, expression in asked.items()))
        groups = _places(grouped)
        results = {name: as_value(grouped[name]) for name in asked}
        for name, aggregate in aggregates.items():
            if name in results:
                found[name] = _finished(name, aggregate, results, groups, size)
    return found


def _masked(aggregates: Mapping[str, Aggregate]) -> tuple[list[nw.Expr], dict[str, str]]:
    """Columns that are null where a condition does not hold, or 1 where it holds, and which column each aggregate reads."""
    made: dict[tuple[str, str], str] = {}
    counted: dict[str, str] = {}
    columns: dict[str, str] = {}
    for name, aggregate in aggregates.items():
        if aggregate.where is not None and aggregate.function == "rows":
            columns[name] = counted.setdefault(aggregate.where, f"counted.{len(counted) + 1}")
        elif aggregate.column is None or aggregate.where is None:
            columns[name] = aggregate.column or ""
        else:
            columns[name] = made.setdefault((aggregate.column, aggregate.where), f"masked.{len(made) + 1}")
    ones = [nw.col(where).cast(nw.Int64()).alias(name) for where, name in counted.items()]
    return [*ones, *(nw.when(nw.col(where)).then(nw.col(column)).alias(name) for (column, where), name in made.items())], columns


def _asked(name: str, aggregate: Aggregate, column: str) -> dict[str, nw.Expr]:
    values = nw.col(column)
    match aggregate.function:
        case "count_distinct":
            return {name: values.n_unique(), f"{name}.n": values.count(), f"{name}.rows": nw.len()}
        case "min" | "single":
            return {name: values.min()}
        case "max":
            return {name: values.max()}
        case "median":
            return {name: values.median()}
        case "quantile":
            assert aggregate.argument is not None
            return {name: values.quantile(aggregate.argument, interpolation="linear")}
        case "stdev":
            return {name: values.std(ddof=1)}
    return {}


def _finished(name: str, aggregate: Aggregate, results: Mapping[str, Value], at: NDArray[np.intp], size: int) -> Value:
    value = results[name]
    if aggregate.function == "count_distinct":
        nulls = np.asarray(results[f"{name}.rows"]) > np.asarray(results[f"{name}.n"])
        value = np.asarray(value) - nulls
    full = spread(value, at, size)
    return np.nan_to_num(np.asarray(full)) if aggregate.function in COUNTS else full


def _at_the_end(frame: Frame, column: str, function: str, size: int) -> Value:
    """The value of the earliest or latest record that has one."""
    known = frame.filter(~nw.col(column).is_null())
    if FROM in known.columns:
        known = known.sort(FROM)
    keep: Literal["first", "last"] = "first" if function == "first" else "last"
    rows = known.select(NUMBER, column).unique(subset=[NUMBER], keep=keep, maintain_order=True)
    return spread(as_value(rows[column]), _places(rows), size)


def _places(frame: Frame) -> Places:
    return np.asarray(frame[NUMBER].to_numpy(), dtype=np.intp)
