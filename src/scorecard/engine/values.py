"""Columns of a frame as the arrays that scoring works on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.engine.open import kind_of
from scorecard.expression.values import Coded, Truth, Value
from scorecard.model.formula import Kind


def as_value(values: nw.Series[Any]) -> Value:
    """Numbers as float64 with NaN for null, texts as codes, moments as datetime64, truths as their two halves."""
    match kind_of(values.dtype):
        case Kind.NUMBER:
            return np.asarray(values.cast(nw.Float64()).to_numpy(), dtype=np.float64)
        case Kind.MOMENT:
            return values.cast(nw.Datetime("us")).to_numpy().astype("datetime64[us]")
        case Kind.TRUTH:
            numbers = np.asarray(values.cast(nw.Float64()).to_numpy(), dtype=np.float64)
            return Truth(numbers == 1, numbers == 0)
    return coded(values)


def as_values(frame: nw.DataFrame[Any], names: Collection[str]) -> dict[str, Value]:
    """`as_value` of several columns; polars fills the nulls of all its numbers at once, on all cores."""
    if frame.implementation.is_polars():
        numbers = [name for name in names if kind_of(frame.schema[name]) == Kind.NUMBER]
        frame = frame.with_columns(nw.col(numbers).cast(nw.Float64()).fill_null(float("nan"))) if numbers else frame
    return {name: as_value(frame[name]) for name in names}


def finite(value: Value) -> Value:
    """A column as it was read, with nothing where a number is infinite."""
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or not np.isinf(value).any():
        return value
    return np.where(np.isinf(value), np.nan, value)


def coded(values: nw.Series[Any]) -> Coded:
    """A column of words as codes into its distinct words."""
    import pyarrow as pa

    array = values.cast(nw.String()).to_arrow()
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    array = array.dictionary_encode()
    codes = np.asarray(array.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int32)
    return Coded(codes, tuple(array.dictionary.to_pylist()))


def spread(value: Value, at: NDArray[np.intp], rows: int) -> Value:
    """Values of some numbered places as a full column: nothing where no value is given."""
    match value:
        case Coded(codes, categories):
            full = np.full(rows, -1, dtype=np.int32)
            full[at] = codes
            return Coded(full, categories)
        case Truth(holds, fails):
            full_holds, full_fails = np.zeros(rows, dtype=bool), np.zeros(rows, dtype=bool)
            full_holds[at], full_fails[at] = holds, fails
            return Truth(full_holds, full_fails)
    array = np.asarray(value)
    column = np.full(rows, np.datetime64("NaT", "us") if array.dtype.kind == "M" else np.nan)
    column[at] = array
    return column
