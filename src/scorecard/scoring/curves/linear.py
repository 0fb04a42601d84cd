"""One straight line from worst to target."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Num, Reasons
from scorecard.scoring.curves import straight
from scorecard.scoring.curves.at import At
from scorecard.scoring.curves.lines import faults


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n]; pairs and flat peer groups as under straight lines.

    The share of the way from worst to target, times the scale: (value - worst) / (target - worst) * (best - worst score), in
    this order, which is how published indices write min-max, so that roundings in doubles (`binary`) agree with theirs.
    """
    plain = not isinstance(at.worst, tuple) and not isinstance(at.target, tuple) and at.worst is not None and at.target is not None
    if not plain or not at.closed or np.any(at.flat_peers):
        return straight.score(value, replace(at, thresholds=()))
    worst, target = np.asarray(at.worst, dtype=np.float64), np.asarray(at.target, dtype=np.float64)
    reasons = np.broadcast_to(faults((worst, target), (at.worst_score, at.best_score)), value.shape).astype(np.int8)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        part = np.clip((value - worst) / (target - worst), 0.0, 1.0)
        found = np.where(part == 1.0, at.best_score, part * (at.best_score - at.worst_score) + at.worst_score)
    return np.where(reasons == Reason.NONE, np.where(np.isnan(part), np.nan, found), np.nan), reasons


def inverse(score: Num, at: At, near: Num | None = None) -> Array:
    """The value that earns at least the score, nearest to worst where flat; NaN where none does."""
    return straight.inverse(score, replace(at, thresholds=()), near)
