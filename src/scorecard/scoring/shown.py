"""The ends of a band as scores are shown: with the decimals of a rounding. Standard library only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from scorecard.model.definition import Rounding, Scale


def top_of(place: int, starts: Sequence[float], rounding: Rounding | None, scale: Scale) -> float:
    """The highest score that is shown as a band: 79.9 at one decimal below a band from 80; infinite for an open last band.

    ValueError without a rounding, and where no score at these decimals lies in the band.
    """
    if place + 1 == len(starts):
        return math.inf if scale.high is None else scale.high
    if rounding is None:
        raise ValueError("the highest score of a band needs decimals")
    top = before(starts[place + 1], rounding)
    if top < starts[place]:
        raise ValueError("no score at these decimals lies in the band")
    return top


def bottom_of(place: int, starts: Sequence[float], rounding: Rounding | None, scale: Scale) -> float:
    """The lowest score that is shown as a band; ValueError where no score at these decimals lies in it."""
    bottom = starts[place] if rounding is None else at_least(starts[place], rounding)
    end = starts[place + 1] if place + 1 < len(starts) else math.inf
    if bottom >= end or (scale.high is not None and bottom > scale.high):
        raise ValueError("no score at these decimals lies in the band")
    return bottom


def at_least(score: float, rounding: Rounding) -> float:
    """The lowest score at the decimals of a rounding that is not below another."""
    unit = Decimal(1).scaleb(-rounding.decimals)
    return float((Decimal(repr(score)) / unit).to_integral_value(ROUND_CEILING) * unit)


def before(score: float, rounding: Rounding) -> float:
    """The highest score at the decimals of a rounding that is below another."""
    unit = Decimal(1).scaleb(-rounding.decimals)
    return float(((Decimal(repr(score)) / unit).to_integral_value(ROUND_CEILING) - 1) * unit)
