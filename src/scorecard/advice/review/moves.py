"""What moved more in the last period than its own history explains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.observed import Floats, Observed
from scorecard.advice.review.case import Case
from scorecard.advice.review.finding import Move, Unjudged
from scorecard.advice.targets.side import Side, side_of

ENOUGH = 5
"""periods with values"""
ODD = 3.5
"""robust standard deviations"""
_SIGMA = 1.4826
"""times the median absolute deviation is the standard deviation of a normal distribution"""


def moves(case: Case) -> Iterator[Move | Unjudged]:
    """The changes to the last period that are farther from usual than any before, and by a robust z beyond 3.5.

    Those of the portfolio's medians, then those of the entities, the farthest first. z is the change less the median of the own
    changes, divided by their median absolute deviation (times 1.4826). Of an entity the deviation is at least that of all entities'
    changes, so that one that never moved is not odd at the first step. Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993).
    """
    if case.scorecard.period is None:
        yield Unjudged(check="moves", about="total", cause="no_period")
        return
    whole: list[Move] = []
    single: list[Move] = []
    for id in case.scorecard.metrics:
        if not case.seen.numeric(id):
            continue
        rows = case.observed(id)
        rows = rows.where(~np.isnan(rows.value) & case.seen.whole(id)[rows.period])
        if len(np.unique(rows.period)) < ENOUGH:
            yield Unjudged(check="moves", about=id, cause="few", facts={"count": len(np.unique(rows.period)), "needed": ENOUGH})
            continue
        whole += _of_all(case, rows)
        each = _of_each(case, rows)
        if each is None:
            yield Unjudged(check="moves", about=id, cause="still")
        single += each or ()
    yield from sorted(whole, key=lambda move: -abs(move.z))
    yield from sorted(single, key=lambda move: -abs(move.z))


def _of_all(case: Case, rows: Observed) -> Iterator[Move]:
    """The median of all, if it moved oddly."""
    periods = np.unique(rows.period)
    medians = np.array([np.median(rows.value[rows.period == place]) for place in periods])
    if periods[-1] != len(case.seen.periods) - 1:
        return
    changes = np.diff(medians)
    usual, spread = _usual(changes)
    apart = np.abs(changes - usual)
    if spread > 0 and apart[-1] > max(ODD * spread, apart[:-1].max()):
        yield _move(case, rows, None, medians[-2:], usual, spread, (changes[-1] - usual) / spread)


def _of_each(case: Case, rows: Observed) -> list[Move] | None:
    """The entities whose own value moved oddly, all worked out at once: a row per entity, a column per period. None: hardly any moves."""
    who, places = np.unique(rows.who, return_inverse=True)
    table = np.full((len(who), len(case.seen.periods)), np.nan)
    table[places, rows.period] = rows.value
    changes = np.diff(table, axis=1)
    enough = ((~np.isnan(table)).sum(axis=1) >= ENOUGH) & ~np.isnan(changes[:, -1])
    if not enough.any():
        return []
    table, changes, who = table[enough], changes[enough], who[enough]
    usual = np.nanmedian(changes, axis=1)
    everybody = _usual(changes[~np.isnan(changes)])[1]
    if not everybody:
        return None
    apart = np.abs(changes - usual[:, None])
    spread = np.maximum(_SIGMA * np.nanmedian(apart, axis=1), everybody)
    z = (changes[:, -1] - usual) / spread
    odd = (np.abs(z) > ODD) & (apart[:, -1] > np.nan_to_num(apart[:, :-1]).max(axis=1))
    return [
        _move(case, rows, int(who[row]), table[row, -2:], float(usual[row]), float(spread[row]), float(z[row]))
        for row in np.flatnonzero(odd).tolist()
    ]


def _usual(changes: Floats) -> tuple[float, float]:
    """The median of some changes, and their robust standard deviation."""
    usual = float(np.median(changes))
    return usual, _SIGMA * float(np.median(np.abs(changes - usual)))


def _move(case: Case, rows: Observed, who: int | None, ends: Floats, usual: float, spread: float, z: float) -> Move:
    side = side_of(rows)
    return Move(
        metric=rows.metric.id,
        who=None if who is None else case.seen.name(rows.metric.id, who),
        period=case.seen.periods[-1],
        before=float(ends[0]),
        after=float(ends[1]),
        usual=usual,
        spread=spread,
        z=float(z),
        better=None if side is None or side is Side.WITHIN else bool((z > 0) == (side is Side.ABOVE)),
    )
