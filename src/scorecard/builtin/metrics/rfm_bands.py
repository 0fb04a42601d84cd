"""Recency, frequency and monetary value of entities, in bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.builtin.metrics.rfm import ASPECTS

Numbers = NDArray[np.float64]
_DAY = 86_400_000_000
"""microseconds"""


def rfm(records: nw.DataFrame[Any], window: tuple[datetime | None, datetime | None], params: Mapping[str, Any]) -> nw.DataFrame[Any]:
    """`entity` and `value`: the weighted mean of the three bands of every entity with a purchase."""
    date, amount = params.get("date", "date"), params.get("amount", "amount")
    dated = records.filter(~nw.col(date).is_null())
    each = dated.group_by("entity").agg(nw.col(date).max().alias("last"), nw.len().alias("count"), nw.col(amount).sum().alias("sum"))
    last = each["last"].cast(nw.Datetime("us")).to_numpy().astype("datetime64[us]")
    until = np.datetime64(window[1], "us") if window[1] is not None else max(last, default=None)
    days = (until - last).astype("timedelta64[us]").astype(np.float64) / _DAY
    aspects = {"recency": -days, "frequency": _floats(each["count"]), "monetary": _floats(each["sum"])}
    value = np.zeros(len(each))
    weights = {aspect: params.get("weights", {}).get(aspect, 1) for aspect in ASPECTS}
    for aspect, values in aspects.items():
        edges = params.get("edges", {}).get(aspect)
        if edges is None:
            bands = _by_quantile(values, params.get("bands", 5))
        else:
            bands = _by_edges(values, [-edge for edge in reversed(edges)] if aspect == "recency" else edges)
        value += bands * weights[aspect] / sum(weights.values())
    return each.select("entity").with_columns(nw.Series.from_numpy("value", value, backend=each.implementation))


def _by_quantile(values: Numbers, bands: int) -> Numbers:
    """1 plus the number of cut points below the value."""
    if not len(values):
        return values
    cuts = np.quantile(values, np.arange(1, bands) / bands)
    return np.asarray(1.0 + np.searchsorted(cuts, values, side="left"), dtype=np.float64)


def _by_edges(values: Numbers, edges: Sequence[float]) -> Numbers:
    """1 plus the number of edges that the value reaches."""
    return np.asarray(1.0 + np.searchsorted(np.asarray(edges, dtype=np.float64), values, side="right"), dtype=np.float64)


def _floats(column: nw.Series[Any]) -> Numbers:
    return np.asarray(column.cast(nw.Float64()).to_numpy(), dtype=np.float64)
