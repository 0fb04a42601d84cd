"""Weighted score of service checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import service
from scorecard.builtin.metrics.wording import column, number, options
from scorecard.hooks.contracts import Aspect, MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

FULL = 1


def formula(params: Mapping[str, Any]) -> str:
    """The mean of the checks' scores; a check in which an item failed that must not scores 0."""
    return f"mean({_check(params)})"


def aspects(params: Mapping[str, Any]) -> dict[str, Aspect]:
    """What each item reached."""
    parts = {name: f"100 * mean({column(name)}) / {number(_full(name, params))}" for name in params["items"]}
    return {"items": Aspect(title=Text({"en": "Items", "zh": "各项得分"}), parts=parts, unit=Phrase("points"))}


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Items that weigh something, settings of items that are checked."""
    if not sum(params["items"].values()):
        yield Phrase("the weights of the items are all 0")
    for key in ("fulls", "critical"):
        for name in params.get(key, ()):
            if name not in params["items"]:
                yield Phrase("{key} names '{name}', which is no item here", key=key, name=name)


def _check(params: Mapping[str, Any]) -> str:
    """The score of one check: its points by weight over those to be had; an item that does not apply is blank."""
    items = params["items"]
    earned = " + ".join(f"coalesce({column(name)}, 0) * {_factor(weight, name, params)}" for name, weight in items.items())
    possible = " + ".join(f"if_else(is_null({column(name)}), 0, {number(weight)})" for name, weight in items.items())
    score = f"100 * ({earned}) / ({possible})"
    if not params.get("critical"):
        return score
    failed = " or ".join(f"coalesce({column(name)} <= 0, false)" for name in params["critical"])
    return f"if_else({failed}, 0, {score})"


def _factor(weight: float, name: str, params: Mapping[str, Any]) -> str:
    full = _full(name, params)
    return number(weight) if full == 1 else f"{number(weight)} / {number(full)}"


def _full(name: str, params: Mapping[str, Any]) -> float:
    points: float = params.get("fulls", {}).get(name, params.get("full", FULL))
    return points


TYPE = MetricType(
    id="quality_check",
    title=Text({"en": "Service quality check", "zh": "服务质检得分"}),
    params=options(
        ("items",),
        items={
            "type": "object",
            "minProperties": 1,
            "maxProperties": 40,
            "additionalProperties": {"type": "number", "minimum": 0},
            "title": "items",
            "description": "The columns with the points of each item, each with its weight.",
        },
        full={
            "type": "number",
            "exclusiveMinimum": 0,
            "title": "full",
            "description": "The points of an item that is perfect; 1 unless given, so that yes or no is 1 or 0.",
        },
        fulls={
            "type": "object",
            "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
            "title": "fulls",
            "description": "The full points of items that have others.",
        },
        critical={
            "type": "array",
            "items": {"type": "string"},
            "title": "critical",
            "description": "Items that must not fail: with 0 points in one of them the whole check scores 0.",
        },
    ),
    doc="""How good service was in the checks made of it, from 0 to 100.

Of each check 100 × sum of weight × points / full points, over the weights of the items that were judged; then the mean of
the checks. A check with 0 points in a `critical` item scores 0, as the critical errors of the COPC Customer Experience
Standard do. `explain` shows the items from the best to the worst.

It needs a record per check (a call listened to, a ticket read) with a column of points per item. An item that does not
apply is blank and leaves its weight to the others; a check without a judged item does not count; without a check there is
no value.

Not to compare people who were checked a few times each: give `min_records`. For yes or no taken over all checks together
there is checklist.""",
    formula=formula,
    aspects=aspects,
    check=check,
    unit=Phrase("points"),
    actions=(service.COACH_THE_WEAK_ITEM, service.CALIBRATE),
)
