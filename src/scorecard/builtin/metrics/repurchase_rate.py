"""Repurchase rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import staying
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The share of customers with a second purchase."""
    return f"share(count() >= {params.get('purchases', 2)}, each={column(params.get('who', 'account_id'))})"


TYPE = MetricType(
    id="repurchase_rate",
    title=Text({"en": "Repurchase rate", "zh": "重复购买率"}),
    params=options(
        who=a_column("who", "The column that says which customer a purchase is of; account_id unless given."),
        purchases={
            "type": "integer",
            "minimum": 2,
            "title": "purchases",
            "description": "How many purchases make a customer one who came back; 2 unless given.",
        },
    ),
    doc="""Which share of the customers who bought at all bought again.

Customers with two purchases or more in the window / customers with one or more: the share of repeat buyers (Ehrenberg,
Repeat-Buying, 1972). Two records on one day are two purchases.

It needs a record per purchase and entities that have many customers; the entity's key must not contain `who`. A purchase
without a customer is left out. Without a purchase there is no value.

Not over a window shorter than the time between two purchases: give `window: year`, or `all`.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(staying.SECOND_PURCHASE, staying.REORDER_REMINDER),
)
