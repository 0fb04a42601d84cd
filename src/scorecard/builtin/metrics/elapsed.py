"""Hours that pass between two moments of a record, as one number per entity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from scorecard.builtin.metrics.waiting import PERCENTILE
from scorecard.builtin.metrics.working_hours import Moments, working_hours

Window = tuple[datetime | None, datetime | None]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def response_time(records: nw.DataFrame[Any], window: Window, params: Mapping[str, Any]) -> nw.DataFrame[Any]:
    """`entity` and `value`: hours to the first response."""
    return _hours(records, window, params, params.get("responded", "responded_at"))


def resolution_time(records: nw.DataFrame[Any], window: Window, params: Mapping[str, Any]) -> nw.DataFrame[Any]:
    """`entity` and `value`: hours to the end of a request."""
    return _hours(records, window, params, params.get("closed", "closed_at"))


def _hours(records: nw.DataFrame[Any], window: Window, params: Mapping[str, Any], until: str) -> nw.DataFrame[Any]:
    start, end = _moments(records[params.get("opened", "opened_at")]), _moments(records[until])
    if params.get("unfinished", "skip") == "so_far" and window[1] is not None:
        end = np.where(np.isnat(end), np.datetime64(window[1], "us"), end)
    counted = end >= start
    start, end = start[counted], end[counted]
    hours = working_hours(start, end, params["calendar"]) if "calendar" in params else (end - start) / np.timedelta64(1, "h")
    entity, value = _each(np.asarray(records["entity"].to_numpy(), dtype=np.int64)[counted], hours, params)
    return nw.from_dict({"entity": entity, "value": value}, backend=records.implementation)


def _each(entity: Places, hours: Floats, params: Mapping[str, Any]) -> tuple[Places, Floats]:
    """The entities with a record, each with the mean, the median or a percentile of its hours."""
    order = np.lexsort((hours, entity))
    entity, hours = entity[order], hours[order]
    entities, first, count = np.unique(entity, return_index=True, return_counts=True)
    method = params.get("method", "mean")
    if method == "mean":
        return entities, np.bincount(np.repeat(np.arange(len(count)), count), hours, len(count)) / count
    share = 0.5 if method == "median" else params.get("percentile", PERCENTILE) / 100
    place = share * (count - 1)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, count - 1)
    low, high = hours[first + below], hours[first + above]
    return entities, low + (high - low) * (place - below)


def _moments(column: nw.Series[Any]) -> Moments:
    return np.asarray(column.cast(nw.Datetime("us")).to_numpy()).astype("datetime64[us]")
