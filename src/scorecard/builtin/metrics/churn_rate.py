"""Customer churn rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.metrics.staying import share_at_the_end
from scorecard.builtin.metrics.wording import a_column, options
from scorecard.hooks.contracts import MetricType
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Of the customers at the start the share that is gone at the end."""
    return share_at_the_end(params["who"], there=False)


TYPE = MetricType(
    id="churn_rate",
    title=Text({"en": "Churn rate", "zh": "客户流失率"}),
    params=options(("who",), who=a_column("who", "The column that says which customer a record is of.")),
    doc="""Which share of the customers at the start is gone at the end: 1 less the retention rate.

Those with a record that is open on the day before the window and with none on its last day, over those with one open on
the day before it. Who leaves and comes back within the window has not left.

It needs a source with `time: {from:, to:}`, a record per contract or subscription, and entities that have many
customers; the entity's key must not contain `who`. Without customers at the start there is no value. For the share lost
to one reason, give the metric a `where` on open contracts or those that ended for it.

Not for shops without contracts, where nobody says when a customer has left.""",
    formula=formula,
    unit="percent",
    better="lower",
)
