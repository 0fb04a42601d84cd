"""Yes-or-no items with points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import steering
from scorecard.builtin.metrics.wording import column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Points earned over points to be had, over all records, times a hundred."""
    earned, possible = [], []
    for name, points in params["items"].items():
        item = column(name)
        answered = "count()" if params.get("unanswered") == "no" else f"count({item})"
        earned.append(f"{number(points)} * count(where={item})")
        possible.append(f"{number(points)} * {answered}")
    return f"100 * ({' + '.join(earned)}) / ({' + '.join(possible)})"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Items that are worth something."""
    if not sum(params["items"].values()):
        yield Phrase("the points of the items are all 0")


TYPE = MetricType(
    id="checklist",
    title=Text({"en": "Checklist", "zh": "检查表得分"}),
    params=options(
        ("items",),
        items={
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "number", "minimum": 0},
            "title": "items",
            "description": "The columns with yes or no, each with the points a yes earns.",
        },
        unanswered={
            "enum": ["skip", "no"],
            "title": "unanswered",
            "description": "skip: a blank item does not count. no: it earns nothing. skip unless given.",
        },
    ),
    doc="""How much of a checklist is fulfilled, from 0 to 100: a service check, a site visit, a handover.

100 × points of all items answered yes / points of all items answered. A blank item does not count, or with `unanswered:
no` earns nothing. Several checks in the window are taken together.

It needs a record per check, with a column per item that says yes or no (是 or 否, true or false, 1 or 0). Without an
answered item there is no value.

Not for items that must never fail: write a rule on a metric of their own.""",
    formula=formula,
    check=check,
    unit=Phrase("points"),
    actions=(steering.OPEN_ITEMS, steering.QUICK_ITEMS),
)
