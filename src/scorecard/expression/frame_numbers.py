"""Arithmetic on columns of numbers that treats null alike on every engine: what each function over one row is made of."""

from __future__ import annotations

import sys
from functools import reduce

import narwhals as nw

_GREATEST = sys.float_info.max


def definite(condition: nw.Expr) -> nw.Expr:
    return condition.fill_null(False)


def only(condition: nw.Expr, then: nw.Expr) -> nw.Expr:
    return nw.when(definite(condition)).then(then)


def where(condition: nw.Expr, then: nw.Expr, otherwise: float) -> nw.Expr:
    return nw.when(definite(condition)).then(then).otherwise(nw.lit(otherwise))


def finite(number: nw.Expr) -> nw.Expr:
    return only(number.abs() <= _GREATEST, number)


def mean_of(numbers: list[nw.Expr]) -> nw.Expr:
    total, count = _skipping(numbers)
    return total / only(count > 0, count)


def geomean_of(numbers: list[nw.Expr]) -> nw.Expr:
    """exp of the mean of the logarithms; zero where one is zero, null where one is negative."""
    total, count = _skipping([only(~x.is_null(), where(x > 0, x, 1.0).log()) for x in numbers])
    logarithm = total / only(count > 0, count)
    zero = reduce(lambda a, b: a | b, [definite(x == 0) for x in numbers])
    negative = reduce(lambda a, b: a | b, [definite(x < 0) for x in numbers])
    mean = only(~logarithm.is_null(), where(~logarithm.is_null(), logarithm, 0.0).exp())
    return only(~negative, nw.when(zero).then(nw.lit(0.0)).otherwise(mean))


def _skipping(numbers: list[nw.Expr]) -> tuple[nw.Expr, nw.Expr]:
    """The sum and the count of what is not null."""
    total = reduce(lambda a, b: a + b, [where(~x.is_null(), x, 0.0) for x in numbers])
    ones = [nw.when(x.is_null()).then(nw.lit(0.0)).otherwise(nw.lit(1.0)) for x in numbers]
    return total, reduce(lambda a, b: a + b, ones)


def round_half_up(x: nw.Expr, decimals: float) -> nw.Expr:
    """Half away from zero after a tidy at 1e-9, as `array.round_half_up`."""
    scale = 10.0 ** abs(decimals)
    wide = x.abs() * scale if decimals >= 0 else x.abs() / scale
    tidy = min(1e-9 * scale if decimals >= 0 else 1e-9 / scale, 1e-3)
    whole = (wide + (0.5 + tidy)).floor()
    size = whole / scale if decimals >= 0 else whole * scale
    return nw.when(definite(x < 0)).then(-size).otherwise(size)
