"""Complaints per hundred orders or customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import feedback
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Complaints times a hundred over orders, or over customers."""
    if "of" in params:
        return f"100 * count() / {params['of']}.value"
    complained = column(params["complaint"])
    if "who" not in params:
        return f"100 * share({complained})"
    who = column(params["who"])
    return f"100 * share(count(where={complained}) > 0, each={who})"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Exactly one way to tell complaints from what they are counted against."""
    if ("of" in params) == ("complaint" in params):
        yield Phrase("give either complaint, a column of the orders, or of, a metric that counts them")
    if "of" in params and "who" in params:
        yield Phrase("who belongs to complaint; a metric that counts customers is named by of")


TYPE = MetricType(
    id="complaint_rate",
    title=Text({"en": "Complaint rate", "zh": "投诉率"}),
    params=options(
        complaint=a_column("complaint", "The column that says of each order whether there was a complaint: yes or no."),
        who=a_column("who", "The column that says which customer an order is of, to count customers instead of orders."),
        of={
            "type": "string",
            "pattern": r"^[^\W\d]\w*$",
            "title": "of",
            "description": "The metric that counts orders or customers, where the source holds complaints only.",
        },
    ),
    doc="""How many complaints there are per hundred orders, or how many of a hundred customers complained.

With `complaint`, the source has a record per order and says of each whether there was a complaint: 100 × the share of
orders with one, or with `who` the share of customers with one. With `of`, the source has a record per complaint, and the
metric named there counts orders or customers: 100 × complaints / its value.

A source without a complaint by anybody in the window is taken for one that was not delivered, and the metric is missing.
An entity without orders has no value; one with orders and no complaint has 0.

Not as the only sign of quality: most customers who are unhappy never complain.""",
    formula=formula,
    check=check,
    unit=Phrase("per 100"),
    better="lower",
    actions=(feedback.MEET_ON_COMPLAINTS, feedback.REMOVE_THE_CAUSE),
)
