"""Gross revenue retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import staying
from scorecard.builtin.metrics.recurring import PARAMS, check, retained
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What is left at the end of what the customers at the start brought; nobody counts for more than it was."""
    return retained(params, growth=False)


TYPE = MetricType(
    id="grr",
    title=Text({"en": "Gross revenue retention", "zh": "毛收入留存"}),
    params=PARAMS,
    doc="""Which share of the recurring revenue of the customers there were at the start is left, growth not counted.

The sum of what each brings at the end, but at most what it brought at the start / the sum of what they brought: (opening -
contraction - churned) / opening (Mehta, Steinman and Murphy, Customer Success, 2016). It is never above 100 %.

It needs what nrr needs: contracts with `time: {from:, to:}` and what they bring, with `who` where an entity has many
customers, else the growth of one makes up for the loss of another; or sums. Without revenue at the start there is no value.

Not for sales that do not recur.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(staying.STOP_DOWNGRADES, staying.TERM_OFFER),
)
