"""Which periods a request names: a label, `latest`, `first..last`, or a whole history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from scorecard.errors import UsageError
from scorecard.language.phrase import Phrase
from scorecard.model.issue import Issue
from scorecard.model.period import Calendar, Period

SHORTEST = 8
"""periods of a history, as far as any source goes back"""


def spanning(calendar: Calendar, start: datetime | None, end: datetime | None) -> str:
    """The periods that `[start, end)` touches, as a request."""
    assert start is not None
    assert end is not None
    first, last = calendar.at(start).label, calendar.at(end - timedelta(microseconds=1)).label
    return first if first == last else f"{first}..{last}"


def asked(calendar: Calendar, text: str, last: datetime | None, as_of: datetime | None) -> list[Period]:
    """The periods that a text names. Raises UsageError where it names none."""
    names = text.split("..")
    found = [latest(calendar, last, as_of) if name == "latest" else calendar.named(name) for name in names]
    if None in found or len(names) > 2:
        raise UsageError([Issue(code="SC703", values={"period": text, "every": Phrase(calendar.every), "example": calendar.example})])
    periods = list(calendar.between(found[0], found[-1]))  # type: ignore[arg-type]
    if not periods:
        raise UsageError([Issue(code="SC704", values={"period": text})])
    return periods


def within(
    periods: tuple[Period, ...], first: datetime | None, last: datetime | None, reach: datetime | None, *, whole: bool
) -> tuple[Period, ...]:
    """The periods that the records, of `first` to `last`, reach into. UsageError where one is beyond, or, unless `whole`, all are."""
    if first is None or last is None:
        return periods
    beyond = [one for one in periods if (reach is not None and _start(one) > reach) or (one.end is not None and one.end <= first)]
    if beyond and (whole or len(beyond) == len(periods)):
        values = {"period": beyond[0].label, "first": first.date().isoformat(), "last": last.date().isoformat()}
        raise UsageError([Issue(code="SC705", values=values)])
    return tuple(one for one in periods if one not in beyond)


def history(calendar: Calendar, last: Period, begun: datetime | None, first: datetime | None) -> Iterator[Period]:
    """The periods up to the latest: from where every source has begun, at least `SHORTEST`, as far as there are any records."""
    start = calendar.shift(last, 1 - SHORTEST)
    if begun is not None:
        start = min(start, calendar.at(begun), key=_start)
    if first is not None:
        start = max(start, calendar.at(first), key=_start)
    yield from calendar.between(min(start, last, key=_start), last)


def _start(period: Period) -> datetime:
    assert period.start is not None
    return period.start


def latest(calendar: Calendar, last: datetime | None, as_of: datetime | None) -> Period:
    """The last period that is over and that the records reach into."""
    today = as_of or datetime.combine(date.today(), time())
    period = calendar.at(min(last, today) if last is not None else today)
    assert period.end is not None
    return period if period.end <= today else calendar.shift(period, -1)
