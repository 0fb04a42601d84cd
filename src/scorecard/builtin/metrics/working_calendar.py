"""When people work: days of the week, hours of a day, holidays, and days off that are worked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from scorecard.language.phrase import Phrase

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKED = DAYS[:5]
HOURS = (9, 18)

_PAIR: dict[str, Any] = {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 24}, "minItems": 2, "maxItems": 2}
_DATES: dict[str, Any] = {"type": "array", "items": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}}

CALENDAR: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "days": {"type": "array", "items": {"enum": list(DAYS)}, "minItems": 1, "uniqueItems": True},
        "hours": {"anyOf": [_PAIR, {"type": "array", "items": _PAIR, "minItems": 1}]},
        "holidays": _DATES,
        "workdays": _DATES,
    },
    "title": "calendar",
    "description": "Count working hours only: days (mon to fri unless given), hours ([9, 18], or [[9, 12], [13, 18]]), holidays, and "
    "workdays, days off that are worked.",
}
"""the schema of the param"""


def hours_of(calendar: Mapping[str, Any]) -> tuple[tuple[float, float], ...]:
    """The stretches of a day in which people work, in hours from midnight."""
    hours = calendar.get("hours", HOURS)
    stretches = hours if isinstance(hours[0], (list, tuple)) else [hours]
    return tuple((begin, end) for begin, end in stretches)


def wrong(calendar: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a calendar that its schema cannot say."""
    before = -1.0
    for begin, end in hours_of(calendar):
        if begin >= end or begin < before:
            yield Phrase("the hours of the calendar do not rise")
        before = end
    for key in ("holidays", "workdays"):
        for day in calendar.get(key, ()):
            try:
                date.fromisoformat(day)
            except ValueError:
                yield Phrase("{key} names {day}, which is no day", key=key, day=day)
    if both := set(calendar.get("holidays", ())) & set(calendar.get("workdays", ())):
        yield Phrase("{day} is a holiday and a workday", day=min(both))
