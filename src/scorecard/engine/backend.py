"""The frame libraries that records are measured with."""

from __future__ import annotations

from typing import Any, Literal, cast

import narwhals as nw

Engine = Literal["pandas", "polars"]
ENGINES: tuple[Engine, ...] = ("pandas", "polars")


def on_engine(native: Any, engine: Engine) -> nw.DataFrame[Any]:
    """Any frame that narwhals takes, as a frame of the engine's own library."""
    frame = nw.from_native(native)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect(backend=engine)
    if frame.implementation.value == engine:
        return cast("nw.DataFrame[Any]", frame)
    return nw.from_arrow(frame.to_arrow(), backend=engine)


def column(name: str, values: Any, engine: Engine) -> nw.Series[Any]:
    """An array of numbers or moments as a column; NaN is null."""
    series = nw.Series.from_numpy(name, values, backend=engine)
    return series.fill_nan(None) if engine != "pandas" and series.dtype.is_float() else series
