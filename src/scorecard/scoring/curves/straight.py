"""Straight lines through worst, the thresholds and target."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Num, Reasons
from scorecard.scoring.curves.at import At
from scorecard.scoring.curves.lines import equal, reach, through


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n]. Which way is better follows from worst and target, row by row.

    A pair is a range: the score rises from the first worst to the first target, is best between the targets, and falls to
    the second worst; thresholds have no side there and do not bend it. A flat peer group scores the middle of the scale.
    """
    xs, ys = anchors(at)
    scores, reasons = through(value, xs, ys)
    if np.any(at.flat_peers):
        middle = (at.worst_score + at.best_score) / 2
        flat = np.broadcast_to(np.asarray(at.flat_peers) & equal(xs[0], xs[-1]) & np.isfinite(xs[0]), value.shape)
        scores = np.where(flat, np.where(np.isnan(value), np.nan, middle), scores)
        reasons = np.where(flat, np.int8(Reason.NONE), reasons)
    return scores, reasons


def inverse(score: Num, at: At, near: Num | None = None) -> Array:
    """The value that earns at least the score, nearest to worst where flat; NaN where none does.

    Of a range's two sides the first is meant, or, row by row, the one that the value `near` is on.
    """
    if isinstance(at.worst, tuple) and near is not None:
        low, high = at.worst
        left, right = at.target if isinstance(at.target, tuple) else (at.target, at.target)
        first = inverse(score, replace(at, worst=low, target=left, thresholds=()))
        second = inverse(score, replace(at, worst=high, target=right, thresholds=()))
        whole = inverse(score, at)
        return np.where(np.isnan(whole), np.nan, np.where(np.asarray(near) > (np.nan if right is None else right), second, first))
    return reach(score, *anchors(at), at)


def anchors(at: At) -> tuple[list[Num], list[Num]]:
    """The values and scores that the lines go through, from worst; a number that is not there is NaN."""
    if isinstance(at.worst, tuple):
        left, right = at.target if isinstance(at.target, tuple) else (at.target, at.target)
        return (
            [at.worst[0], _number(left), _number(right), at.worst[1]],
            [at.worst_score, at.best_score, at.best_score, at.worst_score],
        )
    target = np.nan if isinstance(at.target, tuple) else _number(at.target)
    return (
        [_number(at.worst), *(value for _, value in at.thresholds), target],
        [at.worst_score, *(score for score, _ in at.thresholds), at.best_score],
    )


def _number(number: Num | None) -> Num:
    return np.nan if number is None else number
