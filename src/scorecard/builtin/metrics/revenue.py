"""Revenue over the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The sum of the orders less what was paid back; 0 where nothing was sold."""
    amount = column(params.get("amount", "amount"))
    back = f" - coalesce(sum({column(params['refunds'])}), 0)" if "refunds" in params else ""
    return f"if_else(count() > 0, sum({amount}){back}, 0)"


TYPE = MetricType(
    id="revenue",
    title=Text({"en": "Revenue", "zh": "收入"}),
    params=options(
        amount=a_column("amount", "The column with what an order was worth, negative where it is a refund; amount unless given."),
        refunds=a_column("refunds", "The column with what was paid back of an order, as a positive number."),
    ),
    doc="""What was sold in the window, in money.

The sum of `amount`, less the sum of `refunds` where they have a column of their own: revenue net of returns and allowances
(IFRS 15, paragraphs 47 and B20 to B27). A refund that is a record with a negative amount is taken off as it is.

It needs a record per order, and one currency. An entity without orders sold for 0; with orders but no amount there is no
value. Refunds above sales give a negative revenue.

Not for orders that may still be cancelled: give `where: status == "paid"`, or what your system calls it.""",
    formula=formula,
    unit=Phrase("money"),
    actions=(value.REVIEW_ACCOUNT_PLAN, value.NEXT_BEST_OFFER),
)
