"""Straight from worst to target in the logarithm of the value."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import numpy as np

from scorecard.model.state import Reason
from scorecard.scoring.arrays import Array, Flags, Num, Reasons
from scorecard.scoring.curves import straight
from scorecard.scoring.curves.at import At, Ends


def score(value: Array, at: At) -> tuple[Array, Reasons]:
    """Scores and reasons, [n]: (log value - log worst) / (log target - log worst) of the scale, flat beyond the ends.

    Numbers at or below zero are out of order; a value at or below zero is beyond the lower end.
    """
    scores, reasons = straight.score(_log(value, -np.inf), _logarithmic(at))
    unfit = np.broadcast_to(_not_positive(at.worst) | _not_positive(at.target), value.shape)
    if unfit.any():
        scores = np.where(unfit, np.nan, scores)
        reasons = np.where(unfit, np.int8(Reason.NUMBERS_OUT_OF_ORDER), reasons)
    return scores, reasons


def inverse(score: Num, at: At, near: Num | None = None) -> Array:
    """The value that earns at least the score, nearest to worst where flat; NaN where none does."""
    logarithmic = _logarithmic(at)
    found = np.exp(straight.inverse(score, logarithmic, None if near is None else _log(np.asarray(near), -np.inf)))
    for end in (*_parts(at.worst), *_parts(at.target)):
        at_end = np.asarray(np.abs(found / np.where(np.asarray(end) > 0, end, np.nan) - 1) < 1e-14)
        found = np.where(at_end, end, found)
    return found


def _logarithmic(at: At) -> At:
    return replace(at, worst=_logs(at.worst), target=_logs(at.target), thresholds=())


def _logs(ends: Ends) -> Ends:
    if isinstance(ends, tuple):
        return _log(np.asarray(ends[0]), np.nan), _log(np.asarray(ends[1]), np.nan)
    return None if ends is None else _log(np.asarray(ends), np.nan)


def _log(x: Array, otherwise: float) -> Array:
    """The logarithm; `otherwise` at or below zero, NaN for NaN."""
    return np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), np.where(np.isnan(x), np.nan, otherwise))


def _parts(ends: Ends) -> tuple[Num, ...]:
    return () if ends is None else ends if isinstance(ends, tuple) else (ends,)


def _not_positive(ends: Ends) -> Flags:
    return np.asarray(reduce(np.logical_or, (np.asarray(end) <= 0 for end in _parts(ends)), np.asarray(False)))
