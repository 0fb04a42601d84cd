"""An earlier result of a scorecard, which nobody may fall behind by more than is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.gates import SHOWN, Judged
from scorecard.model.definition import Gate
from scorecard.model.formula import Formula, Literal
from scorecard.model.period import Period
from scorecard.model.text import Text

if TYPE_CHECKING:
    import pandas as pd

    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.scoring.score import PeriodScores

ID = "baseline"
_TIDY = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Baseline:
    """Scores of an earlier run by period, each a series over the parts of the key; the last period is the last one there was.

    `tolerance` is by how many points a score may be worse. `made_at` is when it was made.
    """

    scores: Mapping[str | None, pd.Series[float]]
    made_at: datetime
    tolerance: float = 0.0

    def judge(self, evaluation: Evaluation, period: Period, scores: PeriodScores) -> Judged:
        """Who is worse than before, against the same period where the baseline has it, else against its last.

        An entity that has no score any more cannot be judged; one that had none then, or is new, is not.
        """
        label = period.label if period.label in self.scores else list(self.scores)[-1]
        before = self.scores[label]
        now = np.asarray(scores.cells["total.score"], dtype=np.float64)
        keys = index([*evaluation.keys(scores).values()], len(now))
        places = before.index.get_indexer(keys)
        then = before.to_numpy(dtype=np.float64)[places]
        known = (places >= 0) & ~np.isnan(then)
        fall = now - then if evaluation.scorecard.scale.lower_is_better else then - now
        unknown = known & np.isnan(fall)
        fails = known & (fall > self.tolerance + _TIDY)
        return Judged(
            gate=self.gate(label),
            period=period,
            holds=int((known & ~unknown & ~fails).sum()),
            fails=int(fails.sum()),
            unknown=int(unknown.sum()),
            failing=_names(keys, fails),
            unjudged=_names(keys, unknown),
        )

    def gate(self, label: str | None) -> Gate:
        """What is asked, as a gate with a title."""
        of = f" of {label}" if label is not None else ""
        less = f" - {self.tolerance:.12g}" if self.tolerance else ""
        text = f"total.score >= baseline{of}{less}"
        return Gate(id=ID, require=Formula(text=text, tree=Literal(value=None)), title=Text.of(text))


def index(keys: list[NDArray[np.object_]], count: int) -> pd.MultiIndex:
    """The parts of the key as an index; a last part that is the same for all stands for a key without parts."""
    import pandas as pd

    return pd.MultiIndex.from_arrays([*keys, np.zeros(count, dtype=np.int8)])


def _names(keys: pd.MultiIndex, rows: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(" ".join(map(str, key[:-1])) for key in keys[rows][:SHOWN])
