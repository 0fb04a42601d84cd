"""The frame libraries that records are measured with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Literal, cast

import narwhals as nw

if TYPE_CHECKING:
    import pyarrow as pa

Engine = Literal["pandas", "polars"]
ENGINES: tuple[Engine, ...] = ("pandas", "polars")


def on_engine(read: Callable[[], Any], engine: Engine) -> nw.DataFrame[Any]:
    """What is read, any frame that narwhals takes, as a frame of the engine's own library."""
    frame = nw.from_native(read())
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect(backend=engine)
    if frame.implementation.value == engine:
        return cast("nw.DataFrame[Any]", frame)
    table = frame.to_arrow()
    del frame
    if engine != "pandas":
        return nw.from_arrow(table, backend=engine)
    columns = dict(zip(table.column_names, table.columns, strict=True))
    del table
    return _in_pandas(columns)


def _in_pandas(columns: dict[str, Any]) -> nw.DataFrame[Any]:
    """Columns of Arrow in pandas, each let go as soon as it is there, so that at no time all are held twice."""
    import pandas as pd
    import pyarrow as pa

    made = {}
    for name in list(columns):
        made[name] = pa.table({name: columns.pop(name)}).to_pandas()[name]
        pa.default_memory_pool().release_unused()
    return nw.from_native(pd.DataFrame(made, copy=False), eager_only=True)


def in_arrow(frame: nw.DataFrame[Any]) -> pa.Table:
    """A frame of either library as a table, without the numbers that pandas gives its rows."""
    import pyarrow as pa

    return pa.Table.from_pandas(frame.to_native(), preserve_index=False) if frame.implementation.is_pandas() else frame.to_arrow()


def chunks(values: nw.Series[Any]) -> pa.ChunkedArray:
    """A column of either library in Arrow; one that holds nothing is one of texts, which pandas before 3 does not say."""
    import pyarrow as pa

    array = values.to_arrow()
    if pa.types.is_null(array.type):
        array = array.cast(pa.large_string())
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def framed(table: pa.Table, engine: Engine, blank: Collection[str] = ()) -> nw.DataFrame[Any]:
    """A table as a frame of the engine's library. Of a block, `blank` names the columns that hold nothing somewhere in the whole.

    pandas makes floats of whole numbers, and objects of truths, where one is missing: a block's column must be as the whole one is.
    """
    if engine != "pandas":
        return nw.from_arrow(table, backend=engine)
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if pa.types.is_integer(field.type) and field.name in blank:
            table = table.set_column(at, field.name, table[at].cast(pa.float64(), safe=False))
    native = table.to_pandas(split_blocks=True)
    truths = {name: object for name in blank if name in native.columns and native[name].dtype == bool}
    return nw.from_native(native.astype(truths) if truths else native, eager_only=True)


def column(name: str, values: Any, engine: Engine) -> nw.Series[Any]:
    """An array of numbers or moments as a column; NaN is null."""
    series = nw.Series.from_numpy(name, values, backend=engine)
    return series.fill_nan(None) if engine != "pandas" and series.dtype.is_float() else series
