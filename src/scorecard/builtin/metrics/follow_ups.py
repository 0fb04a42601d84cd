"""Follow-ups made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import people
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The number of activities that were done, or of what they were about."""
    done = f'{column(params.get("status", "status"))} == "done"'
    return f"count_distinct({column(params['what'])}, where={done})" if "what" in params else f"count(where={done})"


TYPE = MetricType(
    id="follow_ups",
    title=Text({"en": "Follow-ups", "zh": "跟单量"}),
    params=options(
        status=a_column("status", "The column that says planned, done or cancelled; status unless given."),
        what=a_column("what", "The column with what was followed up, such as account_id, to count each only once."),
    ),
    doc="""How many follow-ups somebody made: calls, visits, meetings, mails.

The number of activities whose `status` is done; with `what` the number of different customers, opportunities or orders they
were about. Calls made are the first input measure of a sales force (Jobber and Lancaster, Selling and Sales Management, on
evaluation).

It needs a record per activity, at best with `time: done_at`; for staff scorecards `key: [owner]`. Who did nothing has 0;
where nobody has a record in the window there is no value. One kind of activity is chosen by `where: kind == "visit"`.

Not alone: what is counted gets done, whether or not it helps.""",
    formula=formula,
    unit=Phrase("follow-ups"),
    actions=(people.PLAN_THE_WEEK, people.FREE_SELLING_TIME),
)
