"""The frame libraries that records are measured with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, cast

import narwhals as nw

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


def column(name: str, values: Any, engine: Engine) -> nw.Series[Any]:
    """An array of numbers or moments as a column; NaN is null."""
    series = nw.Series.from_numpy(name, values, backend=engine)
    return series.fill_nan(None) if engine != "pandas" and series.dtype.is_float() else series
