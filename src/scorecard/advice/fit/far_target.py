"""SC865: targets that lie far outside of what is observed, as where they are in another unit than the values."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.review.case import ENOUGH, Case
from scorecard.model.issue import Issue, Level

CODE = "SC865"
FAR = 3.0
"""ranges of the values, from the lowest to the highest, that a target may be away from them"""


def find(case: Case) -> Iterator[Issue]:
    """A single target that all rows share and that is farther off than the values could be stretched to."""
    for id in case.counted:
        rows = case.measured(id)
        values = rows.value[~np.isnan(rows.value)]
        targets = np.unique(np.concatenate([np.ravel(end) for end in rows.target]))
        if len(values) < ENOUGH or len(targets) != 1 or np.isnan(targets[0]):
            continue
        low, high, target = float(values.min()), float(values.max()), float(targets[0])
        if high > low and max(low - target, target - high) > FAR * (high - low):
            place = case.scorecard.places.get(("metrics", id, "target")) or case.scorecard.metrics[id].place
            told = {"target": f"{target:.6g}", "low": f"{low:.6g}", "high": f"{high:.6g}"}
            yield Issue(code=CODE, place=place, level=Level.WARNING, values={"of": (id,), "name": id, "count": f"{len(values):,}", **told})
