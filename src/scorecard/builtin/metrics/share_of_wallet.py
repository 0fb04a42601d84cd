"""Share of wallet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_column, a_metric, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Own revenue over what the customer spends in the category."""
    own = f"coalesce(sum({column(params.get('amount', 'amount'))}), 0)"
    spent = f"{params['of']}.value" if "of" in params else f"sum({column(params['spend'])})"
    return f"if_else({spent} > 0, {own} / {spent}, null)"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Exactly one way to say what the customer spends."""
    if ("of" in params) == ("spend" in params):
        yield Phrase("give either of, a metric with what the customer spends, or spend, a column with it")


TYPE = MetricType(
    id="share_of_wallet",
    title=Text({"en": "Share of wallet", "zh": "钱包份额"}),
    params=options(
        amount=a_column("amount", "The column with what the customer bought from us; amount unless given."),
        spend=a_column("spend", "The column with what it spends in the category, with anybody; added up as amount is."),
        of=a_metric("of", "The metric with what it spends in the category, where another source says so."),
    ),
    doc="""Which share of what a customer spends in the category it spends with us.

Own revenue / the customer's spending in the category (Keiningham et al., Harvard Business Review, October 2011).

It needs a record per purchase and, as a column or as another metric, what the customer spends in all: from a survey, a
tender, or an estimate for firms of its size. Who bought nothing has 0; where the spending is not known, or is 0, there is
no value. More than 100 % says that the estimate is too low.

Not where the spending is a guess: half of it wrong is half of the share wrong.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(value.WALLET_MAP, value.TRIAL_ORDER),
)
