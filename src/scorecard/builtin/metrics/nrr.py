"""Net revenue retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import staying
from scorecard.builtin.metrics.recurring import PARAMS, check, retained
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What the customers at the start bring at the end, over what they brought."""
    return retained(params, growth=True)


TYPE = MetricType(
    id="nrr",
    title=Text({"en": "Net revenue retention", "zh": "净收入留存"}),
    params=PARAMS,
    doc="""What has become of the recurring revenue of the customers there were at the start, growth included.

Their recurring revenue on the window's last day / their recurring revenue on the day before the window: (opening +
expansion - contraction - churned) / opening (Mehta, Steinman and Murphy, Customer Success, 2016). Customers won in the
window do not count, and above 100 % the old ones alone make the firm grow.

It needs a source with `time: {from:, to:}` and a record per contract with what it brings per month or year; with `who`
where an entity has many customers, so that a new customer does not make up for one that left. Or a record per customer
with sums for the whole window: `opening` and what moved. Without revenue at the start there is no value.

Not for sales that do not recur, and not alone: grr shows what growth hides.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(staying.STOP_DOWNGRADES, staying.EXPANSION_REVIEW),
)
