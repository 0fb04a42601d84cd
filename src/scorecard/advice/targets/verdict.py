"""Relax, raise, re-time or keep: what is advised about a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scorecard.advice.targets.target import Coming, Kind, Met, Proposal, Reach, Verdict, Way
from scorecard.model.definition import Number, Range
from scorecard.model.formula import Call, Formula, walk

HARD = 0.1
"""a target that fewer meet, over all periods and in the last, is too hard"""
EASY = 0.8
"""a target that at least so many meet is too easy"""
WANTED = 0.25
"""of several proposals the one whose share is nearest to this is preferred: met by some, out of reach for nobody"""
LATEST = 3
"""years behind today to which a day is moved"""


def verdict(
    periods: Sequence[Met], target: Number | Range | None, due: date | None, reach: Reach | None, found: Sequence[Proposal]
) -> Verdict:
    """By how often the target was met over all periods and in the last one, and by when the median gets there."""
    if moves_with_peers(target):
        return Verdict(kind=Kind.KEEP, cause="peers")
    overall = sum(met.met for met in periods) / sum(met.measured for met in periods)
    shares = (overall, periods[-1].met / periods[-1].measured)
    if min(shares) >= EASY:
        return Verdict(kind=Kind.RAISE, cause="easy", proposal=_nearest(found, harder=True))
    hard = max(shares) < HARD
    day = _day(reach, periods)
    if reach is not None and reach.coming is Coming.IN_TIME:
        return Verdict(kind=Kind.KEEP, cause="coming")
    if reach is not None and reach.coming is Coming.LATE and day is not None:
        return Verdict(kind=Kind.RETIME, cause="late", day=day)
    if hard and reach is not None and reach.coming is Coming.ARRIVES and day is not None:
        return Verdict(kind=Kind.RETIME, cause="undated", day=day)
    if hard:
        return Verdict(kind=Kind.RELAX, cause="hard", proposal=_nearest(found, harder=False))
    if due is not None and reach is not None and reach.coming in (Coming.NEVER, Coming.LATE):
        return Verdict(kind=Kind.KEEP, cause="not_closing")
    return Verdict(kind=Kind.KEEP, cause="fair")


def moves_with_peers(target: Number | Range | None) -> bool:
    """Whether a target is worked out from the peers of the same period, so that about as many always meet it."""
    ends = (target.low, target.high) if isinstance(target, Range) else (target,)
    return any(
        isinstance(end, Formula) and any(isinstance(node, Call) and node.function.startswith("peer_") for node in walk(end.tree))
        for end in ends
    )


def _day(reach: Reach | None, periods: Sequence[Met]) -> date | None:
    """The day on which the median gets there, unless that is too far away to be a plan."""
    if reach is None or reach.arrives is None:
        return None
    day, now = reach.arrives.last_day, periods[-1].period.last_day
    assert day is not None
    assert now is not None
    return day if day <= now.replace(year=now.year + LATEST, day=min(now.day, 28)) else None


def _nearest(found: Sequence[Proposal], *, harder: bool) -> Proposal | None:
    """Of the proposals on the right side of today's target the one that the wanted share would have met; thresholds stay if they can."""
    written = next((one.hit for one in found if one.way is Way.WRITTEN), None)
    if written is None:
        return None
    fit = [one for one in found if one.hit and one.way is not Way.WRITTEN and (one.hit < written if harder else one.hit > written)]
    return min(fit, key=lambda one: (not one.fits, abs((one.hit or 0.0) - WANTED)), default=None)
