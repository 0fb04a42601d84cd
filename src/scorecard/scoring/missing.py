"""What a parent uses for a child without a score, and how much of its weight was measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scorecard.model.definition import Missing, Scale
from scorecard.model.state import State
from scorecard.scoring.arrays import Array, Flags, Num, having


def filled(
    score: Array, state: NDArray[np.int8], policy: Missing, scale: Scale, imputed: Array | None = None, worst: Num | None = None
) -> tuple[Array, Flags]:
    """The score the parent uses, [n] (NaN = the child does not count), and where the child leaves the parent without a score.

    not_applicable and excluded always skip. A filler fills only what is missing; failed under a filler is `no_score`, and so
    is a gap that no peer can fill. `worst` overrides the scale's worst score, which an open scale does not have.
    """
    away = having(state, State.NOT_APPLICABLE, State.EXCLUDED)
    failed = having(state, State.FAILED)
    gap = ~away & (failed | np.isnan(score))
    used = np.where(away | gap, np.nan, score)
    if policy.policy == "skip":
        return used, np.zeros(score.shape, dtype=bool)
    filler = _filler(policy, scale, imputed, worst)
    used = np.where(gap & ~failed, filler, used)
    return used, gap & np.isnan(used)


def _filler(policy: Missing, scale: Scale, imputed: Array | None, worst: Num | None) -> Num:
    match policy.policy:
        case "worst":
            found: Num | None = scale.worst if worst is None else worst
        case "score":
            found = policy.score
        case "impute":
            found = imputed
        case _:
            found = np.nan
    if found is None:
        raise ValueError(f"nothing to fill with under missing: {policy.policy}")
    return found


def coverage(child_coverages: Sequence[Num | Flags], weights: Array, applicable: Sequence[bool | Flags]) -> Array:
    """The share of the weight that was measured, [n] or one number: sum of weight times coverage over sum of weight.

    A coverage is one number, [n], or flags [n], weights are [k] or [k, n]. Children that do not apply or have weight 0, and groups of
    nothing else, are in neither sum; NaN where none is left.
    """
    shape = np.broadcast_shapes(*(np.shape(one) for one in (*child_coverages, *weights, *applicable)))
    above, below = np.zeros(shape), np.zeros(shape)
    for covered, weight, applies in zip(child_coverages, weights, applicable, strict=True):
        counted = weight if applies is True else np.where(applies, weight, 0.0)
        if (empty := np.isnan(covered)).any():
            counted = np.where(empty, 0.0, counted)
        part = counted * covered
        above += part if np.ndim(covered) == 0 or np.all(counted > 0) else np.where(counted > 0, part, 0.0)
        below += counted
    nothing = below <= 0
    return np.divide(above, below, out=np.full(shape, np.nan), where=~nothing) if nothing.any() else above / below
