"""Which frame library measures, where nobody said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scorecard.engine.backend import Engine


def engine_for(frames: Iterable[Any]) -> Engine:
    """polars where every frame given by the caller is one of polars, pandas otherwise."""
    modules = {type(frame).__module__.partition(".")[0] for frame in frames}
    return "polars" if modules == {"polars"} else "pandas"
