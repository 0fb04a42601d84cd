"""Closure of complaints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import feedback
from scorecard.builtin.metrics.done import done
from scorecard.builtin.metrics.wording import a_column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The share of complaints that is closed by the window's end."""
    return f"share({done(params.get('closed', 'closed_at'))})"


TYPE = MetricType(
    id="complaint_closure_rate",
    title=Text({"en": "Complaint closure rate", "zh": "投诉办结率"}),
    params=options(closed=a_column("closed", "The column with the end of a complaint; closed_at unless given.")),
    doc="""Which share of the complaints raised is closed.

Closed by the window's end / raised (ISO 10002, clause 8, asks to track complaints to their closing). One that was closed
later was open at that time and is judged so, however late the data are read.

It needs a record per complaint, at best with `time: opened_at`, so that each counts in the period it was raised in.
Without a complaint there is no value: nothing was left open, and nothing was closed.

Not as a sign that customers are content: a closed complaint is not a solved one. Set resolution_time and csat beside it.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(feedback.CLOSE_THE_OLDEST, feedback.RIGHT_TO_SETTLE),
)
