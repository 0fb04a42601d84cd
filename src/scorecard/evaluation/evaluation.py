"""The evaluation of one scorecard over one or more periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scorecard.engine.roster import Names
from scorecard.expression.values import Value
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.model.period import Period
from scorecard.model.plan import Plan
from scorecard.scoring.score import PeriodScores

if TYPE_CHECKING:
    import pandas as pd

    from scorecard.engine.quality import Quality
    from scorecard.evaluation.baseline import Baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What reproduces an evaluation: the definition's hash, a fingerprint per source, versions, periods, the clock."""

    scorecard: str
    digest: str
    version: str
    engine: str
    sources: Mapping[str, str]
    plugins: Mapping[str, str]
    periods: tuple[str, ...]
    as_of: str | None
    made_at: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Evaluation:
    """Scores of every entity and period.

    Only primary arrays are kept: value, state and score per metric, raw and score per group, what fired. All else is
    worked out when it is asked for, for the rows that are asked.
    """

    scorecard: Scorecard
    """as written"""
    plan: Plan
    names: Names
    """the key parts of every entity of the roster"""
    results: Mapping[str, PeriodScores]
    """by period label, in the order of time; periods that were only needed for others are not shown"""
    shown: tuple[Period, ...]
    notes: tuple[Issue, ...] = ()
    """what was found out about the data: records of nobody, unknown conditions"""
    provenance: Provenance
    last_record: Callable[[str, int, Period], date | None] | None = None
    """(metric, entity, period) -> the day of the last record that its source has of the entity, looked up when asked"""
    failures: Mapping[str, str] = field(default_factory=dict)
    """metrics whose type raised or gave no answer that can be used, and what it did"""
    data_until: datetime | None = None
    """the last moment of any record"""
    data_of_years: bool = False
    """whether the moments of the records are whole years, so that a first of January stands for its year"""

    baseline: Baseline | None = None
    """an earlier result that is a gate of this one"""
    whole: Evaluation | None = None
    """of a part the evaluation that it is of: ranks are those among all of its entities"""
    look_at_data: Callable[[], tuple[Quality, ...]] | None = None
    """tells what became of the records; without details they are forgotten"""

    @cached_property
    def quality(self) -> tuple[Quality, ...]:
        """What became of the records of every source: read, used, left out and why; blanks and duplicates."""
        return self.look_at_data() if self.look_at_data is not None else ()

    @property
    def periods(self) -> Iterator[tuple[Period, PeriodScores]]:
        """The periods asked for, with their scores."""
        for period in self.shown:
            yield period, self.results[period.label]

    def __len__(self) -> int:
        """How many rows there are: entities times the periods they exist in."""
        return sum(len(scores) for _, scores in self.periods)

    def keys(self, scores: PeriodScores) -> dict[str, NDArray[np.object_]]:
        """The key parts of every row of a period, as texts."""
        return {part: self.names.of(part, scores.table.entity) for part in self.scorecard.entity.key}

    def column(self, scores: PeriodScores, name: str) -> Value:
        """One kept cell of a period, or a fact of its entities."""
        if name in scores.cells:
            return scores.cells[name]
        return scores.table.columns[name]

    @cached_property
    def scores(self) -> pd.DataFrame:
        """One row per entity and period: key, attributes, score, band, coverage, bounds, rank."""
        from scorecard.evaluation.tables import scores_table

        return scores_table(self)

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """One row per entity, period and metric: value, unit, state, worst, target, score, band, weight, share, contribution, gap."""
        from scorecard.evaluation.tables import metrics_table

        return metrics_table(self)

    @cached_property
    def aspects(self) -> pd.DataFrame:
        """One row per entity, period, metric, aspect and part: what metric types tell beside the value."""
        from scorecard.evaluation.tables import aspects_table

        return aspects_table(self)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """One row per entity, period and group: score, band, state, coverage, weight, share."""
        from scorecard.evaluation.tables import groups_table

        return groups_table(self)

    def to_pandas(self) -> pd.DataFrame:
        """The scores with a column for each metric's value and score and for each group's score."""
        from scorecard.evaluation.tables import wide_table

        return wide_table(self)

    def explain(self, period: str | None = None, **key: Any) -> Any:
        """Why one entity's score is what it is: `evaluation.explain(customer_id="C042")`."""
        from scorecard.evaluation.explain import explain

        return explain(self, {part: str(value) for part, value in key.items()}, period)

    def __repr__(self) -> str:
        from scorecard.evaluation.show import summary

        return summary(self)

    def _repr_html_(self) -> str:
        from scorecard.evaluation.show import html

        return html(self)
