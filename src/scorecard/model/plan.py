"""What will be computed, in order: passes over records and cells over entities. No frames, no arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from scorecard.model.definition import Choice, Missing, Scorecard
from scorecard.model.formula import Kind, Node
from scorecard.model.period import Window
from scorecard.model.text import Text

# ---------------------------------------------------------------- records


@dataclass(frozen=True, slots=True)
class Shift:
    """How far back a formula looks: `previous` one period, `year_ago` one year."""

    periods: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A column computed row by row before grouping.

    `mode`: the value; of a condition the two-valued `holds` or `unknown`, or its `share`: 1, 0 or null.
    """

    tree: Node
    mode: Literal["value", "holds", "unknown", "share"] = "value"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One number (or text, or moment) per entity: a record function over a prepared column.

    `where` names a `holds` column; `argument` is the quantile's q. `order` is the time column for first and last.
    Functions: rows, count, count_distinct, sum, mean, min, max, median, quantile, stdev, first, last, share, single.
    """

    function: str
    column: str | None = None
    where: str | None = None
    argument: float | None = None
    kind: Kind = Kind.NUMBER
    text: str = ""
    """as written in the definition, for explanations"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finer:
    """An inner group-by before the outer one: `share(count() >= 2, each=customer_id)`."""

    columns: tuple[str, ...]
    where: Prepared | None
    """records for which it does not hold are left out before grouping"""
    prepared: Mapping[str, Prepared]
    aggregates: Mapping[str, Aggregate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One group-by: the records of `source` in `window` (shifted), by the key parts `grain`, give all `aggregates` at once.

    The names of `aggregates` are unique in the plan; they become columns of the table.
    """

    id: str
    source: str
    grain: tuple[str, ...]
    window: Window
    shift: Shift = Shift()
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    aggregates: Mapping[str, Aggregate] = field(default_factory=dict)
    finer: Finer | None = None
    days_before: int = 0
    """how many days before the window are read too, for `active_on(window.start - 1)`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPass:
    """A metric type that is a function: it gets the window's records and returns one value per entity."""

    id: str
    source: str
    grain: tuple[str, ...]
    window: Window
    where: Prepared | None
    metric: str
    type: str
    params: Mapping[str, Any]
    columns: tuple[str, ...]
    records: str
    """the column with the number of records it was given"""
    output: str
    """the column with its value"""
    aspects: Mapping[str, str] = field(default_factory=dict)
    """further columns of its answer, and the columns of the table that they become"""


# ---------------------------------------------------------------- cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A side of a metric that is told and not scored: per part a formula over columns of the table, worked out when asked."""

    id: str
    title: Text
    unit: str | None
    parts: Mapping[str, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """`m.value` and its state: a formula over columns of the table and cells, or a choice."""

    metric: str
    tree: Node | None = None
    choose: tuple[Choice, ...] = ()
    records: str | None = None
    """the column with the number of records, for `min_records` and for "no record" """
    passes: tuple[str, ...] = ()
    """the passes it reads; with no record for anybody in one of them the metric is missing for all"""
    single: tuple[str, ...] = ()
    """columns with the record count of a bare column: more than one record = failed"""
    conditions: tuple[tuple[str, Node], ...] = ()
    """a pass, and a condition for which its records are left out where it is unknown"""
    exemptions: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`m.target` or `m.worst`: the number that applies, in the metric's unit."""

    metric: str
    key: Literal["worst", "target"]


@dataclass(frozen=True, slots=True)
class Past:
    """`previous(x)` or `year_ago(x)` of a cell: a column with what the same definition gives for that period."""

    cell: str
    shift: Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveScore:
    """`m.raw`: from value to score, rounded where the metric says so, before the metric's own rules."""

    metric: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Combine:
    """`g.raw`: the children's scores by the group's aggregation, rounded, before the group's own rules."""

    group: str
    besides: tuple[str, ...] = ()
    """what it reads beside its children's scores: for weights, for coverage, to know whether it applies, as a filler"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust:
    """`n.score` and `n.band`: the node's own rules in the fixed order of kinds, then rounding again."""

    node: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One statistic of a cell over the period's entities, fitted once and looked up by row."""

    function: str
    of: str
    by: str | None = None
    argument: float | None = None


def imputed(node: str, missing: Missing) -> str:
    """The cell with the mean score of a node's measured peers."""
    return f"impute[{node} {missing.by}]" if missing.by else f"impute[{node}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """`rule.<id>` or `exemption.<id>`: whether the condition of an adjustment holds, within its dates."""

    adjustment: str
    tree: Node


Step = Value | Figure | CurveScore | Combine | Adjust | Peer | Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCell:
    """One thing that people name (`csat.value`), how it comes about and what it reads.

    Cells of one `stage` are computed block by block; a peer statistic waits for its population and opens the next stage.
    """

    name: str
    step: Step
    reads: tuple[str, ...] = ()
    stage: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything to compute for one period, whichever it is.

    `scorecard` is the definition with the formulas over entities lowered: what they read of peers, of the past and of
    records has become a name of a cell or a column.
    """

    scorecard: Scorecard
    passes: tuple[Pass | CallPass, ...] = ()
    cells: tuple[PlanCell, ...] = ()
    past: Mapping[str, Past] = field(default_factory=dict)
    offsets: tuple[Shift, ...] = ()
    """how far back other periods are needed to fill `past`"""
    reads: Mapping[str, Mapping[str, Kind]] = field(default_factory=dict)
    """per source the columns that anything reads, with the kind their uses ask"""
    attributes: Mapping[str, Kind] = field(default_factory=dict)
