"""Delivery on time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import delivery
from scorecard.builtin.metrics.done import day
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The share of what was delivered that was on time, the due day included; what is overdue counts where it is asked for."""
    agreed, delivered = params.get("due", "due_on"), params.get("done", "done_on")
    due, done = column(agreed), column(delivered)
    in_time = f"{day(delivered)} <= {day(agreed)}"
    if params.get("overdue", "skip") == "skip":
        return f"share({in_time})"
    return f"share(coalesce({in_time}, false), where=not is_null({due}) and (not is_null({done}) or {due} < window.end))"


TYPE = MetricType(
    id="on_time_delivery",
    title=Text({"en": "On-time delivery", "zh": "按时交付率"}),
    params=options(
        due=a_column("due", "The column with the agreed day; due_on unless given."),
        done=a_column("done", "The column with the day of delivery; done_on unless given."),
        overdue={
            "enum": ["skip", "late"],
            "title": "overdue",
            "description": "What is not delivered and was due before the window's end. skip: it does not count. late: it is late. skip "
            "unless given.",
        },
    ),
    doc="""Which share of deliveries was on time.

On time / delivered; the agreed day itself is on time, whatever the hour (delivery performance to customer commit date,
RL.2.2 of the SCOR model). With `overdue: late`, what should have been delivered and is not counts
as late, so that nothing is gained by never delivering it.

It needs a record per delivery, project or milestone, with the agreed day: with `time: done_on` a period has what was
delivered in it, with `time: due_on` what should have been. One without an agreed day does not count. Where nothing was
delivered there is no value.

Not where days are agreed anew each time one is missed: keep the first.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(delivery.EXPEDITE_LATE, delivery.CAUSES_OF_DELAY),
)
