"""Customer acquisition cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_column, a_metric, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What was spent over how many customers it won."""
    spent = f"sum({column(params.get('amount', 'amount'))})"
    won = f"{params['of']}.value" if "of" in params else f"count_distinct({column(params['who'])})"
    return f"{spent} / {won}"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Exactly one way to count the customers won."""
    if ("of" in params) == ("who" in params):
        yield Phrase("give either of, a metric that counts new customers, or who, a column with the customer that was won")


TYPE = MetricType(
    id="cac",
    title=Text({"en": "Customer acquisition cost", "zh": "客户获取成本"}),
    params=options(
        amount=a_column("amount", "The column with what was spent; amount unless given."),
        of=a_metric("of", "The metric that counts the new customers."),
        who=a_column("who", "The column that says which customer a record of spending won; blank where it won nobody."),
    ),
    doc="""What it costs to win a customer, in money.

What was spent on marketing and sales in the window / customers won in it (Farris et al., Marketing Metrics, chapter 5).

It needs a record per spending, and either the metric `of` that counts new customers or a column that says whom a record
won. Where nobody was won, or nothing is known of spending, there is no value.

Not where winning a customer takes longer than the window: then the spending of one period wins the customers of the next,
so give a longer `window` to both.""",
    formula=formula,
    check=check,
    unit=Phrase("money"),
    better="lower",
    actions=(value.CUT_WEAK_CHANNELS, value.MORE_FROM_LEADS),
)
