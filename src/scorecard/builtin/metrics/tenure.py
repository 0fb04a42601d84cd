"""How long customers have been customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import relationship
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

DAYS_IN_A_MONTH = 365.25 / 12


def formula(params: Mapping[str, Any]) -> str:
    """The mean number of months from the beginning to the window's end, or to an earlier end."""
    since, end = column(params.get("since", "created_at")), "window.end"
    if "until" in params:
        until = column(params["until"])
        end = f"if_else(is_null({until}), window.end, if_else({until} < window.end, {until}, window.end))"
    return f"mean(days_between({since}, {end}), where={since} < window.end) / {DAYS_IN_A_MONTH}"


TYPE = MetricType(
    id="tenure",
    title=Text({"en": "Tenure", "zh": "合作时长"}),
    params=options(
        since=a_column("since", "The column with the day somebody became a customer; created_at unless given."),
        until=a_column("until", "The column with the day somebody ceased to be one; blank while it lasts."),
    ),
    doc="""For how many months a customer has been one.

Days from `since` to the window's end, or to `until` where that is earlier, over 30.4375, the days of a month on average; of
several customers the mean. It is the age of a relationship, by which churn is studied since Bolton (Marketing Science 17,
1998).

It needs a record per customer with the day it became one, and a scorecard with a `period`. Who becomes a customer only
after the window has no value, nor has one whose day is blank.

Not where the date is that of the entry in a system: a migrated CRM makes all customers equally old.""",
    formula=formula,
    unit=Phrase("months"),
    actions=(relationship.FIRST_YEAR_PLAN, relationship.YEARLY_REVIEW),
)
