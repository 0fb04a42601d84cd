"""Score curves with two control points: 0.9 at `at90`, 0.5 at `at50`, falling off towards the worse side."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_Z90 = 1.2815515655446004
"""where the standard normal distribution reaches 0.9"""
_LN9 = float(np.log(9.0))
_SERIES_TERMS = 64
_FRACTION_TERMS = 80
_SPLIT = 2.0


def lognormal(value: Any, at90: Any, at50: Any) -> Any:
    """The complementary log-normal distribution through the two points.

    With S(v) = Phi(z), z linear in ln v: z(at50) = 0 and z(at90) = Phi^-1(0.9). At zero and below, the limit for v -> 0.
    Null where a point is not above zero or the two are equal.
    """
    sound = (at90 > 0) & (at50 > 0) & (at90 != at50)
    point = np.log(np.where(sound, at90, 2.0) / np.where(sound, at50, 1.0))
    above = np.where(value > 0, value, np.where(np.isnan(value), np.nan, 1.0))
    z = _Z90 * np.log(above / np.where(sound, at50, 1.0)) / point
    score = np.where(value <= 0, np.where(point < 0, 1.0, 0.0), normal_cdf(z))
    return np.where(sound, np.clip(score, 0.0, 1.0), np.nan)[()]


def logistic(value: Any, at90: Any, at50: Any) -> Any:
    """1 / (1 + exp(-k (v - at50))) with k = ln 9 / (at90 - at50); null where the two points are equal."""
    sound = at90 != at50
    steps = np.clip((value - at50) / np.where(sound, at90 - at50, 1.0), -300.0, 300.0)
    return np.where(sound, 1.0 / (1.0 + np.exp(-_LN9 * steps)), np.nan)[()]


def normal_cdf(z: Any) -> Any:
    """The standard normal distribution to about 1e-15: a power series near zero, a continued fraction in the tails."""
    x = np.abs(np.asarray(z, dtype=np.float64)) / np.sqrt(2.0)
    tail = np.where(x < _SPLIT, 1.0 - _erf_near(np.minimum(x, _SPLIT)), _erfc_far(np.maximum(x, _SPLIT))) / 2.0
    return np.where(np.asarray(z) > 0, 1.0 - tail, tail)


def _erf_near(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """erf x = 2/sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)); all terms positive (Abramowitz and Stegun 7.1.6)."""
    term = x.copy()
    total = x.copy()
    for n in range(1, _SERIES_TERMS):
        term = term * (2.0 * x * x / (2 * n + 1))
        total = total + term
    return np.asarray(2.0 / np.sqrt(np.pi) * np.exp(-x * x) * total)


def _erfc_far(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """erfc x = exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...)))) (Abramowitz and Stegun 7.1.14)."""
    fraction = x.copy()
    for n in range(_FRACTION_TERMS, 0, -1):
        fraction = x + (n / 2.0) / fraction
    return np.asarray(np.exp(-x * x) / np.sqrt(np.pi) / fraction)
