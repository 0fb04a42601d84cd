"""Targets found in other ways than the one that is written, each with how often it would have been met."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.advice.observed import Observed
from scorecard.advice.targets.side import Side, meets
from scorecard.advice.targets.target import Met, Number, Proposal, Way
from scorecard.advice.trend import Floats, natural_limits
from scorecard.model.definition import Constant, Metric
from scorecard.model.formula import Formula

FEWEST_PEERS = 5
_DIGITS = 3
"""significant digits of a number that is proposed"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`best` is the share of peers that meet a target by peers; `stretch` the part of the way from worst to target above the baseline."""

    best: float = 0.25
    stretch: float = 0.1


PLAIN = Wish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What proposals are made from: the metric as its segments set it, the measured rows, the portfolio's figures, and today's target."""

    metric: Metric
    measured: Observed
    side: Side
    periods: Sequence[Met]
    today: Number | None
    wish: Wish

    def beyond_thresholds(self, number: Number) -> bool:
        """Whether a target lies on the better side of every threshold that does not move with it."""
        last = self.measured.period == self.measured.period.max()
        edges = [self.measured.thresholds[band][last] for band, edge in self.metric.thresholds.items() if not isinstance(edge, Formula)]
        return self.side is Side.WITHIN or all(bool((int(self.side) * (number[0] - edge) > 0).all()) for edge in edges)

    @property
    def last(self) -> Floats:
        """The values of the last period."""
        last: Floats = self.measured.value[self.measured.period == self.measured.period.max()]
        return last


def proposals(known: Known) -> tuple[Proposal, ...]:
    """The target of today, then peers, baseline, control limit and benchmark."""
    return tuple(_proposals(known))


def _proposals(known: Known) -> Iterator[Proposal]:
    if known.today is not None:
        yield _with_hit(known, Way.WRITTEN, known.today)
    yield _by_peers(known)
    yield _by_baseline(known)
    yield _by_control(known)
    yield from _by_benchmark(known)


def _by_peers(known: Known) -> Proposal:
    """What the best share of them reach in the last period; of a range, what the middle half keep within."""
    if len(known.last) < FEWEST_PEERS:
        return Proposal(way=Way.PEERS, reason="few", facts={"count": len(known.last), "needed": FEWEST_PEERS})
    at = {Side.ABOVE: 1 - known.wish.best, Side.BELOW: known.wish.best}.get(known.side)
    low, high = np.quantile(known.last, [0.25, 0.75] if at is None else [at, at]).tolist()
    facts = {"share": 0.5 if at is None else known.wish.best, "count": float(len(known.last))}
    return _with_hit(known, Way.PEERS, _neat((low, high), known.metric), facts)


def _by_baseline(known: Known) -> Proposal:
    """The baseline, as written or else the last median, and a part of the way from worst to target beyond it."""
    if known.side is Side.WITHIN:
        return Proposal(way=Way.BASELINE, reason="range")
    written = known.metric.baseline
    base = written.value if isinstance(written, Constant) else known.periods[-1].median
    rows = known.measured.period == known.measured.period.max()
    ways = np.abs(known.measured.target[0] - known.measured.worst[0])[rows]
    way = float(np.median(ways[~np.isnan(ways)])) if not np.isnan(ways).all() else abs(base)
    number = base + int(known.side) * known.wish.stretch * way
    facts = {"baseline": base, "stretch": known.wish.stretch, "written": float(isinstance(written, Constant))}
    return _with_hit(known, Way.BASELINE, _neat((number, number), known.metric), facts)


def _by_control(known: Known) -> Proposal:
    """The end of what the portfolio's median does of itself; none where it has gone beyond that, since a trend is at work."""
    medians = np.array([met.median for met in known.periods])
    low, high = natural_limits(medians)
    facts = {"mean": float(medians.mean()), "low": low, "high": high}
    ends = (low, high) if known.side is Side.WITHIN else (high, high) if known.side is Side.ABOVE else (low, low)
    if int(known.side) * (known.periods[-1].median - ends[0]) > 0:
        return Proposal(way=Way.CONTROL, reason="trend", facts={**facts, "number": ends[0]})
    return _with_hit(known, Way.CONTROL, _neat(ends, known.metric), facts)


def _by_benchmark(known: Known) -> Iterator[Proposal]:
    """The median of the benchmarks that the entities of the last period have, where the definition knows any."""
    benchmarks = known.measured.benchmark[known.measured.period == known.measured.period.max()]
    benchmarks = benchmarks[~np.isnan(benchmarks)]
    if len(benchmarks):
        number = float(np.median(benchmarks))
        yield _with_hit(known, Way.BENCHMARK, _neat((number, number), known.metric))


def _with_hit(known: Known, way: Way, number: Number, facts: dict[str, float] | None = None) -> Proposal:
    if way is not Way.WRITTEN:
        number = _possible(number, known)
    hit = float(meets(known.measured.value, *number, known.side).mean())
    if not hit and way is not Way.WRITTEN:
        return Proposal(way=way, reason="beyond", facts={**(facts or {}), "number": number[0]})
    return Proposal(way=way, number=number, hit=hit, fits=known.beyond_thresholds(number), facts=facts or {})


def _possible(number: Number, known: Known) -> Number:
    """The number, but no negative one of what never was, and no percentage above 100 of what never was above it."""
    values = known.measured.value[~np.isnan(known.measured.value)]
    least = 0.0 if (values >= 0).all() else -math.inf
    most = 1.0 if known.metric.unit == "percent" and (values <= 1).all() else math.inf
    return min(max(number[0], least), most), min(max(number[1], least), most)


def _neat(number: Number, metric: Metric) -> Number:
    """The number at the decimals of the metric, else at three significant digits; a percentage near an end at tenths."""
    return tuple(_rounded(end, metric) for end in number)  # type: ignore[return-value]


def _rounded(number: float, metric: Metric) -> float:
    percent = metric.unit == "percent"
    if metric.decimals is not None:
        return round(number, metric.decimals + 2 * percent)
    if percent and abs(number) < 1:
        return round(number, 2 if 0.1 <= abs(number) < 0.95 else 3)
    if not number:
        return 0.0
    return round(number, _DIGITS - 1 - math.floor(math.log10(abs(number))))
