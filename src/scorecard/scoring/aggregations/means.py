"""Weighted means of a power of the score; power 0 stands for the logarithm.

Points lost follow from slopes: with phi(x) = log x or x ** p, phi(best) - phi(F) = sum of share * (phi(best) - phi(s)), so
child i loses share * slope(best, s) / slope(best, F) for each of its points, where slope(a, b) = (phi(a) - phi(b)) / (a - b).
"""

from __future__ import annotations

import numpy as np

from scorecard.scoring.aggregations import Setting
from scorecard.scoring.aggregations.counting import added, counting, share
from scorecard.scoring.arrays import Array, Flags, Num
from scorecard.scoring.rounding import span_of

_NOTHING = 1e-12


def power_mean(scores: Array, weights: Array, power: float, at: Setting) -> Array:
    """The weighted mean of phi(score), brought back, [n]; NaN where nothing counts or a score that counts is negative."""
    counted, any_counts = counting(scores, weights)
    counts = counted > 0
    x = np.where(counts, _mapped(scores, at), 1.0)
    part = counted / np.where(any_counts, added(counted), 1.0)
    unit = _unit(x, counts, power)
    zero, negative = x == 0, (x < 0).any(axis=0)
    ratio = np.where(x > 0, x, unit) / unit
    if power == 0:
        mean = np.exp(added(part * np.log(ratio))) * unit
    else:
        powers = np.where(zero, 0.0, ratio**power)
        mean = np.where(any_counts, added(part * powers), 1.0)
        mean = np.where(mean > 0, mean, 0.0 if power > 0 else 1.0) ** (1 / power) * unit
    if power <= 0:
        mean = np.where((zero & counts).any(axis=0), 0.0, mean)
    return np.where(any_counts & ~negative, _mapped_back(mean, at), np.nan)


def power_pull(scores: Array, weights: Array, best: Num, combined: Array, power: float, at: Setting) -> Array:
    """Points of the group lost per point lost by each child, [k, n].

    `best` is what the scores are compared with: one number, [n], or [k, n] with a reference per child. A slope that has no
    end at zero is replaced by its limit: a group brought to zero by zeros hands its loss to them by weight, and a best of
    zero weighs a child by share * F / score.
    """
    part = share(scores, weights)
    counts = part > 0
    x = np.where(counts, _mapped(scores, at), 1.0)
    best = np.asarray(best, dtype=np.float64)
    whole = power_mean(np.where(counts, best, np.nan), weights, power, at) if best.ndim == 2 else best
    top = np.broadcast_to(_mapped(best, at), x.shape)
    top_whole = np.broadcast_to(_mapped(np.asarray(whole), at), combined.shape)
    result = np.broadcast_to(_mapped(combined, at), combined.shape)
    known = counts.any(axis=0) & ~np.isnan(combined)
    result, top_whole = np.where(known, result, 1.0), np.where(known, top_whole, 1.0)
    x, top = np.where(known, x, 1.0), np.where(known & counts, top, 1.0)
    unit = np.maximum(np.maximum(result, top_whole), np.maximum(x, top).max(axis=0))
    unit = np.where(unit > 0, unit, 1.0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        pulls = part * (_slope(top / unit, x / unit, power) / _slope(top_whole / unit, result / unit, power))
    if power <= 0:
        zeros = (x == 0) & counts
        stuck = zeros.any(axis=0)
        of_zeros = np.where(zeros, part, 0.0)
        pulls = np.where(stuck, of_zeros / np.where(stuck, added(of_zeros), 1.0) * top_whole / np.where(top > 0, top, 1.0), pulls)
        to_zero = (top_whole == 0) & ~stuck
        of_tops = np.where(to_zero & (top == 0), part, 0.0)
        pulls = np.where(to_zero, of_tops / np.where(to_zero, added(of_tops), 1.0) * result / np.where(x > 0, x, 1.0), pulls)
    return np.where(counts & known, np.where(np.isfinite(pulls), pulls, part), 0.0)


def _slope(a: Array, b: Array, power: float) -> Array:
    """(phi(a) - phi(b)) / (a - b), without loss of digits where a and b are close; the derivative where they are equal."""
    high, low = np.maximum(a, b), np.minimum(a, b)
    growth = low / high - 1
    relative = np.where(growth == 0, 1.0, growth)
    logs = np.log1p(relative)
    if power == 0:
        return np.where(growth == 0, 1.0, logs / relative) / high
    powers = np.where(low > 0, np.expm1(power * logs), -1.0 if power > 0 else np.inf)
    return np.where(growth == 0, power, powers / relative) * high ** (power - 1)


def _unit(x: Array, counts: Flags, power: float) -> Array:
    """What scores are measured in so that no power of them is too large: the greatest, or for a negative power the least."""
    positive = counts & (x > 0)
    if power >= 0:
        unit = np.where(positive, x, 0.0).max(axis=0)
    else:
        unit = np.where(positive, x, np.inf).min(axis=0)
    return np.where((unit > 0) & np.isfinite(unit), unit, 1.0)


def _mapped(scores: Array, at: Setting) -> Array:
    """The numbers whose mean is taken; what misses zero by the last digits of a sum is zero."""
    if at.on is None:
        x, span = scores, span_of(at.scale)
    else:
        worst, best = _ends(at)
        x, span = at.on[0] + (scores - worst) / (best - worst) * (at.on[1] - at.on[0]), abs(at.on[1] - at.on[0])
    return np.where(np.abs(x) < _NOTHING * span, 0.0, x)


def _mapped_back(x: Array, at: Setting) -> Array:
    if at.on is None:
        return x
    worst, best = _ends(at)
    return worst + (x - at.on[0]) / (at.on[1] - at.on[0]) * (best - worst)


def _ends(at: Setting) -> tuple[float, float]:
    if at.scale.worst is None or at.scale.best is None:
        raise ValueError("an open scale has no ends to map")
    return at.scale.worst, at.scale.best
