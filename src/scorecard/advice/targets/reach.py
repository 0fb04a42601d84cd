"""Whether the median reaches a target by its day, if it goes on as it does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from scorecard.advice.targets.side import Side
from scorecard.advice.targets.target import Coming, Met, Number, Reach
from scorecard.advice.trend import Pace
from scorecard.model import definition
from scorecard.model.definition import Constant, Metric, Path, Range, Table
from scorecard.model.period import Calendar, Period
from scorecard.scoring.block import on_path

FURTHEST = 10
"""years that a pace is followed into the future"""
_NEAR = 1e-9


def due_of(metric: Metric) -> date | None:
    """The day by which a target is to be met: the one written, else the last of its path."""
    if metric.due is not None:
        return metric.due
    return metric.target.points[-1][0] if isinstance(metric.target, Path) else None


def number_on(number: definition.Number | Range | None, day: date, calendar: Calendar) -> Number | None:
    """A target on a day; None where only records can tell."""
    match number:
        case Constant(value):
            return value, value
        case Path(points):
            value = on_path(points, Period("", None, datetime.combine(day + timedelta(days=1), time())))
            return value, value
        case Table(entries):
            value = entries.get(calendar.at(day).label, math.nan)
            return None if math.isnan(value) else (value, value)
        case Range(low, high):
            ends = number_on(low, day, calendar), number_on(high, day, calendar)
            return None if ends[0] is None or ends[1] is None else (ends[0][0], ends[1][0])
    return None


def reach(periods: Sequence[Met], pace: Pace, target: Number, side: Side, due: date | None, calendar: Calendar) -> Reach:
    """From the last median on, in whole periods."""
    now, last = periods[-1].median, periods[-1].period
    goal = target[0] if now <= target[0] else target[1] if now >= target[1] else now
    gap = goal - now
    projected = None if due is None else now + pace.slope * _between(calendar, last, calendar.at(due))
    if abs(gap) <= _NEAR * max(abs(goal), abs(now)) or (side is not Side.WITHIN and gap * side < 0):
        return Reach(coming=Coming.REACHED, goal=goal, arrives=last, projected=projected)
    ahead = gap / pace.slope if pace.slope else math.inf
    if not 0 < ahead <= FURTHEST * _per_year(calendar):
        return Reach(coming=Coming.NEVER, goal=goal, projected=projected)
    arrives = calendar.shift(last, math.ceil(ahead - _NEAR))
    if due is None:
        return Reach(coming=Coming.ARRIVES, goal=goal, arrives=arrives)
    assert arrives.last_day is not None
    coming = Coming.IN_TIME if arrives.last_day <= due or arrives == calendar.at(due) else Coming.LATE
    return Reach(coming=coming, goal=goal, arrives=arrives, projected=projected)


def _between(calendar: Calendar, first: Period, last: Period) -> int:
    """How many periods later the last is; 0 where it is not."""
    return max(sum(1 for _ in calendar.between(first, last)) - 1, 0)


def _per_year(calendar: Calendar) -> int:
    return {"week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}[calendar.every]
