"""In how many random draws of the measured values a verdict stays: each value moved a little, as if measured anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scorecard.advice.certainty.draws import Draws
from scorecard.advice.certainty.strata import Rows
from scorecard.advice.certainty.weights import BATCH, MOST_TRIALS, at_most
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded, codes_of
from scorecard.model.plan import Plan, Value
from scorecard.model.state import State
from scorecard.scoring.arrays import Array, having
from scorecard.scoring.score import PeriodScores, tried


@dataclass(frozen=True, slots=True)
class Noise:
    """How far a measured value may be off, as the standard deviation: a part of the value, or so much in the metric's unit."""

    amount: float
    relative: bool

    def of(self, values: Array) -> Array:
        """The standard deviation of each value."""
        return np.abs(values) * self.amount if self.relative else np.full(values.shape, self.amount)


@dataclass(frozen=True, kw_only=True, eq=False)
class ByNoise:
    """In what share of `draws` draws each row of a period keeps its band, [n]; NaN for a row that was not asked for."""

    kept: Array
    draws: int
    noise: Mapping[str, Noise]


def moved(plan: Plan) -> tuple[str, ...]:
    """The metrics whose values come from records and are numbers; what is worked out from other metrics follows them."""
    return tuple(cell.step.metric for cell in plan.cells if isinstance(cell.step, Value) and cell.step.passes and not cell.step.choose)


def by_noise(evaluation: Evaluation, scores: PeriodScores, rows: Rows, noise: Mapping[str, Noise], draws: Draws) -> ByNoise:
    """The rows with every measured value moved by normal noise, draw by draw; in fewer draws where the period has many rows.

    A draw moves a metric by the same number of standard deviations for every row, so that a row's answer is its own whoever
    is asked about beside it.
    """
    bands = codes_of(scores.cells["total.band"])
    count = at_most(draws.count, MOST_TRIALS, len(scores))
    kept = np.full(len(scores), np.nan)
    places = {metric: place for place, metric in enumerate((*evaluation.scorecard.groups, *evaluation.scorecard.metrics), start=1)}
    deviations = {metric: draws.numbers(places[metric]).standard_normal(count) for metric in noise}
    step = max(BATCH // count, 1)
    for start in range(0, len(rows), step):
        mine = rows[start : start + step]
        values = {}
        for metric, how in noise.items():
            measured = _measured(scores, metric, mine)
            values[metric] = (measured[:, None] + how.of(measured)[:, None] * deviations[metric]).ravel()
        cells = tried(evaluation.plan, scores, np.repeat(mine, count), values, ("total.band",))
        kept[mine] = np.mean(codes_of(cells["total.band"]).reshape(len(mine), count) == bands[mine, None], axis=1)
    return ByNoise(kept=kept, draws=count, noise=noise)


def _measured(scores: PeriodScores, metric: str, rows: Rows) -> Array:
    """The values of rows where the metric was measured as a number, NaN elsewhere."""
    value = scores.cells[f"{metric}.value"]
    if isinstance(value, Coded) or (numbers := np.asarray(value)).dtype.kind != "f":
        return np.full(len(rows), np.nan)
    return np.where(having(np.asarray(scores.cells[f"{metric}.#state"])[rows], State.MEASURED), numbers[rows], np.nan)
