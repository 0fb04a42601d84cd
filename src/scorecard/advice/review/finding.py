"""What a review finds, and what it proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from scorecard.model.period import Period

Fact = float | str | None
Facts = dict[str, Fact]


class Advice(IntEnum):
    """What is proposed for a metric, the mildest first."""

    KEEP = 0
    ADJUST = 1
    REPLACE = 2
    DROP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a check found about a node. `cause` names the sentence that says it, `facts` are its figures."""

    check: str
    about: str
    cause: str
    advice: Advice
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A check that cannot judge a node, and what it lacks."""

    check: str
    about: str
    cause: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


Found = Finding | Unjudged


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A change from the last period but one to the last that is larger than its own history explains.

    `who` are the key parts, None for the portfolio's median. `usual` is the median of its changes, `spread` their spread, `z` how
    many spreads the change is away from the usual one.
    """

    metric: str
    who: Mapping[str, str] | None
    period: Period
    before: float
    after: float
    usual: float
    spread: float
    z: float
    better: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a metric does in the scorecard; None where that cannot be told."""

    metric: str
    measured: float | None
    """the share of those it applies to, since the first of them was"""
    weight: float | None
    """its mean share all the way up"""
    influence: float | None
    """its share of the variance of the total"""
    moved: float | None
    """the share of bands that would be others without it"""
    area: float | None
    """how well it tells the outcome"""
    advice: Advice


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything that was found, what each metric does, and what moved."""

    figures: tuple[Figures, ...]
    findings: tuple[Finding, ...]
    unjudged: tuple[Unjudged, ...]
    moves: tuple[Move, ...]
    rest: float | None
    """the share of the variance of the total that no metric alone explains: rules, rounding, groups that are no plain means"""
    outcome: str | None
