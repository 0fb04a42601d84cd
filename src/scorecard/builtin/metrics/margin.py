"""Gross margin over the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What is left of the orders after their cost, in money or as a share of them."""
    amount, cost = column(params.get("amount", "amount")), column(params.get("cost", "cost"))
    left = f"sum({amount} - {cost})"
    if params.get("method", "money") == "money":
        return left
    sold = f"sum({amount}, where=not is_null({cost}))"
    return f"if_else({sold} > 0, {left} / {sold}, null)"


TYPE = MetricType(
    id="margin",
    title=Text({"en": "Gross margin", "zh": "毛利"}),
    params=options(
        method={
            "enum": ["money", "share"],
            "title": "method",
            "description": "money: what is left. share: that over what was sold; give unit: percent beside it. money unless given.",
        },
        amount=a_column("amount", "The column with what an order was worth; amount unless given."),
        cost=a_column("cost", "The column with what it cost; cost unless given."),
    ),
    doc="""What is left of sales after the cost of what was sold, in money or as a share.

The sum of amount - cost; with `method: share` that over the sum of the amounts (Farris et al., Marketing Metrics,
chapter 3). An order without an amount or without a cost does not count in either sum, rather than look free.

It needs a record per order with both. Without one there is no value. A share of sales that are 0 or, by refunds, negative
means nothing: there is no value either. The margin itself may be negative.

Not for profit: what is not part of an order, such as service and sales work, is not taken off.""",
    formula=formula,
    unit=Phrase("money"),
    actions=(value.CHECK_DISCOUNTS, value.LOWER_COST_TO_SERVE),
)
