"""Working hours, against a count of the quarters of an hour in which people work."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.builtin.metrics.working_calendar import DAYS, HOURS, WORKED
from scorecard.builtin.metrics.working_hours import working_hours

BEGIN = datetime(2026, 2, 9)
QUARTER = timedelta(minutes=15)
CALENDARS: list[dict[str, Any]] = [
    {},
    {"hours": [[9, 12], [13, 17.5]], "holidays": ["2026-02-16", "2026-02-17"], "workdays": ["2026-02-14", "2026-02-28"]},
    {"days": ["sat", "sun"], "hours": [0, 24]},
    {"days": ["mon"], "hours": [22, 24], "workdays": ["2026-02-09", "2026-02-10"]},
]


def counted(start: datetime, end: datetime, calendar: dict[str, Any]) -> float:
    stretches = calendar.get("hours", HOURS)
    stretches = stretches if isinstance(stretches[0], list) else [stretches]
    holidays, workdays = ({date.fromisoformat(day) for day in calendar.get(key, ())} for key in ("holidays", "workdays"))
    total, now = 0.0, start
    while now < end:
        weekday = DAYS[now.weekday()] in calendar.get("days", WORKED) and now.date() not in holidays
        hour = now.hour + now.minute / 60
        if (weekday or now.date() in workdays) and any(begin <= hour < stop for begin, stop in stretches):
            total += 0.25
        now += QUARTER
    return total


@pytest.mark.parametrize("calendar", CALENDARS)
@given(spans=st.lists(st.tuples(st.integers(0, 2_400), st.integers(0, 800)), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_hours_are_those_counted_by_quarters(calendar: dict[str, Any], spans: list[tuple[int, int]]) -> None:
    starts = [BEGIN + first * QUARTER for first, _ in spans]
    ends = [start + length * QUARTER for start, (_, length) in zip(starts, spans, strict=True)]
    found = working_hours(np.array(starts, dtype="datetime64[us]"), np.array(ends, dtype="datetime64[us]"), calendar)
    assert found.tolist() == pytest.approx([counted(start, end, calendar) for start, end in zip(starts, ends, strict=True)])


def test_no_records_have_no_hours() -> None:
    nothing = np.array([], dtype="datetime64[us]")
    assert working_hours(nothing, nothing, {}).tolist() == []
