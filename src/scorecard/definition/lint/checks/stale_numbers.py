"""Numbers by date or by period that have come to their end: what is judged today is judged by an old one, or by none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.definition.lint.subject import Subject
from scorecard.model.definition import Number, Path, Range, Scorecard, Table
from scorecard.model.issue import Issue, Level

CODE = "SC851"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    told = set()
    for each in subject.judged:
        metric = each.metric
        numbers: list[tuple[tuple[str, ...], Number | Range | None]] = [(("worst",), metric.worst), (("target",), metric.target)]
        numbers += [(("thresholds", band), number) for band, number in metric.thresholds.items()]
        for key, number in numbers:
            end = _end(subject.scorecard, number)
            if end is None or end >= subject.today:
                continue
            where = next(way for way in each.ways(*key) if way in subject.scorecard.places)
            if where not in told:
                told.add(where)
                by = "period" if isinstance(number, Table) else None
                yield subject.issue(CODE, LEVEL, where, metric.id, reason=by, name=metric.id, key=key[0], day=end.isoformat())


def _end(scorecard: Scorecard, number: Number | Range | None) -> date | None:
    """The last day that a number is written for; None where it has no end."""
    if isinstance(number, Path):
        return number.points[-1][0]
    if not isinstance(number, Table) or scorecard.period is None:
        return None
    periods = [scorecard.period.named(label) for label in number.entries]
    return max((period.last_day for period in periods if period is not None and period.last_day is not None), default=None)
