"""How long a customer has been silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import staying
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Days from the last sign of life to the window's end."""
    at = column(params.get("at", "ordered_at"))
    return f"days_between(max({at}, where={at} < window.end), window.end)"


TYPE = MetricType(
    id="inactivity_days",
    title=Text({"en": "Inactive days", "zh": "未活跃天数"}),
    params=options(at=a_column("at", "The column with the moment of an order, a login, a call; ordered_at unless given.")),
    doc="""For how many days a customer has done nothing.

Days from the last record before the window's end to that end, with fractions where records have a time of day: the
recency of RFM (Hughes, Strategic Database Marketing, 1994), turned so that less is better. A record on the last day gives
1.

It needs a record per order, login or call, a `window` long enough to hold the last one, at best `window: all`, and a
scorecard with a `period`. Who never did anything in the window has no value.

Not for customers who buy once a year: judge those by their own rhythm.""",
    formula=formula,
    unit=Phrase("days"),
    better="lower",
    actions=(staying.CALL_SILENT, staying.WIN_BACK_OFFER),
)
