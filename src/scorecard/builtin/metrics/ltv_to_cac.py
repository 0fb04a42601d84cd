"""Lifetime value against the cost of winning a customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import value
from scorecard.builtin.metrics.wording import a_metric, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """One metric over the other; nothing where winning a customer cost nothing."""
    return f"{params.get('ltv', 'clv')}.value / {params.get('cac', 'cac')}.value"


TYPE = MetricType(
    id="ltv_to_cac",
    title=Text({"en": "Lifetime value to acquisition cost", "zh": "生命周期价值与获客成本比"}),
    params=options(
        ltv=a_metric("lifetime value", "The metric with the value of a customer over its lifetime; clv unless given."),
        cac=a_metric("acquisition cost", "The metric with the cost of winning a customer; cac unless given."),
    ),
    doc="""How many times a customer brings back what it cost to win.

Customer lifetime value / customer acquisition cost. Below 1 every customer won is a loss; 3 is the usual mark for
subscription software (Skok, SaaS Metrics 2.0).

It needs the two metrics, both in the same money, the lifetime value at best with a `margin`, and no source. Where either
has no value, or the cost is 0, there is no value.

Not for single customers, whose cost nobody knows apart.""",
    formula=formula,
    unit=Phrase("times"),
    actions=(value.CUT_WEAK_CHANNELS, value.MORE_FROM_LEADS),
)
