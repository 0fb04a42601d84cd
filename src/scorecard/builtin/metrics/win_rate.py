"""Win rate of opportunities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import pipeline
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Won over won and lost, by number or by amount."""
    status = column(params.get("status", "status"))
    won, decided = f'{status} == "won"', f'{status} in ["won", "lost"]'
    if "amount" not in params:
        return f"count(where={won}) / count(where={decided})"
    amount = column(params["amount"])
    return f"coalesce(sum({amount}, where={won}), 0) / sum({amount}, where={decided})"


TYPE = MetricType(
    id="win_rate",
    title=Text({"en": "Win rate", "zh": "赢单率"}),
    params=options(
        status=a_column("status", "The column that says open, won or lost; status unless given."),
        amount=a_column("amount", "The column with what an opportunity is worth: count money instead of opportunities."),
    ),
    doc="""Which share of the decided opportunities was won.

Won / (won + lost), by number, or with `amount` by what they are worth: the strike rate of Jobber and Lancaster (Selling and
Sales Management, on evaluation). What is still open does not count.

It needs a record per opportunity, at best with `time: closed_at`, and a column whose words are open, won and lost (map
others with `values`). With nothing decided there is no value.

Not alone: who takes up only sure deals wins most of them.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(pipeline.LOSS_REVIEW, pipeline.QUALIFY_HARDER),
)
