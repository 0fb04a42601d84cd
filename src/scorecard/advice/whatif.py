"""What if: the same entities under other values and numbers, beside what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.suppositions import Supposed, bands_under
from scorecard.evaluation.evaluation import Evaluation
from scorecard.expression.values import Coded
from scorecard.model.period import Period
from scorecard.scoring.score import PeriodScores, suppose


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the entities of one period would be if something were so; `scores` have a row for each of them as before."""

    supposed: Supposed
    evaluation: Evaluation
    period: Period
    before: PeriodScores
    after: PeriodScores

    @property
    def moved(self) -> NDArray[np.float64]:
        """Points by which each total would change, [n]; NaN where there is no score before or after."""
        return numbers(self.after, "total.score") - numbers(self.before, "total.score")


def what_if(evaluation: Evaluation, supposed: Supposed, period: str | None = None) -> Outcome:
    """The last period of an evaluation, or the one with this label, scored again under what is supposed; peers stay as they were."""
    one, before = next((one, scores) for one, scores in reversed(list(evaluation.periods)) if period in (None, one.label))
    changes = tuple(change for each in supposed if (change := each.change) is not None)
    values = {each.node: each.number for each in supposed if not each.key}
    bands, plan, scorecard = bands_under(supposed, evaluation.scorecard), evaluation.plan, evaluation.scorecard
    if bands != scorecard.bands:
        plan, scorecard = replace(plan, scorecard=replace(plan.scorecard, bands=bands)), replace(scorecard, bands=bands)
    after = suppose(plan, before, changes, values)
    changed = replace(evaluation, scorecard=scorecard, plan=plan, results={**evaluation.results, one.label: after})
    return Outcome(supposed=supposed, evaluation=changed, period=one, before=before, after=after)


def what_ifs(evaluation: Evaluation, every: Sequence[Supposed], period: str | None = None) -> list[Outcome]:
    """One outcome for each thing that is supposed."""
    return [what_if(evaluation, supposed, period) for supposed in every]


def numbers(scores: PeriodScores, cell: str) -> NDArray[np.float64]:
    """A kept cell as numbers, [n]."""
    return np.asarray(scores.cells[cell], dtype=np.float64)


def band_moves(outcome: Outcome) -> Mapping[tuple[str | None, str | None], int]:
    """How many entities go from one band to another; those that stay are counted too. None: no band."""
    found: dict[tuple[str | None, str | None], int] = {}
    before, after = (_bands(scores) for scores in (outcome.before, outcome.after))
    for pair in zip(before, after, strict=True):
        found[pair] = found.get(pair, 0) + 1
    return found


def _bands(scores: PeriodScores) -> list[str | None]:
    bands = scores.cells["total.band"]
    assert isinstance(bands, Coded)
    names = [*bands.categories, None]
    return [names[code] for code in bands.codes.tolist()]
