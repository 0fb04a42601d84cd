"""Playbooks: the recommendations of a definition, given where their conditions hold, each with the gap and what closing it would bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.levers import Lever, levers
from scorecard.evaluation.details import Detail, details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.ranking import ranks
from scorecard.expression.array import evaluate
from scorecard.expression.values import Truth, Value
from scorecard.model.definition import Recommendation
from scorecard.model.period import MONTHS_IN, Period, Window, months_before
from scorecard.model.state import State
from scorecard.scoring.score import PeriodScores

Rows = NDArray[np.intp]
_AWAY = (State.NOT_APPLICABLE, State.EXCLUDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """One recommendation for one entity; `lever` is what its metric at target would bring, None where nothing would."""

    recommendation: Recommendation
    row: int
    due: date | None
    lever: Lever | None


def advised(evaluation: Evaluation, period: Period, scores: PeriodScores, rows: Rows) -> list[tuple[Advised, ...]]:
    """What is recommended for each row: by priority, then by what it would bring, then as written.

    Nothing about what is excluded or does not apply.
    """
    given: list[list[Advised]] = [[] for _ in rows]
    if not evaluation.scorecard.recommendations:
        return [() for _ in rows]
    places = {int(row): place for place, row in enumerate(rows)}
    best = [_to_target(own) for own in levers(evaluation, scores, rows)]
    for detail in details(evaluation.plan, scores, rows):
        here = [places[int(row)] for row in detail.rows]
        for one in evaluation.plan.scorecard.recommendations.values():
            for at in np.flatnonzero(_holds(evaluation, scores, detail, one)).tolist():
                place = here[at]
                due = due_on(one, period, evaluation)
                given[place].append(Advised(recommendation=one, row=int(rows[place]), due=due, lever=best[place].get(one.of)))
    return [tuple(sorted(own, key=_order)) for own in given]


def due_on(one: Recommendation, period: Period, evaluation: Evaluation) -> date | None:
    """The day by which it is to be done; a stretch begins on the day as of which the data are read, else where the period ends."""
    if not isinstance(one.due, Window):
        return one.due
    if evaluation.provenance.as_of is not None:
        start = date.fromisoformat(evaluation.provenance.as_of[:10])
    elif period.last_day is not None:
        start = period.last_day
    else:
        start = date.fromisoformat(evaluation.provenance.made_at[:10])
    if one.due.unit in ("day", "week"):
        return start + timedelta(days=one.due.count * (7 if one.due.unit == "week" else 1))
    return months_before(datetime.combine(start, time()), -one.due.count * MONTHS_IN[one.due.unit]).date()


def _holds(evaluation: Evaluation, scores: PeriodScores, detail: Detail, one: Recommendation) -> NDArray[np.bool_]:
    def read(name: str) -> Value:
        if name.endswith(".rank"):
            places = ranks(evaluation, scores, name.removesuffix(".rank"))
            assert places is not None
            return places[detail.rows]
        value: Value = detail.block.read(name)
        return value

    truth = evaluate(one.when.tree, read, detail.block.rows)
    assert isinstance(truth, Truth)
    holds = np.broadcast_to(np.asarray(truth.holds), (detail.block.rows,))
    states = np.asarray(detail.block.cells[f"{one.of}.#state"])
    return holds & ~np.isin(states, [int(state) for state in _AWAY])


def _to_target(own: tuple[Lever, ...]) -> Mapping[str, Lever]:
    return {lever.metric: lever for lever in own if lever.goal == "target"}


def _order(one: Advised) -> tuple[int, float]:
    return (one.recommendation.priority, -abs(one.lever.gain) if one.lever else 0.0)
