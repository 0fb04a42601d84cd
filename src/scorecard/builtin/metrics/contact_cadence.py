"""Planned visits and calls that were made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import relationship
from scorecard.builtin.metrics.done import day
from scorecard.builtin.metrics.wording import a_column, column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Of the planned contacts the share that was made, in time where a limit is given."""
    planned, done = column(params.get("planned", "planned_at")), column(params.get("done", "done_at"))
    made = f"not is_null({done}) and {done} < window.end"
    if "within" in params:
        late = f"{day(params.get('done', 'done_at'))} - {day(params.get('planned', 'planned_at'))}"
        made += f" and {late} <= {number(params['within'])}"
    return f"share({made}, where=not is_null({planned}))"


TYPE = MetricType(
    id="contact_cadence",
    title=Text({"en": "Contact cadence", "zh": "回访及时率"}),
    params=options(
        planned=a_column("planned", "The column with the moment a visit or call was planned for; planned_at unless given."),
        done=a_column("done", "The column with the moment it was made, blank where it was not; done_at unless given."),
        within={
            "type": "number",
            "minimum": 0,
            "title": "within",
            "description": "How many days late, by the calendar, a contact still counts as made; any before the window's end unless given.",
        },
    ),
    doc="""Which share of the planned visits and calls was made, and made in time.

Made / planned: contacts with a moment in `done` before the window's end over those with one in `planned`. With `within` a
later one counts as not made; one made ahead of its plan counts. Calls made against calls due is one of the input measures
of a sales force (Jobber and Lancaster, Selling and Sales Management, on evaluation).

It needs a record per planned contact, at best with `time: planned_at`, and a scorecard with a `period`. With nothing
planned there is no value. Leave out what was called off by `where: status != "cancelled"`, one kind of contact by
`where: kind == "visit"`.

Not to reward many contacts: it says whether plans were kept, not whether they were any good.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(relationship.MAKE_UP_VISITS, relationship.BLOCK_CONTACT_DAY),
)
