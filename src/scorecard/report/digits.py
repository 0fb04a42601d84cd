"""Numbers for files: twelve significant digits, nothing where there is no number."""

from __future__ import annotations

from typing import Any

import numpy as np

from scorecard.expression.values import Coded, Truth

DIGITS = 12
_EXACT = 22
"""ten to this power is the largest that a double holds exactly"""


def twelve(numbers: Any) -> list[float | None]:
    """Numbers at twelve significant digits, which is all that two runs agree on; None for those that are not finite."""
    array = np.asarray(numbers, dtype=np.float64)
    finite = np.isfinite(array)
    known = np.where(finite & (array != 0), array, 1.0)
    places = DIGITS - 1 - np.floor(np.log10(np.abs(known))).astype(np.int64)
    plain = np.abs(places) <= _EXACT
    power = 10.0 ** np.abs(np.where(plain, places, 0))
    whole = np.rint(np.where(places >= 0, known * power, known / power))
    found = np.where(places >= 0, whole / power, whole * power)
    found = np.where(array == 0, 0.0, found)
    result: list[float | None] = found.tolist()
    for place in np.flatnonzero(~plain & finite):
        result[place] = float(f"{array[place]:.{DIGITS}g}")
    for place in np.flatnonzero(~finite):
        result[place] = None
    return result


def one(number: float | None) -> float | None:
    """One number at twelve significant digits."""
    return None if number is None else twelve([number])[0]


def facts(column: Any) -> list[Any]:
    """A column of texts, truths, moments or numbers as JSON knows it."""
    match column:
        case Coded():
            return list(column.decode())
        case Truth(holds, fails):
            return [True if yes else False if no else None for yes, no in zip(np.atleast_1d(holds), np.atleast_1d(fails), strict=True)]
    array = np.asarray(column)
    if array.dtype.kind == "M":
        return [None if np.isnat(moment) else _moment(moment) for moment in array]
    return twelve(array)


def _moment(moment: np.datetime64) -> str:
    return str(moment.astype("datetime64[s]")).removesuffix("T00:00:00")
