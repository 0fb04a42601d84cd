"""Which stretch of records each source is asked for, where it can give less than all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from scorecard.engine.windows import bounds, since
from scorecard.hooks.edges import Span
from scorecard.model.period import Calendar, Period
from scorecard.model.plan import Plan
from scorecard.model.source import Source
from scorecard.model.sources_read import sources_read


def spans(plan: Plan, periods: Sequence[Period]) -> dict[str, Span]:
    """Per source the stretch that holds every record the plan reads for any of some periods, on the scorecard's clock.

    The periods themselves are always within. A source that others join is asked for whatever any source is.
    """
    sources = plan.scorecard.sources
    read = {id: [*_read(plan, sources[id], periods)] for id in sources_read(plan.scorecard)}
    joined = {join.to for id in read for join in sources[id].join}
    everything = [span for several in read.values() for span in several]
    return {id: _widest(everything if id in joined else several, plan.scorecard.period) for id, several in read.items()}


def span_of(periods: Iterable[Period], calendar: Calendar | None) -> Span:
    """The stretch of some periods alone."""
    return _widest([(one.start, one.end) for one in periods], calendar)


def _read(plan: Plan, source: Source, periods: Iterable[Period]) -> Iterator[Span]:
    for period in periods:
        yield period.start, period.end
        for one in plan.passes:
            if one.source == source.id:
                start, end = bounds(plan.scorecard.period, one, period)
                yield since(start, one), end
        if source.expect is not None and source.expect.fresh is not None:
            yield source.expect.fresh.bounds(Period(period.label, None, period.start))


def _widest(spans: Sequence[Span], calendar: Calendar | None) -> Span:
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    start = None if None in starts else min(starts)  # type: ignore[type-var]
    end = None if None in ends else max(ends)  # type: ignore[type-var]
    return _on_the_clock(start, calendar), _on_the_clock(end, calendar)


def _on_the_clock(moment: datetime | None, calendar: Calendar | None) -> datetime | None:
    if moment is None or calendar is None or calendar.timezone is None:
        return moment
    return moment.replace(tzinfo=ZoneInfo(calendar.timezone))
