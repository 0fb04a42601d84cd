"""Periods and windows: half-open intervals of naive local time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Every = Literal["month", "quarter", "half", "year", "week"]

MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_MARK = {"quarter": "Q", "half": "H", "week": "W"}
_LABEL = re.compile(r"(?P<year>\d{4})(?:-(?P<mark>[QHW]?)(?P<number>\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """`[start, end)` with a label; `start` and `end` are None only in the one period of a scorecard without periods."""

    label: str
    start: datetime | None
    end: datetime | None

    @property
    def last_day(self) -> date | None:
        """The last day inside the period; dated numbers, rules and exemptions are read on it."""
        return (self.end - timedelta(microseconds=1)).date() if self.end else None


ALL_TIME = Period("all", None, None)


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and time `months` earlier, or that month's last day where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How time is cut into periods. `starts` is the month (1-12) a fiscal year begins in; `named_by` which of its years names it."""

    every: Every
    starts: int = 1
    named_by: Literal["start", "end"] = "start"
    timezone: str | None = None

    def at(self, moment: datetime | date) -> Period:
        """The period that holds a moment."""
        if self.every == "week":
            return self._numbered((moment.toordinal() - 1) // 7)
        months = moment.year * 12 + moment.month - 1
        return self._numbered((months - self._offset) // MONTHS_IN[self.every])

    def shift(self, period: Period, by: int) -> Period:
        """The period `by` places later (negative: earlier)."""
        return self._numbered(self._number(period) + by)

    def year_ago(self, period: Period) -> Period:
        """The same period one year earlier; week 53 becomes the last week of a year that has 52."""
        if self.every != "week":
            return self.shift(period, -12 // MONTHS_IN[self.every])
        assert period.start is not None
        year, week, _ = period.start.isocalendar()
        last = date(year - 1, 12, 28).isocalendar().week
        return self.at(date.fromisocalendar(year - 1, min(week, last), 1))

    def named(self, label: str) -> Period | None:
        """The period with this label (`2026-Q3`, `2026-07`, `2026-H2`, `2026`, `2026-W31`), or None where it names none."""
        found = _LABEL.fullmatch(label.strip().upper())
        if found is None or (found["mark"] or "") != _MARK.get(self.every, "") or (found["number"] is None) != (self.every == "year"):
            return None
        year, number = int(found["year"]), int(found["number"] or 1)
        if year < 1:
            return None
        if self.every == "week":
            if not 1 <= number <= date(year, 12, 28).isocalendar().week:
                return None
            return self.at(date.fromisocalendar(year, number, 1))
        size = MONTHS_IN[self.every]
        if not 1 <= number <= 12 // size:
            return None
        return self._numbered((self._first_year(year) * 12 + (number - 1) * size) // size)

    def between(self, first: Period, last: Period) -> Iterator[Period]:
        """Every period from the first to the last, both included."""
        for number in range(self._number(first), self._number(last) + 1):
            yield self._numbered(number)

    @property
    def example(self) -> str:
        """A label of the right form, for messages."""
        return self.at(date(2026, 8, 15)).label

    @property
    def _offset(self) -> int:
        return 0 if self.every == "month" else self.starts - 1

    def _first_year(self, named: int) -> int:
        return named - 1 if self.named_by == "end" and self._offset else named

    def _number(self, period: Period) -> int:
        assert period.start is not None
        if self.every == "week":
            return (period.start.toordinal() - 1) // 7
        return (period.start.year * 12 + period.start.month - 1 - self._offset) // MONTHS_IN[self.every]

    def _numbered(self, number: int) -> Period:
        if self.every == "week":
            monday = date.fromordinal(number * 7 + 1)
            year, week, _ = monday.isocalendar()
            start = datetime.combine(monday, time())
            return Period(f"{year:04d}-W{week:02d}", start, start + timedelta(days=7))
        size = MONTHS_IN[self.every]
        year, month = divmod(number * size, 12)
        named = year + 1 if self.named_by == "end" and self._offset else year
        mark = _MARK.get(self.every, "")
        place = "" if self.every == "year" else f"-{month + 1:02d}" if self.every == "month" else f"-{mark}{month // size + 1}"
        return Period(f"{named:04d}{place}", self._first_of(number * size), self._first_of((number + 1) * size))

    def _first_of(self, months: int) -> datetime:
        year, month = divmod(months + self._offset, 12)
        return datetime(year, month + 1, 1)


_SPAN = re.compile(r"(?:(?P<count>\d+)\s+)?(?P<unit>day|week|month|quarter|year)s?")


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of records a metric reads; it ends where the period ends."""

    unit: Literal["period", "day", "week", "month", "quarter", "year", "all"] = "period"
    count: int = 1

    @classmethod
    def named(cls, text: str) -> Window | None:
        """`period`, `all`, `year`, `6 months`, `180 days`; None for anything else."""
        if text in ("period", "all"):
            return cls(text)  # type: ignore[arg-type]
        found = _SPAN.fullmatch(text.strip())
        if found is None or (count := int(found["count"] or 1)) == 0 or count > 10_000:
            return None
        return cls(found["unit"], count)  # type: ignore[arg-type]

    def bounds(self, period: Period) -> tuple[datetime | None, datetime | None]:
        """`[start, end)` for a period; None = no limit."""
        if self.unit == "period" or period.end is None:
            return period.start, period.end
        if self.unit == "all":
            return None, period.end
        if self.unit in ("day", "week"):
            return period.end - timedelta(days=self.count * (7 if self.unit == "week" else 1)), period.end
        return months_before(period.end, self.count * MONTHS_IN[self.unit]), period.end

    def __str__(self) -> str:
        if self.unit in ("period", "all") or self.count == 1:
            return self.unit
        return f"{self.count} {self.unit}s"
