"""Some entities of an evaluation as an evaluation of their own, judged as they were among all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.period import Period
from scorecard.scoring.block import rows_of
from scorecard.scoring.score import PeriodScores

Entities = NDArray[np.integer[Any]]
Rows = NDArray[np.intp]


def part(evaluation: Evaluation, entities: Entities) -> Evaluation:
    """The entities with these numbers, in all periods that they exist in.

    Scores, peers, ranks, notes and provenance are those of the whole; what is counted over entities is counted over these. A period
    in which none of them exists is not shown.
    """
    chosen = np.unique(entities)
    results = {label: _of(scores, chosen) for label, scores in evaluation.results.items()}
    shown = tuple(period for period in evaluation.shown if len(results[period.label]))
    return replace(
        evaluation,
        results=results,
        shown=shown or evaluation.shown,
        whole=evaluation.whole or evaluation,
        look_at_data=None if evaluation.look_at_data is None else lambda: evaluation.quality,
    )


def latest(evaluation: Evaluation) -> list[tuple[Period, PeriodScores, Rows]]:
    """Every entity once, where it was last: the periods from the last one back, each with the rows of those that no later one has."""
    seen = np.empty(0, dtype=np.int32)
    found = []
    for period, scores in reversed(list(evaluation.periods)):
        rows = np.flatnonzero(~np.isin(scores.table.entity, seen))
        seen = np.union1d(seen, scores.table.entity)
        found.append((period, scores, rows))
    return found


def _of(scores: PeriodScores, entities: Entities) -> PeriodScores:
    rows = np.flatnonzero(np.isin(scores.table.entity, entities))
    table = replace(
        scores.table,
        entity=scores.table.entity[rows],
        columns={name: rows_of(column, rows) for name, column in scores.table.columns.items()},
    )
    cells = {name: rows_of(cell, rows) for name, cell in scores.cells.items()}
    return replace(scores, table=table, at=scores.at[rows], cells=cells, blocks=())
