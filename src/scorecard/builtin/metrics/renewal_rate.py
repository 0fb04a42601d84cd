"""Renewal rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import staying
from scorecard.builtin.metrics.staying import AT_START, THERE_AT_END
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Of what was due for renewal the share that was renewed."""
    if "who" in params:
        fell_due = f"count(where={AT_START} and not active_on(window.last_day)) > 0"
        return f"share({THERE_AT_END}, where={fell_due}, each={column(params['who'])})"
    renewed = column(params.get("renewed", "renewed"))
    if "amount" not in params:
        return f"count(where={renewed}) / count()"
    amount = column(params["amount"])
    return f"coalesce(sum({amount}, where={renewed}), 0) / sum({amount})"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Contracts that say whether they were renewed, or customers whose contracts follow each other."""
    for name in ("renewed", "amount"):
        if "who" in params and name in params:
            yield Phrase("who tells from the contracts of a customer whether one was renewed; {name} is not read", name=name)


TYPE = MetricType(
    id="renewal_rate",
    title=Text({"en": "Renewal rate", "zh": "续约率"}),
    params=options(
        renewed=a_column("renewed", "The column that says of each contract whether it was renewed: yes or no; renewed unless given."),
        amount=a_column("amount", "The column with what a contract is worth: count money instead of contracts."),
        who=a_column("who", "The column that says which customer a record is of, where contracts begin and end and none is marked."),
    ),
    doc="""Which share of the contracts that were due for renewal was renewed.

Renewed / due (Farris et al., Marketing Metrics, chapter 5). A contract that is not marked as renewed counts as lapsed.
With `amount`, what the renewed ones were worth over what all were worth. With `who`, customers: of those with a contract
that was open on the day before the window and is not on its last day, the share with another one open then.

It needs a record per contract that was due, with the day it was due as the source's `time` and a column `renewed`; with
`who`, a source with `time: {from:, to:}` and an entity whose key does not contain `who`. With nothing due there is no
value.

Not for contracts that go on until somebody ends them: those have a retention rate.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(staying.OPEN_RENEWAL, staying.TERM_OFFER),
)
