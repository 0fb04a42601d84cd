"""All aggregates of a pass at once: numbers are accumulated at their places, one group-by gives the rest."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, Literal

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.accumulate import OF_ANY, OF_NUMBERS, accumulate
from scorecard.engine.prepare import FROM
from scorecard.engine.roster import NUMBER
from scorecard.engine.values import as_value, spread
from scorecard.expression.values import Value
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


def aggregated(frame: nw.DataFrame[Any], aggregates: Mapping[str, Aggregate], size: int) -> dict[str, Value]:
    """The aggregates as columns of `size` places; `frame` has the place of each record and the prepared columns.

    No record: 0 for counts, nothing for the rest. Null is skipped by every function.
    """
    masked, columns = _masked(aggregates)
    frame = frame.with_columns(*masked) if masked else frame
    at = np.asarray(frame[NUMBER].to_numpy(), dtype=np.intp)
    found: dict[str, Value] = {}
    asked: dict[str, nw.Expr] = {}
    for name, aggregate in aggregates.items():
        column = columns[name]
        if aggregate.function in OF_NUMBERS or (aggregate.function in OF_ANY and frame.schema[column].is_numeric()):
            numbers = np.asarray(as_value(frame[column]), dtype=np.float64) if column else None
            found[name] = accumulate(aggregate.function, at, size, numbers)
        else:
            asked |= _asked(name, aggregate, column)
    if asked:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="DataFrame is highly fragmented")  # of narwhals' own making, from 100 columns on
            grouped = frame.group_by(NUMBER).agg(*(expression.alias(name) for name, expression in asked.items()))
        groups = np.asarray(grouped[NUMBER].to_numpy(), dtype=np.intp)
        results = {name: as_value(grouped[name]) for name in asked}
        for name, aggregate in aggregates.items():
            if name in results:
                found[name] = _finished(name, aggregate, results, groups, size)
    for name, aggregate in aggregates.items():
        if aggregate.function in ("first", "last"):
            found[name] = _at_the_end(frame, columns[name], aggregate.function, size)
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
        case "count":
            return {name: values.count()}
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


def _at_the_end(frame: nw.DataFrame[Any], column: str, function: str, size: int) -> Value:
    """The value of the earliest or latest record that has one."""
    known = frame.filter(~nw.col(column).is_null())
    if FROM in known.columns:
        known = known.sort(FROM)
    keep: Literal["first", "last"] = "first" if function == "first" else "last"
    rows = known.select(NUMBER, column).unique(subset=[NUMBER], keep=keep, maintain_order=True)
    return spread(as_value(rows[column]), np.asarray(rows[NUMBER].to_numpy(), dtype=np.intp), size)
