"""What will be computed, in order: passes over records and cells over entities. No frames, no arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from scorecard.model.definition import Choice, Scorecard
from scorecard.model.formula import Formula, Kind, Node
from scorecard.model.period import Period, Window

# ---------------------------------------------------------------- records


@dataclass(frozen=True, slots=True)
class Shift:
    """How far back a formula looks: `previous` one period, `year_ago` one year."""

    periods: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A column computed row by row before grouping. `mode`: the value, or the two-valued `holds` or `unknown` of a condition."""

    tree: Node
    mode: Literal["value", "holds", "unknown"] = "value"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Finer:
    """An inner group-by before the outer one: `share(count() >= 2, each=customer_id)`."""

    columns: tuple[str, ...]
    prepared: Mapping[str, Prepared]
    aggregates: Mapping[str, Aggregate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One group-by: the records of `source` in `window` (shifted), by the key parts `grain`, give all `aggregates` at once.

    The names of `prepared` and `aggregates` are unique in the plan; aggregates become columns of the table.
    """

    source: str
    grain: tuple[str, ...]
    window: Window
    shift: Shift = Shift()
    columns: Mapping[str, Kind] = field(default_factory=dict)
    prepared: Mapping[str, Prepared] = field(default_factory=dict)
    aggregates: Mapping[str, Aggregate] = field(default_factory=dict)
    finer: Finer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPass:
    """A metric type that is a function: it gets the window's records and returns one value per entity."""

    source: str
    grain: tuple[str, ...]
    window: Window
    where: Prepared | None
    metric: str
    type: str
    params: Mapping[str, Any]
    columns: Mapping[str, Kind]
    output: str


# ---------------------------------------------------------------- cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """`m.value` (and its state): a formula over table columns and cells, a choice, or a column of the table."""

    metric: str
    tree: Node | None = None
    choose: tuple[Choice, ...] = ()
    records: str | None = None
    """the table column with the number of records, for `min_records` and for "no record" """
    rows: str | None = None
    """the table column with the number of records of the source in the window, of all entities"""
    single: tuple[str, ...] = ()
    """table columns with the record count of a bare column: more than one record = failed"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """`m.target`, `m.worst`, `m.thresholds`: the numbers that apply, in the metric's unit."""

    metric: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveScore:
    """`m.raw`: from value to score, rounded where the metric says so, before the metric's own rules."""

    metric: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Combine:
    """`g.raw`: the children's scores by the group's aggregation, rounded, before the group's own rules."""

    group: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition of a rule, an exemption or a gate."""

    formula: Formula


Step = Value | Numbers | CurveScore | Combine | Adjust | Peer | Condition


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
    """Everything to compute for `periods`; `before` are the earlier periods that `previous` and `year_ago` need."""

    scorecard: Scorecard
    periods: tuple[Period, ...]
    before: tuple[Period, ...] = ()
    passes: tuple[Pass | CallPass, ...] = ()
    cells: tuple[PlanCell, ...] = ()
    attributes: Mapping[str, Kind] = field(default_factory=dict)
