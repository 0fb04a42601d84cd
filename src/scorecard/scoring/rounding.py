"""The one place of all rounding: the tidy-up before every comparison, `round:` of a node, and printed columns that add up."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from scorecard.model.definition import Rounding, Scale
from scorecard.scoring.arrays import Array, Flags, Num

TIDY_DIGITS = 9
_NEAR = 16
"""doubles to either side of half a unit, among which the first that is rounded up must be"""
_EXACT = 1e15
"""below it a double holds every decimal of that many digits, so counting in units finds the decimal that was meant"""


def span_of(scale: Scale) -> float:
    """The length of a scale, which the tidy-up is measured in; 1 for an open scale."""
    return 1.0 if scale.low is None or scale.high is None else scale.high - scale.low


def tidy(x: Num, span: float) -> Array:
    """The nearest decimal at 1e-9 of the span (at the power of ten below it), so that 59.99999999999 compares as 60.

    Any shape; NaN stays NaN. Numbers too large for that many digits are tidied at their fifteenth.
    """
    return _by_magnitude(np.asarray(x, dtype=np.float64), tidy_digits(span), 0, _nearest)


def reaching(x: Num, goal: Num, span: float) -> Flags:
    """Whether numbers are at a goal or above it, both tidied up. Any shape; NaN reaches nothing, and nothing reaches NaN."""
    if np.ndim(goal) == 0 and (least := _least(float(goal), span)) is not None:
        return np.asarray(x >= least)
    return np.asarray(tidy(x, span) >= tidy(goal, span))


@lru_cache(maxsize=4096)
def _least(goal: float, span: float) -> float | None:
    """The least number that is tidied to a goal or above it: one comparison then does for many numbers. None where it is not near."""
    tidied = tidy(goal, span)
    edge = np.asarray(tidied - 0.5 / 10.0 ** tidy_digits(span))
    if not np.isfinite(edge) or edge == tidied:
        return None
    near = np.sort((edge.view(np.int64) + np.arange(-_NEAR, _NEAR + 1)).view(np.float64))
    reached = tidy(near, span) >= tidied
    return float(near[np.argmax(reached)]) if reached[-1] and not reached[0] else None


def rounded(x: Num, how: Rounding, span: float, ends: tuple[float, float] = (-math.inf, math.inf)) -> Array:
    """A score rounded in base ten, after the tidy-up; the result is the double nearest to the decimal.

    All numbers lie between the `ends`; knowing them spares looking. half_up takes halves away from zero and half_even to the
    even digit; down goes toward zero and up away from it. `binary` scales, rounds and divides in doubles, as JavaScript's
    Math.round(x * 10 ** d) / 10 ** d does.
    """
    x = np.asarray(x, dtype=np.float64)
    if how.binary:
        return _in_doubles(x, how)

    def round_at(x: Array, digits: int) -> Array:
        units = _units(x, digits)
        if digits > how.decimals:
            units /= 10.0 ** (digits - how.decimals)
            units = _half_up(units, ends[0]) if how.mode == "half_up" else _MODES[how.mode](units)
        return _from_units(units, min(digits, how.decimals))

    return _by_magnitude(x, tidy_digits(span), max(how.decimals, 0), round_at, ends)


def largest_remainder(parts: Array, decimals: int, total: Num) -> Array:
    """Parts rounded so that the printed column adds up to the printed total: the largest remainders are rounded up.

    `parts` is [m] or [m, n], `total` one number or [n]. NaN parts stay NaN and take no share; equal remainders go to the first.
    """
    parts = np.asarray(parts, dtype=np.float64)
    present = ~np.isnan(parts)
    exact = tidy(np.where(present, parts, 0.0) * 10.0**decimals, 1.0)
    units = np.floor(exact)
    count = np.maximum(present.sum(axis=0), 1)
    short = np.rint(np.asarray(total) * 10.0**decimals) - units.sum(axis=0)
    each, rest = np.divmod(short, count)
    remainder = np.where(present, exact - units, -np.inf)
    order = np.argsort(-remainder, axis=0, kind="stable")
    place = np.argsort(order, axis=0, kind="stable")
    return np.where(present, _from_units(units + each + (place < rest), decimals), np.nan)


def tidy_digits(span: float) -> int:
    return max(TIDY_DIGITS - math.floor(math.log10(span) + 1e-12), 0)


def _by_magnitude(
    x: Array, digits: int, least: int, work: Callable[[Array, int], Array], ends: tuple[float, float] = (-math.inf, math.inf)
) -> Array:
    """`work` at `digits` decimals; at fewer, down to `least`, for the rows whose numbers are too large for that many."""
    flat = x.reshape(-1)
    limit = _EXACT / 10.0**digits
    if -limit < ends[0] and ends[1] < limit:
        return work(flat, digits).reshape(x.shape)
    if np.fmax.reduce(flat, initial=0.0) < limit and np.fmin.reduce(flat, initial=0.0) > -limit:
        return work(flat, digits).reshape(x.shape)
    large = np.abs(flat) >= limit
    left = large if digits > 0 else np.isinf(flat)
    result = work(np.where(large if digits > least else left, 0.0, flat), digits)
    if digits > least:
        result[large] = _by_magnitude(flat[large], digits - 1, least, work)
    else:
        result[left] = flat[left]
    return result.reshape(x.shape)


def _nearest(x: Array, digits: int) -> Array:
    return _from_units(_units(x, digits), digits)


def _units(x: Array, digits: int) -> Array:
    """Numbers as whole units of that many digits, in an array of their own."""
    units = x * 10.0**digits
    return np.rint(units, out=units)


def _from_units(units: Array, digits: int) -> Array:
    """Whole units back to a number, in place; powers of ten are exact, so one division or product gives the nearest double."""
    return np.divide(units, 10.0**digits, out=units) if digits >= 0 else np.multiply(units, 10.0**-digits, out=units)


def _half_up(x: Array, least: float = -math.inf) -> Array:
    """Of numbers far below the largest that has a half beside it, which is what is rounded here; in place where none is negative."""
    if least < 0 and np.fmin.reduce(x, initial=0.0) < 0:
        return np.copysign(np.floor(np.abs(x) + 0.5), x)
    x += 0.5
    return np.floor(x, out=x)


_MODES: dict[str, Callable[[Array], Array]] = {
    "half_up": _half_up,
    "half_even": np.rint,
    "down": np.trunc,
    "up": lambda x: np.copysign(np.ceil(np.abs(x)), x),
    "floor": np.floor,
    "ceiling": np.ceil,
}


def _math_round(x: Array) -> Array:
    """JavaScript's Math.round: halves go up, toward plus infinity."""
    whole = np.floor(x)
    return whole + (x - whole >= 0.5)


def _in_doubles(x: Array, how: Rounding) -> Array:
    factor = 10.0**how.decimals
    large = np.abs(x) >= _EXACT
    mode = _math_round if how.mode == "half_up" else _MODES[how.mode]
    return np.where(large, x, mode(np.where(large, 0.0, x) * factor) / factor)
