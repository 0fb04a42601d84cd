"""Response rate of a survey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import satisfaction
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The share of what was sent that was answered."""
    sent, answered = column(params.get("sent", "sent_at")), column(params.get("answered", "answered_at"))
    return f"share(not is_null({answered}), where=not is_null({sent}))"


TYPE = MetricType(
    id="response_rate",
    title=Text({"en": "Response rate", "zh": "问卷回收率"}),
    params=options(
        sent=a_column("sent", "The column that is filled where a questionnaire was sent; sent_at unless given."),
        answered=a_column("answered", "The column that is filled where it was answered; answered_at unless given."),
    ),
    doc="""Which share of the questionnaires sent was answered.

Answered / sent, the response rate RR1 of the American Association for Public Opinion Research (Standard Definitions), with
every questionnaire sent taken for one that could be answered. What was answered without having been sent does not count.

It needs a record per questionnaire sent, with the moment of sending and, where there is one, of the answer; at best with
`time: sent_at`, so that each counts in the period it was sent in. Where none was sent there is no value.

Not for a period that has just ended: late answers still come in.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(satisfaction.ASK_SOONER, satisfaction.REMIND_ONCE),
)
