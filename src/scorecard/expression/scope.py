"""What a formula may name where it stands, and what checking it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scorecard.model.formula import Kind, Node
from scorecard.model.issue import Issue

METRIC_FACETS: Mapping[str, Kind] = {
    "value": Kind.ANY,
    "score": Kind.NUMBER,
    "band": Kind.TEXT,
    "state": Kind.TEXT,
    "coverage": Kind.NUMBER,
    "target": Kind.NUMBER,
    "worst": Kind.NUMBER,
    "raw": Kind.NUMBER,
    "weight": Kind.NUMBER,
}
GROUP_FACETS: Mapping[str, Kind] = {
    "score": Kind.NUMBER,
    "band": Kind.TEXT,
    "state": Kind.TEXT,
    "coverage": Kind.NUMBER,
    "raw": Kind.NUMBER,
    "rank": Kind.NUMBER,
}
TIME_FACETS: Mapping[str, Kind] = {"start": Kind.MOMENT, "end": Kind.MOMENT, "last_day": Kind.MOMENT}
STATES = ("measured", "missing", "not_applicable", "excluded", "failed")
INSUFFICIENT = "insufficient"
OWN_NAMES = ("target", "worst", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The names and functions a formula may use where it stands.

    `records`: columns and record functions exist. `columns` None with records = not known yet: every bare name that is no
    attribute is a column. `own` is the metric a bare `target`, `worst` and `value` belong to; `value_name` allows a bare
    `value` without one. `row_only`: a condition over one record. `expect` is the kind the place wants.
    """

    records: bool = False
    columns: Mapping[str, Kind] | None = None
    attributes: Mapping[str, Kind] = field(default_factory=dict)
    metrics: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    params: Mapping[str, Kind] | None = None
    own: str | None = None
    value_name: bool = False
    time: bool = False
    peers: bool = False
    period: bool = False
    row_only: bool = False
    expect: Kind | None = None
    bands: frozenset[str] | None = None

    @property
    def own_names(self) -> tuple[str, ...]:
        """The bare names that belong to the metric the formula is written in."""
        if self.own is not None:
            return OWN_NAMES
        return ("value",) if self.value_name else ()

    def facets(self, node: str) -> Mapping[str, Kind]:
        """What may follow the dot after a metric, a group or the total."""
        return METRIC_FACETS if node in self.metrics else GROUP_FACETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A tree whose names are resolved, what it yields and reads, and what is wrong with it.

    `columns`, `attributes` and `values` (of metrics) carry the kind their uses ask (ANY where no use tells); `cells` are the
    dotted names read as they are, outside of `previous` and `year_ago`.
    """

    tree: Node
    kind: Kind
    columns: dict[str, Kind]
    cells: frozenset[str]
    issues: tuple[Issue, ...]
    attributes: dict[str, Kind] = field(default_factory=dict)
    values: dict[str, Kind] = field(default_factory=dict)
