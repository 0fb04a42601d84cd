"""What the metric types of waiting times have in common: their params."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scorecard.builtin.metrics.wording import a_column, options
from scorecard.builtin.metrics.working_calendar import CALENDAR, wrong
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind

PERCENTILE = 90


def params_with(until: str, column: dict[str, Any]) -> dict[str, Any]:
    """The schema of the params; `until` names the column with the end."""
    return options(
        (),
        method={
            "enum": ["mean", "median", "percentile"],
            "title": "method",
            "description": "Which of the times of an entity is its value; mean unless given.",
        },
        percentile={
            "type": "number",
            "exclusiveMinimum": 0,
            "exclusiveMaximum": 100,
            "title": "percentile",
            "description": "With method: percentile, how many of a hundred times are at most the value; 90 unless given.",
        },
        opened=a_column("opened", "The column with the beginning; opened_at unless given."),
        **{until: column},
        unfinished={
            "enum": ["skip", "so_far"],
            "title": "unfinished",
            "description": "What has no end yet. skip: it does not count. so_far: it counts up to the window's end. skip unless given.",
        },
        calendar=CALENDAR,
    )


def columns_with(until: str) -> Callable[[Mapping[str, Any]], Mapping[str, Kind]]:
    """The two moments that are read."""
    return lambda params: {
        params.get("opened", "opened_at"): Kind.MOMENT,
        params.get(until, f"{until}_at"): Kind.MOMENT,
    }


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """A percentile only where it is read, and a calendar that can be worked by."""
    if "percentile" in params and params.get("method") != "percentile":
        yield Phrase("percentile belongs to method: percentile")
    yield from wrong(params.get("calendar", {}))
