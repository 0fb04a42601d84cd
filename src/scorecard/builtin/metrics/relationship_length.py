"""Length of a relationship."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import relationship
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

DAYS_IN_A_YEAR = 365.25


def formula(params: Mapping[str, Any]) -> str:
    """Years from the first record to the last, of several customers the mean."""
    at = column(params.get("at", "ordered_at"))
    years = f"days_between(min({at}), max({at})) / {DAYS_IN_A_YEAR}"
    return f"mean({years}, each={column(params['who'])})" if "who" in params else years


TYPE = MetricType(
    id="relationship_length",
    title=Text({"en": "Relationship length", "zh": "关系长度"}),
    params=options(
        at=a_column("at", "The column with the moment of an order, a contract, a visit; ordered_at unless given."),
        who=a_column("who", "The column that says which customer a record is of, where an entity has many."),
    ),
    doc="""Over how many years a customer has dealt with the company.

Days from the first record to the last / 365.25; with `who` the mean over customers. Length, breadth and depth are the
three sides of a relationship in Bolton, Lemon and Verhoef (Journal of the Academy of Marketing Science 32, 2004).

It needs a record per order, contract or visit, and `window: all`, since a shorter one cuts the relationship off. One
record alone gives 0, no record no value.

Not to tell whether a customer is still there: that is inactivity_days, and tenure counts from the day of the contract.""",
    formula=formula,
    unit=Phrase("years"),
    actions=(relationship.FIRST_YEAR_PLAN, relationship.YEARLY_REVIEW),
)
