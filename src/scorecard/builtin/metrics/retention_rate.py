"""Customer retention rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import staying
from scorecard.builtin.metrics.staying import THERE_AT_END, share_at_the_end
from scorecard.builtin.metrics.wording import a_column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Of the customers at the start the share that is there at the end."""
    return share_at_the_end(params["who"], THERE_AT_END)


TYPE = MetricType(
    id="retention_rate",
    title=Text({"en": "Retention rate", "zh": "客户保留率"}),
    params=options(("who",), who=a_column("who", "The column that says which customer a record is of.")),
    doc="""Which share of the customers at the start is still there at the end.

(customers at the end - new ones) / customers at the start: those with a record that is open on the day before the window
and on its last day, over those with one open on the day before it. New customers change nothing, and someone whose
contract is followed by another stays.

It needs a source with `time: {from:, to:}`, a record per contract or subscription, and entities that have many customers:
a region, a manager, the whole portfolio (`key: []`). An entity that is a customer either stayed or left, so its key must
not contain `who`. Without customers at the start there is no value.

Not for shops without contracts, where nobody says when a customer has left.""",
    formula=formula,
    unit=Phrase("percent"),
    actions=(staying.ASK_WHY_THEY_LEFT, staying.SAVE_LIST),
)
