"""Columns as their uses ask for them: numbers, moments, truths and texts, or an issue with the rows that are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import narwhals as nw
import numpy as np

from scorecard.engine.backend import Engine, column
from scorecard.engine.environment import hidden
from scorecard.engine.moments import AmbiguousError, Flags, read_moments, read_numbers_as_moments
from scorecard.engine.numerals import read_numbers
from scorecard.engine.open import DAY_ORDERS, Opened, kind_of
from scorecard.model.formula import Kind
from scorecard.model.issue import Issue, Level

TRUE = ("true", "yes", "y", "t", "1", "是", "对", "真", "有")
FALSE = ("false", "no", "n", "f", "0", "否", "错", "假", "无")
SHOWN = 5
_EXAMPLES = 3
_PLAIN = r"^\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*$"
"""example rows in an issue"""


def cleaned(
    values: nw.Series[Any],
    kind: Kind,
    opened: Opened,
    engine: Engine,
    timezone: str | None,
    *,
    key: bool = False,
    mended: list[Issue] | None = None,
) -> nw.Series[Any]:
    """A column of records in the kind its uses ask for; cells read in spite of signs are told in `mended`.

    Raises DataError with up to five rows that do not fit.
    """
    name = values.name
    has = kind_of(values.dtype)
    if has == Kind.TEXT and not opened.given:
        values = _trimmed(values)
    if kind == Kind.ANY:
        return _inferred(values, engine) if has == Kind.TEXT and not opened.given else values
    if kind == Kind.NUMBER:
        if has == Kind.NUMBER:
            return values
        if has == Kind.TRUTH:
            return values.cast(nw.Float64())
        if has in (Kind.TEXT, Kind.ANY):
            texts = _chunked(values)
            numbers, unreadable = read_numbers(texts)
            if mended is not None:
                mended += _typed_with_signs(texts, name, opened)
            _refuse(np.asarray(unreadable.to_numpy(zero_copy_only=False), dtype=bool), values, opened, "SC603")
            return column(name, _floats(numbers), engine)
    if kind == Kind.MOMENT:
        if has == Kind.MOMENT:
            return _naive(values, timezone)
        if has == Kind.NUMBER:
            moments, bad = read_numbers_as_moments(values.cast(nw.Float64()).to_numpy())
            _refuse(bad, values, opened, "SC607")
            return column(name, moments, engine)
        if has in (Kind.TEXT, Kind.ANY):
            return _moments(values, opened, engine, timezone)
    if kind == Kind.TRUTH:
        return values if has == Kind.TRUTH else _truths(values, opened)
    if kind == Kind.TEXT:
        return values if key and values.dtype.is_integer() else as_text(values)
    raise opened.failed("SC608", {"column": name, "expected": kind.value, "found": has.value})


def _typed_with_signs(texts: Any, name: str, opened: Opened) -> Iterator[Issue]:
    """The cells that are more than a plain number."""
    import pyarrow.compute as pc

    odd = texts.filter(pc.invert(pc.match_substring_regex(texts, _PLAIN)))
    if len(odd):
        values = {"source": opened.source.id, "column": name, "count": len(odd), "examples": odd.unique()[:_EXAMPLES].to_pylist()}
        yield Issue(code="SC683", place=opened.source.place, level=Level.INFO, values=hidden(values, opened.secrets))


def _trimmed(values: nw.Series[Any]) -> nw.Series[Any]:
    trimmed = values.cast(nw.String()).str.strip_chars()
    if not bool((trimmed == "").any()):
        return trimmed
    return trimmed.to_frame().select(nw.when(nw.col(values.name) != "").then(nw.col(values.name)))[values.name]


def _chunked(values: nw.Series[Any]) -> Any:
    import pyarrow as pa

    array = values.cast(nw.String()).to_arrow()
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _floats(numbers: Any) -> Any:
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)


def _inferred(values: nw.Series[Any], engine: Engine) -> nw.Series[Any]:
    """Numbers where every cell is one and none begins with a zero that would be lost; texts otherwise."""
    import pyarrow.compute as pc

    texts = _chunked(values)
    if pc.any(pc.match_substring_regex(texts, r"^0[0-9]")).as_py():
        return values
    numbers, unreadable = read_numbers(texts)
    if pc.any(unreadable).as_py() or len(texts) == texts.null_count:
        return values
    return column(values.name, _floats(numbers), engine)


def _moments(values: nw.Series[Any], opened: Opened, engine: Engine, timezone: str | None) -> nw.Series[Any]:
    spec = opened.specs.get(values.name)
    order = spec.type if spec is not None and spec.type in DAY_ORDERS else None
    try:
        moments, bad = read_moments(_chunked(values), timezone, order)
    except AmbiguousError:
        raise opened.failed("SC609", {"column": values.name, "example": str(values.drop_nulls().head(1).to_list()[0])}) from None
    _refuse(bad, values, opened, "SC607")
    return column(values.name, moments, engine)


def _naive(values: nw.Series[Any], timezone: str | None) -> nw.Series[Any]:
    """Moments by the clock on the wall of the scorecard's time zone, without a zone."""
    if values.dtype == nw.Date:
        return values.cast(nw.Datetime("us"))
    zone = getattr(values.dtype, "time_zone", None)
    if zone is not None:
        values = values.dt.convert_time_zone(timezone or "UTC").dt.replace_time_zone(None)
    return values.cast(nw.Datetime("us"))


def _truths(values: nw.Series[Any], opened: Opened) -> nw.Series[Any]:
    texts = as_text(values) if values.dtype.is_numeric() else values.cast(nw.String()).str.to_lowercase()
    true, false = texts.is_in(TRUE), texts.is_in(FALSE)
    known = true | false | texts.is_null()
    _refuse(~known.to_numpy().astype(bool), values, opened, "SC611")
    return _nullable(values.name, true.to_numpy().astype(bool), texts.is_null().to_numpy().astype(bool), values)


def _nullable(name: str, holds: Flags, unknown: Flags, like: nw.Series[Any]) -> nw.Series[Any]:
    """A column of truths that keeps what is unknown, which a plain pandas column of booleans cannot."""
    if like.implementation.is_pandas():
        import pandas as pd

        return nw.from_native(pd.Series(pd.arrays.BooleanArray(holds, unknown), name=name), series_only=True)
    import pyarrow as pa

    return _from_arrow(like, pa.array(holds, mask=unknown))


def as_text(values: nw.Series[Any]) -> nw.Series[Any]:
    """Ids and words: whole numbers without a decimal point."""
    if values.dtype.is_float() and bool(((values.drop_nulls() % 1) == 0).all()):
        return _whole(values)
    return values.cast(nw.String())


def _whole(values: nw.Series[Any]) -> nw.Series[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pa.chunked_array([values.cast(nw.Float64()).to_arrow()]).combine_chunks()
    array = pc.if_else(pc.is_nan(array), None, array)
    return _from_arrow(values, pc.cast(pc.cast(array, pa.int64()), pa.string()))


def _from_arrow(like: nw.Series[Any], array: Any) -> nw.Series[Any]:
    import pyarrow as pa

    engine = like.implementation.value
    return nw.from_arrow(pa.table({like.name: array}), backend=engine)[like.name]


def _refuse(bad: Any, values: nw.Series[Any], opened: Opened, code: str) -> None:
    """Raises DataError where any row does not fit, with the first of them."""
    if not bad.any():
        return
    rows = np.flatnonzero(bad)[:SHOWN]
    examples = [f"{opened.data.locate(int(row))}: {values[int(row)]!r}" for row in rows]
    raise opened.failed(code, {"column": values.name, "count": int(bad.sum()), "examples": examples})
