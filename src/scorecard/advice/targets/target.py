"""A target, how it was met, and what is advised about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scorecard.advice.targets.side import Side
from scorecard.advice.trend import Pace
from scorecard.model.definition import Metric
from scorecard.model.period import Period

Number = tuple[float, float]
"""a target; a single number has two equal ends"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One period: how many were measured, how many of them met the target of that period, and the median value."""

    period: Period
    measured: int
    met: int
    median: float


class Coming(StrEnum):
    """When the median reaches a target at today's pace."""

    REACHED = "reached"
    IN_TIME = "in time"
    LATE = "late"
    ARRIVES = "arrives"
    """there is no day by which"""
    NEVER = "never"
    """it moves the other way, or not, or not within ten years"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`arrives` is the period in which the median reaches `goal`; `projected` what it is in the period that holds the due day."""

    coming: Coming
    goal: float
    """the target on the due day; of a range the end that is nearer to the median"""
    arrives: Period | None = None
    projected: float | None = None


class Way(StrEnum):
    """How a target may be found."""

    WRITTEN = "written"
    PEERS = "peers"
    BASELINE = "baseline"
    CONTROL = "control"
    BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A target found in one way, and the share of all entities and periods that would have met it.

    Without a number, `reason` says why there is none.
    """

    way: Way
    number: Number | None = None
    hit: float | None = None
    fits: bool = True
    """whether it lies beyond the thresholds, so that they can stay"""
    reason: str | None = None
    facts: Mapping[str, float] = field(default_factory=dict)


class Kind(StrEnum):
    """What is advised about a target."""

    KEEP = "keep"
    RELAX = "relax"
    RAISE = "raise"
    RETIME = "re-time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`cause` names the sentence that says why; `proposal` is the number that is proposed, `day` the day."""

    kind: Kind
    cause: str
    proposal: Proposal | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The target of a metric for those whom the same segments change it for; `segments` is empty for all others."""

    metric: Metric
    segments: tuple[str, ...]
    alone: bool
    """whether no segment changes it, so that it is everybody's"""
    side: Side
    today: Number | None
    """as it applied in the last period; None where it differs from entity to entity"""
    due: date | None
    periods: tuple[Met, ...]
    """those with a measured value"""
    edges: Mapping[str, float]
    """by band, the share of values that reach the threshold where it begins"""
    percentile: float | None
    """the share of the last period's values that are worse than the target, those equal to it half"""
    pace: Pace | None
    reach: Reach | None
    proposals: tuple[Proposal, ...]
    cut: int
    """periods that are left out: their window reaches back before the records begin"""
    shared: bool
    """whether neighbouring periods share records, since the window is longer than a period"""
    verdict: Verdict

    @property
    def measured(self) -> int:
        return sum(met.measured for met in self.periods)

    @property
    def met(self) -> int:
        return sum(met.met for met in self.periods)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Every target, and why a metric has none to judge: text, target, side, nobody or cut."""

    targets: tuple[Target, ...]
    without: Mapping[str, str]
