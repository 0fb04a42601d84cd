"""Whether the targets of a definition are right: how often they were met, where the figures go, and what else could be aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from scorecard.advice.observed import Observations, Observed
from scorecard.advice.targets.propose import PLAIN, Known, Wish, proposals
from scorecard.advice.targets.reach import due_of, number_on, reach
from scorecard.advice.targets.side import Side, meets, side_of
from scorecard.advice.targets.target import Kind, Met, Number, Proposal, Reach, Target, Targets, Verdict
from scorecard.advice.targets.verdict import verdict
from scorecard.advice.trend import Pace, pace
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.definition import Metric
from scorecard.model.period import MONTHS_IN, Calendar
from scorecard.model.variant import variant_of

ENOUGH = 5
"""periods with measured values; with fewer nothing is said about trend, proposals and what to do"""
EQUAL = 1e-9


def targets_of(evaluation: Evaluation, wish: Wish = PLAIN) -> Targets:
    """Every target of the definition, for each set of segments that changes it."""
    seen = Observations(evaluation)
    found: list[Target] = []
    without: dict[str, str] = {}
    for id in evaluation.scorecard.metrics:
        if not seen.numeric(id):
            without[id] = "text"
            continue
        observed = seen.observed(id)
        reason = _no_target(observed)
        if reason is not None:
            without[id] = reason
            continue
        judged = list(_of_metric(seen, observed, wish))
        if not judged:
            without[id] = "cut"
        found += judged
    return Targets(targets=tuple(found), without=without)


def _no_target(observed: Observed) -> str | None:
    """Why a metric has no target that can be judged."""
    given = ~np.isnan(observed.target[0])
    if not given.any():
        return "target"
    if np.isnan(observed.value[given]).all():
        return "nobody"
    return None if side_of(observed) is not None else "side"


def _of_metric(seen: Observations, observed: Observed, wish: Wish) -> Iterator[Target]:
    """One target for each set of segments that sets another target, the others first."""
    id = observed.metric.id
    whole = seen.whole(id)
    observed = observed.where(whole[observed.period])
    changing = [_changing(seen, id, segments) for segments in seen.combinations]
    alone = not any(changing)
    for segments in sorted(dict.fromkeys(changing), key=len):
        places = [place for place, own in enumerate(changing) if own == segments]
        mine = observed.where(np.isin(observed.segments, places) & ~np.isnan(observed.value) & ~np.isnan(observed.target[0]))
        side = side_of(mine)
        if len(mine) and side is not None:
            metric = variant_of(seen.scorecard, segments).metrics[id]
            yield _target(seen, mine, metric, side, wish, segments=segments, alone=alone, cut=int((~whole).sum()))


def _changing(seen: Observations, id: str, segments: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some segments that set a target of a metric."""
    return tuple(
        one for one in segments if any((change.node, change.key[0]) == (id, "target") for change in seen.scorecard.segments[one].changes)
    )


def _target(
    seen: Observations, mine: Observed, metric: Metric, side: Side, wish: Wish, *, segments: tuple[str, ...], alone: bool, cut: int
) -> Target:
    """The target of one metric for the rows that have the same one, and what is advised about it."""
    periods = _periods(seen, mine, side)
    last = mine.where(mine.period == mine.period.max())
    today, due = _one(last), due_of(metric)
    own_pace = coming = None
    found: tuple[Proposal, ...] = ()
    advised = Verdict(kind=Kind.UNKNOWN, cause="few")
    if seen.scorecard.period is not None and len(periods) >= ENOUGH:
        own_pace = pace(np.unique(mine.period), np.array([one.median for one in periods]))
        coming = _coming(periods, own_pace, metric, today, side, seen.scorecard.period)
        found = proposals(Known(metric=metric, measured=mine, side=side, periods=periods, today=today, wish=wish))
        advised = verdict(periods, metric.target, due, coming, found)
    return Target(
        metric=metric,
        segments=segments,
        alone=alone,
        side=side,
        today=today,
        due=due,
        periods=periods,
        edges=_edges(mine, side),
        percentile=None if today is None or len(last) < ENOUGH else _percentile(last, today, side),
        pace=own_pace,
        reach=coming,
        proposals=found,
        cut=cut,
        shared=_shared(seen, metric),
        verdict=advised,
    )


def _periods(seen: Observations, mine: Observed, side: Side) -> tuple[Met, ...]:
    """Every period with values: how many were measured, how many of them met their target, and the median."""
    met = meets(mine.value, *mine.target, side)
    rows = [(seen.periods[place], mine.period == place) for place in np.unique(mine.period).tolist()]
    return tuple(
        Met(period=period, measured=int(own.sum()), met=int(met[own].sum()), median=float(np.median(mine.value[own])))
        for period, own in rows
    )


def _coming(periods: tuple[Met, ...], own_pace: Pace, metric: Metric, today: Number | None, side: Side, calendar: Calendar) -> Reach | None:
    """When the median reaches what the target is on its day; None where that differs from one to the other."""
    due = due_of(metric)
    goal = today if due is None else number_on(metric.target, due, calendar) or today
    return None if goal is None else reach(periods, own_pace, goal, side, due, calendar)


def _edges(mine: Observed, side: Side) -> Mapping[str, float]:
    """By band the share of values that reach its threshold."""
    if side is Side.WITHIN:
        return {}
    return {band: float(meets(mine.value, edge, edge, side).mean()) for band, edge in mine.thresholds.items()}


def _one(last: Observed) -> Number | None:
    """The target that all rows have; None where it differs."""
    low, high = last.target
    same = all(bool((np.abs(end - end[0]) <= EQUAL * np.abs(end[0])).all()) for end in (low, high))
    return (float(low[0]), float(high[0])) if same else None


def _percentile(last: Observed, today: Number, side: Side) -> float | None:
    if side is Side.WITHIN:
        return None
    at_least = meets(last.value, *today, side)
    equal = at_least & meets(last.value, *today, Side(-side))
    return float((~at_least).mean() + equal.mean() / 2)


def _shared(seen: Observations, metric: Metric) -> bool:
    """Whether the records of a period are also those of its neighbours."""
    calendar, window = seen.scorecard.period, metric.window
    if calendar is None or window is None or window.unit == "period":
        return False
    if window.unit == "all":
        return True
    days = window.count * {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3, "year": 365.2}[window.unit]
    return days > 1.1 * (7 if calendar.every == "week" else 30.4 * MONTHS_IN[calendar.every])
