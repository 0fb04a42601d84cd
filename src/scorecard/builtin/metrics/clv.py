"""Customer lifetime value, the simple way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_column, column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

DAYS = 365


def formula(params: Mapping[str, Any]) -> str:
    """Mean purchase times purchases per year times years, of one customer."""
    amount = column(params.get("amount", "amount"))
    purchases = f"count({amount}) / (days_between(window.start, window.end) / {DAYS})"
    if "who" in params:
        purchases = f"{purchases} / count_distinct({column(params['who'])}, where=not is_null({amount}))"
    factors = [f"mean({amount})", purchases, number(_years(params["years"], params.get("discount", 0)))]
    if "margin" in params:
        factors.append(number(params["margin"]))
    return " * ".join(factors)


def _years(years: float, rate: float) -> float:
    """What a yearly sum of 1, paid at the end of each year, is worth today."""
    return years if not rate else round((1 - (1 + rate) ** -years) / rate, 12)


TYPE = MetricType(
    id="clv",
    title=Text({"en": "Customer lifetime value", "zh": "客户生命周期价值"}),
    params=options(
        ("years",),
        years={"type": "number", "exclusiveMinimum": 0, "title": "years", "description": "How many years a customer stays."},
        amount=a_column("amount", "The column with what a purchase was worth; amount unless given."),
        who=a_column("who", "The column that says which customer a purchase is of, where an entity has many."),
        margin={
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 1,
            "title": "margin",
            "description": "The share of a purchase that is earned.",
        },
        discount={
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "title": "discount rate",
            "description": "By how much a year later is worth less: 0.1 is 10 percent a year.",
        },
    ),
    doc="""What a customer brings over the years it stays, in money.

Mean purchase × purchases per year × years, times `margin` where it is given. With `discount` the years are worth
(1 - (1 + d) ^ -years) / d, the present value of a yearly sum (Farris et al., Marketing Metrics, chapter 5). A year has
365 days: purchases per year are those of the window over its days / 365.

It needs a record per purchase, and a window with a beginning: at best `window: year`. Without a purchase there is no
value. Where an entity has many customers, `who` makes it the value of one of them.

Not to forecast one customer: it takes for granted that buying goes on as it did. A new customer's purchases are spread
over the whole window.""",
    formula=formula,
    unit=Phrase("money"),
    actions=(value.GROW_THE_WORTH, value.NEXT_BEST_OFFER),
)
