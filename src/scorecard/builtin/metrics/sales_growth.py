"""Growth of sales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import growth
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Now less then, over then; nothing where there was nothing to grow from."""
    sold = f"sum({column(params.get('amount', 'amount'))})"
    then = f"{params.get('than', 'previous')}({sold})"
    return f"if_else({then} > 0, coalesce({sold}, 0) / {then} - 1, null)"


TYPE = MetricType(
    id="sales_growth",
    title=Text({"en": "Sales growth", "zh": "销售增长率"}),
    params=options(
        amount=a_column("amount", "The column with what an order was worth; amount unless given."),
        than={
            "enum": ["previous", "year_ago"],
            "title": "than",
            "description": "previous: against the period before. year_ago: against the same period a year before. previous unless given.",
        },
    ),
    doc="""By how much sales grew against the period before, or the same period a year before.

(this period - that period) / that period (Farris et al., Marketing Metrics, chapter 4). `than: year_ago` takes the season
out; with `window: year` it is a year against the year before.

It needs a record per order, and a period. Who sold nothing now after having sold something shrank by 100 %. Where nothing
was sold then, or refunds were above sales, there is no rate of growth and no value.

Not for new customers, who have nothing to grow from (give `applies_when`), nor for small sums, where one order doubles it.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(growth.FIND_WHAT_FELL, growth.NEW_NEED),
)
