"""What became of the entities, to compare scores with: whether something came about, or a figure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorecard.advice.observed import Floats
from scorecard.advice.weighing.measured import counted_metrics
from scorecard.advice.weighing.outcome import outcome_of
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded, Truth
from scorecard.model.period import ALL_TIME
from scorecard.scoring.score import PeriodScores


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """`figures` are 1 and 0 where the outcome is a yes or no, [rows of the period that is compared]; NaN where it is not known.

    `scored` is the place of the period whose scores are compared, `known_in` the label of the one that the outcome is from.
    """

    name: str
    figures: Floats
    wanted: bool
    happens: bool
    """whether it is a yes or no"""
    scored: int
    known_in: str | None


def outcome_for(evaluation: Evaluation, text: str, *, wanted: bool) -> Outcome:
    """The outcome of the last period for the entities of the one before; of a single period for that period itself.

    `NAME=VALUE` is a yes or no, and so is `NAME` where there is nothing else; `NAME` of a column of numbers is a figure. Raises
    UsageError and InconclusiveError as `outcome_of`.
    """
    periods = list(evaluation.periods)
    period, last = periods[-1]
    numbers = _numbers(evaluation, last, text)
    if numbers is None:
        found = outcome_of(evaluation, last, text)
        numbers = np.where(found.known, found.happened.astype(np.float64), np.nan)
        name, happens = str(found), True
    else:
        name, happens = text.strip(), False
    scored = max(len(periods) - 2, 0)
    return Outcome(
        name=name,
        figures=_of(numbers, last, periods[scored][1]),
        wanted=wanted,
        happens=happens,
        scored=scored,
        known_in=None if period is ALL_TIME else period.label,
    )


def _numbers(evaluation: Evaluation, scores: PeriodScores, text: str) -> Floats | None:
    """The figures of a name alone, where it has more than two of them."""
    name = text.strip()
    if name in counted_metrics(evaluation.scorecard):
        return None
    column = scores.cells.get(f"{name}.value", scores.table.columns.get(f"entity.{name}"))
    if column is None or isinstance(column, Coded | Truth) or np.asarray(column).dtype.kind not in "fiu":
        return None
    found = np.asarray(column, dtype=np.float64)
    return found if len(np.unique(found[~np.isnan(found)])) > 2 else None


def _of(numbers: Floats, here: PeriodScores, there: PeriodScores) -> Floats:
    """The figures of one period for the entities of another; NaN for those that are not in both."""
    if here is there or not len(here):
        return numbers
    places = np.searchsorted(here.table.entity, there.table.entity).clip(max=len(here) - 1)
    same = here.table.entity[places] == there.table.entity
    found: Floats = np.where(same, numbers[places], np.nan)
    return found
