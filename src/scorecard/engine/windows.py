"""Which stretch of records a pass reads for a period, and what its formulas take for facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from scorecard.model.period import Calendar, Period
from scorecard.model.plan import CallPass, Pass, Shift


def bounds(calendar: Calendar | None, one: Pass | CallPass, period: Period) -> tuple[datetime | None, datetime | None]:
    """The stretch of records `[start, end)` that a pass reads for a period."""
    return one.window.bounds(shift(calendar, period, one.shift) if isinstance(one, Pass) else period)


def shift(calendar: Calendar | None, period: Period, by: Shift) -> Period:
    """The period so many periods and years earlier."""
    if calendar is None:
        return period
    for _ in range(by.years):
        period = calendar.year_ago(period)
    return calendar.shift(period, -by.periods)


def since(start: datetime | None, one: Pass | CallPass) -> datetime | None:
    """Where the records of a pass begin: some days before the window, where a formula looks there."""
    return start - timedelta(days=one.days_before) if isinstance(one, Pass) and start is not None else start


def constants(period: Period | None, start: datetime | None, end: datetime | None) -> Callable[[str], object]:
    """What `period.last_day` or `window.start` is for one pass."""
    last = period.last_day if period is not None else None
    day = datetime.combine(last, time()) if last is not None else None
    facts = {
        "period.start": period.start if period else None,
        "period.end": period.end if period else None,
        "period.last_day": day,
        "window.start": start,
        "window.end": end,
        "window.last_day": day,
    }
    return facts.__getitem__
