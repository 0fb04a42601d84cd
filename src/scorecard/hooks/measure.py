"""A metric type in a scorecard: the measure that its formula template gives for the params written there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.hooks.contracts import MetricType


def measure_of(type: MetricType, params: Mapping[str, Any]) -> str:
    """The text of the measure; ValueError where the type is a function over records, or its template gives no text."""
    if type.formula is None:
        raise ValueError(f"metric type {type.id} is a function")
    text = type.formula(params)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"metric type {type.id} gave no formula")
    return text
