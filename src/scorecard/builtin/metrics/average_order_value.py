"""Average order value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.sales import ORDER, orders
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What was sold over the number of orders; refunds lower the one and are none of the other."""
    amount = column(params.get("amount", "amount"))
    return f"sum({amount}) / {orders(params, f'{amount} > 0')}"


TYPE = MetricType(
    id="average_order_value",
    title=Text({"en": "Average order value", "zh": "客单价"}),
    params=options(
        amount=a_column("amount", "The column with what an order or a line of it was worth; amount unless given."),
        order=ORDER,
    ),
    doc="""What an order is worth on average, in money.

Revenue / number of orders, the monetary value of Fader, Hardie and Lee (Journal of Marketing Research 42, 2005). A record
with a negative amount is a refund: it lowers the revenue and is no order. With `order`, several lines are one order.

It needs a record per order, or per line. Without an order, or with refunds only, there is no value; refunds above sales
make it negative.

Not where a few orders are many times as large as the rest: there `median(amount)` says more about the usual one.""",
    formula=formula,
    unit=Phrase("money"),
    actions=(value.SMALL_ORDERS, value.BUNDLE),
)
