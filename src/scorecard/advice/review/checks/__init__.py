"""What a review looks for: one module per check, all of them in one mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from scorecard.advice.review.case import Case
from scorecard.advice.review.checks import (
    always,
    bunching,
    coverage,
    dead,
    dominance,
    objectives,
    prediction,
    spread,
    stale,
    together,
    unreached,
)
from scorecard.advice.review.finding import Found

CHECKS: Mapping[str, Callable[[Case], Iterable[Found]]] = {
    "spread": spread.find,
    "always": always.find,
    "together": together.find,
    "coverage": coverage.find,
    "stale": stale.find,
    "dominance": dominance.find,
    "dead": dead.find,
    "bunching": bunching.find,
    "prediction": prediction.find,
    "objectives": objectives.find,
    "unreached": unreached.find,
}
