"""What the models need to know of each customer, out of its purchases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_WEEK = 7 * 86_400_000_000
"""microseconds"""


@dataclass(frozen=True, slots=True)
class Customers:
    """One row per customer; times are in weeks from its first purchase."""

    entity: NDArray[np.int64]
    again: Numbers
    """days with a purchase after the first one"""
    last: Numbers
    age: Numbers
    worth: Numbers
    """mean worth of the days counted in `again`; not a number where there is none"""


def customers(records: nw.DataFrame[Any], *, at: str, amount: str, who: str | None, until: datetime | None) -> Customers:
    """The customers in these records, as they stood at `until`, or at the last purchase of anybody.

    What a customer bought on one day is one purchase, and a day that brought nothing, refunds taken off, is none.
    """
    key = ["entity"] if who is None else ["entity", who]
    dated = records.filter(*(~nw.col(name).is_null() for name in (at, amount, *key)))
    day = nw.col(at).cast(nw.Datetime("us")).dt.truncate("1d").alias("#day")
    days = dated.with_columns(day).group_by([*key, "#day"]).agg(nw.col(amount).sum().alias("#worth")).filter(nw.col("#worth") > 0)
    first = days.group_by(key).agg(nw.col("#day").min().alias("#first"))
    later = nw.col("#day") > nw.col("#first")
    each = days.join(first, on=key, how="inner").with_columns(
        later.cast(nw.Int64()).alias("#later"), nw.when(later).then(nw.col("#worth")).alias("#again")
    )
    found = each.group_by(key).agg(nw.col("#first").min(), nw.col("#day").max(), nw.col("#later").sum(), nw.col("#again").mean())
    found = found.sort(key)
    begun, last = _moments(found["#first"]), _moments(found["#day"])
    end = np.datetime64(until, "us") if until is not None else max(last, default=np.datetime64(0, "us"))
    return Customers(
        entity=np.asarray(found["entity"].to_numpy(), dtype=np.int64),
        again=np.asarray(found["#later"].to_numpy(), dtype=np.float64),
        last=_weeks(last - begun),
        age=_weeks(end - begun),
        worth=np.asarray(found["#again"].cast(nw.Float64()).to_numpy(), dtype=np.float64),
    )


def _moments(column: nw.Series[Any]) -> NDArray[np.datetime64]:
    return np.asarray(column.to_numpy(), dtype="datetime64[us]")


def _weeks(time: NDArray[np.timedelta64]) -> Numbers:
    return np.asarray(time.astype(np.int64) / _WEEK, dtype=np.float64)
