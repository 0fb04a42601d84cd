"""Working hours between two moments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.builtin.metrics.working_calendar import DAYS, WORKED, hours_of

Moments = NDArray[np.datetime64]
Hours = NDArray[np.float64]


def working_hours(start: Moments, end: Moments, calendar: Mapping[str, Any]) -> Hours:
    """The hours worked from each start to each end; neither may be unknown, and no end before its start."""
    if not len(start):
        return np.zeros(0)
    first = start.min().astype("datetime64[D]")
    return _worked(end, first, calendar) - _worked(start, first, calendar)


def _worked(moment: Moments, first: np.datetime64, calendar: Mapping[str, Any]) -> Hours:
    """The hours worked from the beginning of the first day to each moment: whole days before, and what is over of its own day."""
    day = moment.astype("datetime64[D]")
    hour = (moment - day) / np.timedelta64(1, "h")
    stretches = hours_of(calendar)
    today = sum(np.clip(hour - begin, 0, end - begin) for begin, end in stretches)
    holidays = np.array(calendar.get("holidays", ()), dtype="datetime64[D]")
    week = np.busdaycalendar([name in calendar.get("days", WORKED) for name in DAYS], holidays)
    extra = np.unique(np.array(calendar.get("workdays", ()), dtype="datetime64[D]"))
    extra = extra[~np.is_busday(extra, busdaycal=week) & (extra >= first)]
    before = np.busday_count(first, day, busdaycal=week) + np.searchsorted(extra, day, side="left")
    worked = np.is_busday(day, busdaycal=week) | np.isin(day, extra)
    whole = sum(end - begin for begin, end in stretches)
    return np.asarray(before * whole + np.where(worked, today, 0.0), dtype=np.float64)
