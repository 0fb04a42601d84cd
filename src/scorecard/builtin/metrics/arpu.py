"""Average revenue per customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_column, a_metric, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What was sold over the number of customers."""
    customers = f"{params['of']}.value" if "of" in params else f"count_distinct({column(params.get('who', 'account_id'))})"
    return f"sum({column(params.get('amount', 'amount'))}) / {customers}"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """One way to count customers."""
    if "of" in params and "who" in params:
        yield Phrase("give either of, a metric that counts customers, or who, a column with the customer")


TYPE = MetricType(
    id="arpu",
    title=Text({"en": "Average revenue per customer", "zh": "单客收入"}),
    params=options(
        amount=a_column("amount", "The column with what an order was worth; amount unless given."),
        who=a_column("who", "The column that says which customer an order is of; account_id unless given."),
        of=a_metric("of", "The metric that counts the customers, so that those who bought nothing count too."),
    ),
    doc="""What a customer brought in on average in the window, in money.

Revenue / customers, as telecommunications reports give it (OECD, Communications Outlook). With `who` the customers are those with
an order in the window; with `of` they are what that metric counts.

It needs a record per order, and entities that have many customers: a region, a manager, the whole portfolio (`key: []`).
Without an order, or without customers, there is no value.

Not to be set beside a figure per month: it is the sum of the window, whatever its length.""",
    formula=formula,
    check=check,
    unit=Phrase("money"),
    actions=(value.REVIEW_ACCOUNT_PLAN, value.BUNDLE),
)
