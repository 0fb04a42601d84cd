"""Length of the sales cycle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import pipeline
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Days from the beginning of won opportunities to their end."""
    created, closed = column(params.get("created", "created_at")), column(params.get("closed", "closed_at"))
    won = f'{column(params.get("status", "status"))} == "won" and {closed} >= {created}'
    return f"{params.get('method', 'mean')}(days_between({created}, {closed}), where={won})"


TYPE = MetricType(
    id="sales_cycle",
    title=Text({"en": "Sales cycle", "zh": "销售周期"}),
    params=options(
        method={
            "enum": ["mean", "median"],
            "title": "method",
            "description": "mean, or median where a few take very long; mean unless given.",
        },
        created=a_column("created", "The column with the moment an opportunity came up; created_at unless given."),
        closed=a_column("closed", "The column with the moment it was decided; closed_at unless given."),
        status=a_column("status", "The column that says open, won or lost; status unless given."),
    ),
    doc="""How many days it takes to win an opportunity.

The mean, or the median, of the days from `created` to `closed` over the opportunities that were won: the time they take
through the pipeline (Farris et al., Marketing Metrics, on pipeline analysis). Lost ones do not count, since many are given
up long after they are dead.

It needs a record per opportunity, at best with `time: closed_at`. One without one of the two moments, or
won before it began, is left out. With nothing won there is no value.

Not to compare small deals with large ones: give each its own metric by `where`.""",
    formula=formula,
    unit=Phrase("days"),
    better="lower",
    actions=(pipeline.MUTUAL_PLAN, pipeline.SHORTEN_PAPERWORK),
)
