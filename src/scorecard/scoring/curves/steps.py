"""The score of the first step that covers the value."""

from __future__ import annotations

from functools import reduce

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Flags, Num, Reasons
from scorecard.scoring.curves.at import At


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n]; CURVE_DOES_NOT_COVER where no step covers the value. A value on an edge is on it after the tidy-up."""
    scores = np.full(value.shape, np.nan)
    open_rows = ~np.isnan(value)
    near = _nearness(at)
    for edge, inclusive, earned in at.steps:
        covered = open_rows & _covers(value, edge, inclusive, near)
        scores = np.where(covered, earned, scores)
        open_rows = open_rows & ~covered
    missing = np.broadcast_to(_missing(at), value.shape)
    reasons = np.where(open_rows, np.int8(Reason.CURVE_DOES_NOT_COVER), np.int8(Reason.NONE))
    return at.clamp(np.where(missing, np.nan, scores)), np.where(missing, np.int8(Reason.NUMBER_MISSING), reasons)


def inverse(score: Num, at: At) -> Array:
    """The value that earns at least the score, at the end of its step nearest to the worst step; NaN where no step does.

    The worst step is the last where the first scores better, else the first. An edge that the step leaves out is met just inside.
    """
    if not at.steps:
        return np.full(np.shape(score), np.nan)
    goal = np.asarray(score, dtype=np.float64)
    just_inside = 2 * _nearness(at)
    reached = [at.reaches(at.clamp(np.asarray(earned, dtype=np.float64)), goal) for _, _, earned in at.steps]
    falling = at.reaches(at.steps[0][2], at.steps[-1][2])
    from_above, from_below = np.full(goal.shape, np.nan), np.full(goal.shape, np.nan)
    for i, (edge, inclusive, _) in enumerate(at.steps):
        before, before_inclusive, _ = at.steps[i - 1] if i else (None, False, 0.0)
        upper = None if edge is None else edge if inclusive else edge - just_inside
        lower = None if before is None else before + just_inside if before_inclusive else before
        top = upper if upper is not None else lower if lower is not None else 0.0
        bottom = lower if lower is not None else top
        from_above = np.where(reached[i], top, from_above)
        from_below = np.where(reached[i] & np.isnan(from_below), bottom, from_below)
    return np.where(_missing(at), np.nan, np.where(falling, from_above, from_below))


def _covers(value: Array, edge: Num | None, inclusive: bool, near: Num) -> Flags:
    if edge is None:
        return np.ones(value.shape, dtype=bool)
    return np.asarray(value <= np.asarray(edge) + near if inclusive else value < np.asarray(edge) - near)


def _nearness(at: At) -> Num:
    """How near a value counts as on an edge: half of 1e-9 of the largest edge."""
    sizes = [np.abs(edge) for edge, _, _ in at.steps if edge is not None]
    largest = reduce(np.maximum, sizes, np.asarray(0.0))
    return 0.5e-9 * np.where(largest > 0, largest, 1.0)


def _missing(at: At) -> Flags:
    numbers = [number for edge, _, earned in at.steps for number in (edge, earned) if number is not None]
    return np.asarray(reduce(np.logical_or, (np.isnan(number) for number in numbers), np.asarray(False)))
