"""How far two values of a metric lie apart, as people read it."""

from __future__ import annotations

from scorecard.language.words import say
from scorecard.model.definition import Metric
from scorecard.report import figures


def difference(number: float, metric: Metric, language: str, digits: int | None = None) -> str:
    """A difference without its sign, with the metric's unit; of a `percent` in percentage points. `digits`: at so many significant ones."""
    size = abs(number) if digits is None else float(f"{abs(number):.{digits}g}")
    if metric.unit == "percent":
        return say("unit.percentage_points", language, number=figures.plain(size * 100, language=language))
    return figures.value(size, metric.unit, metric.decimals if digits is None else None, language)


def signed(number: float, metric: Metric, language: str, digits: int | None = None) -> str:
    """A difference with its sign."""
    sign = "+" if number > 0 else figures.MINUS if number < 0 else ""
    return f"{sign}{difference(number, metric, language, digits)}"
