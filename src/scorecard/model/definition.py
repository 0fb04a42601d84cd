"""A checked scorecard: what is scored, from which data, how. Every field is named as its key in the YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from scorecard.model.action import Action
from scorecard.model.case import Case
from scorecard.model.entity import Entity
from scorecard.model.formula import Formula
from scorecard.model.issue import Place
from scorecard.model.period import Calendar, Window
from scorecard.model.source import Source
from scorecard.model.text import Text

# ---------------------------------------------------------------- numbers


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written; `85%` is 0.85."""

    value: float


@dataclass(frozen=True, slots=True)
class Path:
    """A straight line between dates, flat beyond its ends, read on the period's last day."""

    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A number per period label."""

    entries: Mapping[str, float]


Number = Constant | Path | Table | Formula


@dataclass(frozen=True, slots=True)
class Range:
    """A pair: `worst: [0, 25], target: [5, 12]`."""

    low: Number
    high: Number


# ---------------------------------------------------------------- from value to score


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a step curve: values up to (inclusive) or below (exclusive) `edge` earn `score`; the last has no edge."""

    edge: Number | None
    inclusive: bool
    score: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """How a value becomes a score. `kind` is the id of a file in `scoring/curves`; fields of other kinds stay empty.

    straight (no `curve` written), linear, log, identity, points, steps, lookup, formula.
    """

    kind: str = "straight"
    points: tuple[tuple[Number, Number], ...] = ()
    steps: tuple[Step, ...] = ()
    lookup: Mapping[str, Number] = field(default_factory=dict)
    otherwise: Number | None = None
    formula: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """`mode`: half_up, half_even, down, up, floor, ceiling. `binary` scales, rounds and divides in doubles."""

    decimals: int = 0
    mode: str = "half_up"
    binary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a parent does with a child that has no score: skip, no_score, worst, score (then `score`), impute (then `by`)."""

    policy: Literal["skip", "no_score", "worst", "score", "impute"] = "skip"
    score: float | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregation:
    """How children become a score. `kind` is the id of a file in `scoring/aggregations`."""

    kind: str = "arithmetic"
    on: tuple[float, float] | None = None
    """geometric: the scores that the scale's worst and best are mapped to first"""
    power: float | None = None
    count: int | None = None
    """worst: how many of the lowest scores are averaged"""
    formula: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """`ties`: best (1 2 2 4), worst (1 3 3 4), dense (1 2 2 3), mean (1 2.5 2.5 4). `first`: the best or the lowest score is 1."""

    ties: str = "best"
    first: str = "best"
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a `choose`; `when` is None in the last (`otherwise`). Either a label or a value."""

    when: Formula | None
    label: str | None = None
    value: Formula | None = None


# ---------------------------------------------------------------- nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A weighted set of metrics or groups. The root has the id `total` and no parent."""

    id: str
    title: Text = field(default_factory=Text)
    parent: str | None = "total"
    weight: Number | Literal["sum"] = Constant(1.0)
    aggregation: Aggregation = field(default_factory=Aggregation)
    missing: Missing = field(default_factory=Missing)
    coverage: Number = Constant(0.0)
    applies_when: Formula | None = None
    round: Rounding | None = None
    rank: Ranking | None = None
    owner: str | None = None
    objective: Text = field(default_factory=Text)
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One KPI. Exactly one of `measure`, `type` and `choose` gives its value; of a type over nodes `measure` is the formula it gave."""

    id: str
    title: Text = field(default_factory=Text)
    parent: str = "total"
    weight: Number = Constant(1.0)
    source: str | None = None
    where: Formula | None = None
    window: Window | None = None
    per: tuple[str, ...] | None = None
    min_records: int = 0
    measure: Formula | None = None
    type: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    choose: tuple[Choice, ...] = ()
    unit: str | None = None
    """a `Phrase` where it is another text in another language"""
    decimals: int | None = None
    applies_when: Formula | None = None
    curve: Curve = field(default_factory=Curve)
    worst: Number | Range | None = None
    target: Number | Range | None = None
    thresholds: Mapping[str, Number] = field(default_factory=dict)
    """band id -> the value where it begins, ordered from the worst band to the best; the worst band needs none"""
    missing: Missing = field(default_factory=Missing)
    round: Rounding | None = None
    owner: str | None = None
    due: date | None = None
    baseline: Number | None = None
    effort: Number | None = None
    """what one unit of the value costs, of a percent value one point; unless written, the way from worst to target costs 100"""
    max_change: Number | None = None
    """how far the value can be moved in one go"""
    fixed: bool = False
    moves_with: str | None = None
    """another metric: both go the same share of their way to target"""
    actions: tuple[Action, ...] = ()
    """what its type brings for where it is short of its target; none where the library is off"""
    objective: Text = field(default_factory=Text)
    place: Place | None = None


Item = Group | Metric
"""A node of the tree: the total, a group or a metric."""


# ---------------------------------------------------------------- adjustments


class RuleKind(StrEnum):
    """In the fixed order in which kinds are applied."""

    ADD = "add"
    MULTIPLY = "multiply"
    RAISE_TO = "raise_to"
    CAP = "cap"
    BAND = "band"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An adjustment of a node's score or band under a condition. `amount` is a number, `band` a band (cap, raise_to, band)."""

    id: str
    title: Text = field(default_factory=Text)
    of: str
    when: Formula
    kind: RuleKind
    amount: Number | None = None
    band: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    reason: Text = field(default_factory=Text)
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A dated, reasoned exclusion of a metric, or a value in its place."""

    id: str
    title: Text = field(default_factory=Text)
    of: str
    when: Formula
    exclude: bool = True
    value: Number | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    reason: Text = field(default_factory=Text)
    approved_by: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One key of one node that a segment sets: ("csat", ("thresholds", "amber"), Constant(0.8)).

    `key` is the name of a field of Metric or Group, followed by the entry in `thresholds` or `params`.
    `value` is what that field holds, already built.
    """

    node: str
    key: tuple[str, ...]
    value: Any
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A layer that applies under a condition over attributes."""

    id: str
    when: Formula
    changes: tuple[Change, ...]
    title: Text = field(default_factory=Text)
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition that must hold for every entity (or the portfolio), or the run fails."""

    id: str
    require: Formula
    title: Text = field(default_factory=Text)
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One step of a recommendation; without an owner or a day it has those of the recommendation."""

    what: Text
    owner: Text = field(default_factory=Text)
    due: date | Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """An advised adjustment: what to do about a node under a condition, who does it and by when.

    `due` is a day, or a stretch that begins where the period ends; lower `priority` comes first.
    """

    id: str
    of: str
    when: Formula
    action: Text
    title: Text = field(default_factory=Text)
    owner: Text = field(default_factory=Text)
    due: date | Window | None = None
    effort: float | None = None
    priority: int = 1
    tasks: tuple[Task, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """An issue of lint that the definition accepts, with the reason: everywhere, or for the ids in `of`, for ever or until a day."""

    code: str
    reason: Text
    of: tuple[str, ...] = ()
    until: date | None = None


# ---------------------------------------------------------------- data


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named half-open range of score; `start` is None where only a rule gives it."""

    id: str
    start: float | None
    title: Text = field(default_factory=Text)
    color: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`low` and `high` are the ends as numbers (low < high), both None on an open scale."""

    low: float | None = 0.0
    high: float | None = 100.0
    lower_is_better: bool = False

    @property
    def open(self) -> bool:
        return self.low is None

    @property
    def worst(self) -> float | None:
        return self.high if self.lower_is_better else self.low

    @property
    def best(self) -> float | None:
        return self.low if self.lower_is_better else self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A checked definition. Mappings keep the order of the file; `total` is not in `groups`."""

    id: str
    title: Text = field(default_factory=Text)
    entity: Entity
    period: Calendar | None = None
    scale: Scale = field(default_factory=Scale)
    bands: tuple[Band, ...] = ()
    """bands with a start first, from the lowest score up; then those that only rules give"""
    sources: Mapping[str, Source] = field(default_factory=dict)
    total: Group
    groups: Mapping[str, Group] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    segments: Mapping[str, Segment] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    gates: Mapping[str, Gate] = field(default_factory=dict)
    ignore: Mapping[str, Ignored] = field(default_factory=dict)
    recommendations: Mapping[str, Recommendation] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    """the definition and its layers, nearest first, and the file of cases beside it"""
    digest: str = ""
    """SHA-256 of the merged definition, less what changes no score"""
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict)
    """where every value of the merged definition stands"""

    def node(self, id: str) -> Item:
        """The total, a group or a metric."""
        if id == "total":
            return self.total
        return self.groups[id] if id in self.groups else self.metrics[id]

    def children(self, group: str) -> tuple[Item, ...]:
        """The groups, then the metrics directly under a group, in the order of the file."""
        nodes: tuple[Item, ...] = (*self.groups.values(), *self.metrics.values())
        return tuple(node for node in nodes if node.parent == group)
