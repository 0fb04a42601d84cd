"""Percentages and plain numbers mixed up: 85 where 85% is meant, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.definition.document import Where
from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import written as number
from scorecard.model.issue import Issue, Level

CODE = "SC831"
LEVEL = Level.WARNING
PERCENT = "percent"
SURELY_PERCENT = 10.0
"""a plain number above this, 1000 %, is hardly meant as a share"""
PERHAPS_PERCENT = 1.5
"""neither is one above this beside numbers written with a percent sign"""
_KEYS = ("worst", "target", "thresholds", "baseline")


def find(subject: Subject) -> Iterator[Issue]:
    entries = _entries(subject)
    for id, metric in subject.scorecard.metrics.items():
        found = [each for where, entry in entries[id] for key in _KEYS if key in entry for each in _written((*where, key), entry[key])]
        signed = [(where, text) for where, text in found if isinstance(text, str) and float(text[:-1]) != 0]
        plain = [(where, value) for where, value in found if not isinstance(value, str)]
        if metric.unit == PERCENT:
            limit = PERHAPS_PERCENT if signed else SURELY_PERCENT
            for where, value in plain:
                if abs(value) > limit:
                    values = {"name": id, "value": number(value), "percent": number(value * 100)}
                    yield subject.issue(CODE, LEVEL, where, id, **values)
        elif any(abs(value) > PERHAPS_PERCENT for _, value in plain) or (signed and _never_percent(subject, id)):
            for where, text in signed:
                values = {"name": id, "value": text, "share": number(float(text[:-1]) / 100), "unit": metric.unit or "number"}
                yield subject.issue(CODE, LEVEL, where, id, reason="signed", **values)


def _never_percent(subject: Subject, id: str) -> bool:
    """Whether the metric's type gives its values in a unit of its own, which no percent sign fits."""
    metric = subject.scorecard.metrics[id]
    kind = subject.registry.metric_types.get(metric.type or "")
    return kind is not None and kind.unit is not None and kind.unit == metric.unit


def _entries(subject: Subject) -> dict[str, list[tuple[Where, Mapping[str, Any]]]]:
    """What is written about each metric: at its own place, and in segments."""
    found: dict[str, list[tuple[Where, Mapping[str, Any]]]] = {
        id: [(("metrics", id), entry)] for id, entry in subject.data["metrics"].items()
    }
    for segment, changes in subject.data.get("segments", {}).items():
        for id, entry in changes.get("metrics", {}).items():
            found[id].append((("segments", segment, "metrics", id), entry))
    return found


def _written(where: Where, value: Any) -> Iterator[tuple[Where, Any]]:
    """Every number in a value: a number, or a text with a percent sign."""
    match value:
        case bool():
            return
        case int() | float():
            yield where, value
        case str() if value.endswith("%") and _is_number(value[:-1]):
            yield where, value
        case dict():
            for key, each in value.items():
                yield from _written((*where, key), each)
        case list():
            for at, each in enumerate(value):
                yield from _written((*where, at), each)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
