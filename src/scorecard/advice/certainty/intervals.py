"""How far one number of the definition may be moved, all others as written, before a verdict turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.advice.certainty.edges import around, edges
from scorecard.advice.certainty.searched import ends_that_keep
from scorecard.advice.certainty.solved import weights_that_keep
from scorecard.advice.certainty.strata import Rows, Stratum
from scorecard.advice.certainty.written import Key, numbers
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import codes_of
from scorecard.scoring.arrays import Array
from scorecard.scoring.score import PeriodScores


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Interval:
    """One number for each row, [n]: as written, between which ends the row keeps its band, and how far it may go at all.

    Where an end is as far as the number may go, the verdict does not turn that way. NaN for a row without such a number.
    """

    written: Array
    low: Array
    high: Array
    least: Array
    most: Array


def intervals(evaluation: Evaluation, scores: PeriodScores, strata: Sequence[Stratum], rows: Rows) -> dict[Key, Interval]:
    """For some rows with a band the interval of every weight and of every threshold of a metric, in the order of the rows.

    Worked out for the weights of plain weighted means; searched for elsewhere.
    """
    written = numbers(evaluation.plan, scores, rows)
    places = np.full(len(scores), -1, dtype=np.intp)
    places[rows] = np.arange(len(rows))
    bands = codes_of(scores.cells["total.band"])
    found = {
        key: Interval(written=number.written, low=number.least.copy(), high=number.most.copy(), least=number.least, most=number.most)
        for key, number in written.items()
    }
    still = {key: ~np.isnan(number.written) for key, number in written.items()}
    for stratum in strata:
        mine = np.flatnonzero(stratum.direct & (places[stratum.rows] >= 0))
        if not len(mine):
            continue
        here = places[stratum.rows[mine]]
        low, high = around(edges(evaluation.scorecard, stratum.variant.total), bands[stratum.rows[mine]])
        for node, ends in weights_that_keep(stratum, mine, low, high):
            key: Key = (node, ("weight",))
            found[key].low[here], found[key].high[here] = ends
            still[key][here] = False
    for key, (least, most) in ends_that_keep(evaluation, scores, rows, written, still).items():
        found[key].low[still[key]], found[key].high[still[key]] = least[still[key]], most[still[key]]
    return found
