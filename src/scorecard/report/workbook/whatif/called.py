"""How formulas name bands and states, and how these are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scorecard.model.state import State
from scorecard.report.labels import INSUFFICIENT, band_of
from scorecard.report.workbook.whatif.calculation import Calculation
from scorecard.scoring.rounding import span_of, tidy


def write_words(calculation: Calculation) -> None:
    """The bands and states by which formulas name them, and as they are called."""
    book, scorecard = calculation.book, calculation.scorecard
    started = [band for band in scorecard.bands if band.start is not None]
    others = [band.id for band in scorecard.bands if band.start is None]
    starts = tidy(np.array([band.start for band in started], dtype=np.float64), span_of(scorecard.scale)).tolist()
    ids = [band.id for band in started] + others + [INSUFFICIENT]
    titles = [band_of(scorecard, id, book.language) for id in ids]
    if scorecard.bands:
        _listed(calculation, "bands.id", ids, 0)
        _listed(calculation, "bands.title", titles, 1)
        _listed(calculation, "bands.start", starts, 2)
        calculation.next += len(ids) + 1
    states = [state.name.lower() for state in State]
    _listed(calculation, "states.id", states, 0)
    _listed(calculation, "states.title", [book.say(f"state.{state}") for state in states], 1)
    calculation.next += len(states) + 1


def _listed(calculation: Calculation, key: str, values: Sequence[Any], offset: int) -> None:
    if not values:
        return
    column = calculation.left + offset
    for row, value in enumerate(values, start=calculation.next):
        calculation.grid.put(row, column, value, calculation.book.quiet)
    calculation.grid.mark(key, (calculation.next, column, calculation.next + len(values) - 1, column))
