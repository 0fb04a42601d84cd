"""How often customers buy."""

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
    """The number of purchases, or of purchases per customer where an entity has many."""
    where = f"{column(params['amount'])} > 0" if "amount" in params else None
    bought = orders(params, where)
    if "who" not in params:
        return bought
    return f"{bought} / count_distinct({column(params['who'])}{f', where={where}' if where else ''})"


TYPE = MetricType(
    id="purchase_frequency",
    title=Text({"en": "Purchase frequency", "zh": "购买频率"}),
    params=options(
        who=a_column("who", "The column that says which customer a purchase is of, where an entity has many."),
        order=ORDER,
        amount=a_column("amount", "The column with what a purchase was worth, to leave out refunds: those not above 0."),
    ),
    doc="""How many times a customer bought in the window.

Purchases of the entity (the frequency of Fader, Hardie and Lee, Journal of Marketing Research 42, 2005); with `who`,
purchases / customers who bought. With `order`, several lines are one purchase; with `amount`, refunds and free orders are
none.

It needs a record per purchase. A customer without one bought 0 times. With `who` those who did not buy are not known, and
where nobody bought there is no value.

Not to compare windows of different length: a year has more purchases than a quarter.""",
    formula=formula,
    unit=Phrase("purchases"),
    actions=(value.ORDER_RHYTHM, value.REASON_TO_RETURN),
)
