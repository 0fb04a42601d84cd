"""All records that a plan reads, and the roster."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from scorecard.engine.backend import Engine
from scorecard.engine.expected import stale
from scorecard.engine.open import Opened, left_out
from scorecard.engine.prepare import FROM, TO, Clock, Records, prepare
from scorecard.engine.roster import Roster, call_the_roll, in_window, whole_portfolio
from scorecard.errors import DataError
from scorecard.model.issue import Issue, Level
from scorecard.model.period import Period
from scorecard.model.plan import Plan
from scorecard.model.sources_read import measured_sources


def records_of(
    plan: Plan, opened: Mapping[str, Opened], engine: Engine, clock: Clock, known: Mapping[str, Records] | None = None
) -> dict[str, Records]:
    """Reads every source once, those that others join first. All that is wrong with any of them is reported together.

    Sources that are only joined are not among the records; those that are `known` are not read again. Raises DataError.
    """
    records: dict[str, Records] = dict(known or {})
    issues: list[Issue] = []
    entity = plan.scorecard.entity
    measured = measured_sources(plan.scorecard)
    whole = {entity.roster, *(join.to for one in opened.values() for join in one.source.join)}
    for id in _joined_first(opened, measured - records.keys()):
        if id in records or any(join.to not in records for join in opened[id].source.join):
            continue
        try:
            records[id] = prepare(opened[id], plan.reads.get(id, {}), entity.key, engine, clock, records, whole=id in whole)
        except DataError as error:
            if opened[id].source.required:
                issues += error.issues
            else:
                away = left_out(opened[id].source, error.issues)
                records[id] = prepare(away, plan.reads.get(id, {}), entity.key, engine, clock, records)
    if issues:
        raise DataError(issues)
    return {id: records[id] for id in opened if id in measured}


def _joined_first(opened: Mapping[str, Opened], wanted: Collection[str]) -> Iterator[str]:
    """The wanted sources, each after those that it joins."""
    done: set[str] = set()

    def reach(id: str) -> Iterator[str]:
        if id not in done:
            done.add(id)
            for join in opened[id].source.join:
                yield from reach(join.to)
            yield id

    for id in opened:
        if id in wanted:
            yield from reach(id)


def roster_of(plan: Plan, records: Mapping[str, Records]) -> Roster:
    """The entities; of a portfolio there is one."""
    entity = plan.scorecard.entity
    if entity.roster is None or not entity.key:
        return whole_portfolio(next(iter(records.values())).blocks.engine)
    wanted = plan.reads[entity.roster]
    named = (*entity.attributes, *(part for part in entity.key if part in plan.attributes))
    attributes = {name: wanted[name] for name in named if name in wanted}
    return call_the_roll(records[entity.roster], entity, attributes)


def stale_records(records: Mapping[str, Records], shown: Iterable[Period], as_of: datetime | None) -> tuple[Issue, ...]:
    """The sources whose last record before a period's end is older than they expect. Raises DataError where that stops the work."""
    issues = [issue for one in records.values() for period in shown for issue in _stale(one, period, as_of)]
    if stopping := [issue for issue in issues if issue.level is Level.ERROR]:
        raise DataError(stopping)
    return tuple(issues)


def _stale(one: Records, period: Period, as_of: datetime | None) -> Iterator[Issue]:
    expected = one.opened.source.expect
    if expected is not None and one.timed:
        before = (in_window(frame, None, period.end) for frame in one.blocks)
        last = max((frame[FROM].max() for frame in before if len(frame)), default=None)
        yield from stale(expected, one.opened, last, period, as_of)


def span(records: Mapping[str, Records]) -> tuple[datetime | None, datetime | None]:
    """The first and the last moment of any record, over all sources with a time; where all are intervals, the last they reach."""
    firsts = [first for one in records.values() if (first := one.first) is not None]
    lasts = [last for one in records.values() if not one.interval and (last := one.last) is not None]
    return (min(firsts) if firsts else None, max(lasts) if lasts else reach(records))


def begun(plan: Plan, records: Mapping[str, Records]) -> datetime | None:
    """The first moment at which every source that a metric reads has a record; None where none of them has a time."""
    firsts = [first for id in {one.source for one in plan.passes} if (first := records[id].first) is not None]
    return max(firsts, default=None)


def reach(records: Mapping[str, Records]) -> datetime | None:
    """The last moment that any record speaks of, an interval's end included; None while an interval is open."""
    lasts = [last for one in records.values() if (last := one.last) is not None]
    for one in records.values():
        for ends in one.column(TO) if one.interval else ():
            if bool(ends.is_null().any()):
                return None
            lasts.append(ends.max() - timedelta(microseconds=1))
    return max(lasts, default=None)
