"""Whole columns of numbers as people read them: letter for letter what `figures` makes of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.model.definition import Item, Rounding, Scorecard
from scorecard.report import figures, locale
from scorecard.scoring.bands import band_of
from scorecard.scoring.rounding import rounded, span_of

Numbers = Sequence[float | None]


def fixed(numbers: Numbers, decimals: int, language: str = "en") -> list[str]:
    """Numbers at so many decimals; nothing where there is none."""
    return _printed(_array(numbers), decimals, "half_up", language)


def points(numbers: Numbers, decimals: int, language: str = "en") -> list[str]:
    """Points with a true minus sign."""
    return [text.replace("-", figures.MINUS) for text in fixed(numbers, decimals, language)]


def gained(numbers: Numbers, decimals: int, language: str = "en") -> list[str]:
    """Points with their sign, none of them too few to show."""
    return [text if text.startswith(figures.MINUS) else f"+{text}" for text in points(numbers, decimals, language)]


def scores(numbers: Numbers, bands: Sequence[str | None], node: Item, scorecard: Scorecard, language: str = "en") -> list[str]:
    """Scores at the decimals of their definition, those that would leave their band at as many more as it takes."""
    array = _array(numbers)
    decimals = figures.decimals_of(node, scorecard.scale)
    texts = _printed(array, decimals, "half_up", language)
    starts = [band.start for band in scorecard.bands if band.start is not None]
    known = np.flatnonzero(~np.isnan(array))
    if starts:
        shown = rounded(array[known], Rounding(decimals=decimals), span_of(scorecard.scale))
        leaves = band_of(shown, starts, scorecard.scale) != band_of(array[known], starts, scorecard.scale)
        for place in known[leaves]:
            texts[place] = figures.score(float(array[place]), bands[place], node, scorecard, language)
    return texts


def bounds(low: Numbers, high: Numbers, decimals: int, language: str = "en") -> list[tuple[str, str] | None]:
    """Both ends, rounded away from each other; None where there is no gap between them."""
    least, most = _array(low), _array(high)
    apart = most - least >= 10.0**-figures.MOST_DECIMALS
    ends = (_printed(least, decimals, "floor", language), _printed(most, decimals, "ceiling", language))
    pairs = zip(apart, *ends, strict=True)
    return [(down, up) if gap else None for gap, down, up in pairs]


def _printed(array: NDArray[np.float64], decimals: int, mode: str, language: str) -> list[str]:
    shown = rounded(array, Rounding(decimals=decimals, mode=mode), 1.0) + 0.0
    texts = [locale.number(f"{number:,.{max(decimals, 0)}f}", language) for number in shown.tolist()]
    for place in np.flatnonzero(np.isnan(array)):
        texts[place] = ""
    for place in np.flatnonzero(np.abs(shown) >= figures.LARGE):
        texts[place] = figures.fixed(float(shown[place]), decimals, language)
    return texts


def _array(numbers: Any) -> NDArray[np.float64]:
    return np.array([np.nan if number is None else number for number in numbers], dtype=np.float64)
