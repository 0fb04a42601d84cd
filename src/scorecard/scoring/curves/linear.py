"""One straight line from worst to target."""

from __future__ import annotations

from dataclasses import replace

from scorecard.scoring.arrays import Array, Num, Reasons
from scorecard.scoring.curves import straight
from scorecard.scoring.curves.at import At


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n]; pairs and flat peer groups as under straight lines."""
    return straight.score(value, replace(at, thresholds=()))


def inverse(score: Num, at: At, near: Num | None = None) -> Array:
    """The value that earns at least the score, nearest to worst where flat; NaN where none does."""
    return straight.inverse(score, replace(at, thresholds=()), near)
