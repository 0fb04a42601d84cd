"""Customer churn rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import staying
from scorecard.builtin.metrics.staying import AT_START, GONE_AT_END, THERE_AT_START, share_at_the_end
from scorecard.builtin.metrics.wording import a_column, column, one_of, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """Of the customers at the start, or of what they paid, the share that is gone at the end."""
    return _marked(params) if "lost" in params else _by_contracts(params)


def _by_contracts(params: Mapping[str, Any]) -> str:
    gone = GONE_AT_END
    if "reasons" in params:
        gone += f" and count(where=not active_on(window.last_day) and {_for_a_reason(params)}) > 0"
    if "amount" not in params:
        return share_at_the_end(params["who"], gone)
    at_start = f"sum({column(params['amount'])}, where={AT_START})"
    each = f"each={column(params['who'])}"
    return f"coalesce(sum({at_start}, where={THERE_AT_START} and {gone}, {each}), 0) / sum({at_start}, where={THERE_AT_START}, {each})"


def _marked(params: Mapping[str, Any]) -> str:
    lost = column(params["lost"])
    gone = f"{lost} and {_for_a_reason(params)}" if "reasons" in params else lost
    if "amount" not in params:
        return f"count(where={gone}) / count({lost})"
    amount = column(params["amount"])
    return f"coalesce(sum({amount}, where={gone}), 0) / sum({amount}, where=not is_null({lost}))"


def _for_a_reason(params: Mapping[str, Any]) -> str:
    return f"{column(params.get('reason', 'reason'))} in {one_of(params['reasons'])}"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Exactly one way to tell who is gone, and no column of reasons that is not read."""
    if ("who" in params) == ("lost" in params):
        yield Phrase("give either who, for contracts with a beginning and an end, or lost, a column that says who is gone")
    if "reason" in params and "reasons" not in params:
        yield Phrase("reason is read only with reasons, which say what to count")


TYPE = MetricType(
    id="churn_rate",
    title=Text({"en": "Churn rate", "zh": "客户流失率"}),
    params=options(
        who=a_column("who", "The column that says which customer a record is of, where contracts begin and end."),
        lost=a_column("lost", "The column that says of each customer whether it is gone: yes or no."),
        amount=a_column("amount", "The column with what a customer pays regularly: count money instead of customers."),
        reason=a_column("reason", "The column that says why a customer left; reason unless given."),
        reasons={
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1},
            "title": "reasons",
            "description": "Count those only who left for one of these, such as product quality, service attitude, price or competitor.",
        },
    ),
    doc="""Which share of the customers at the start is gone at the end: 1 less the retention rate.

With `who`: customers with a record that is open on the day before the window and with none on its last day, over those
with one open on the day before it. Who leaves and comes back within the window has not left. With `lost`: customers
marked as gone over those marked at all: the attrition of Farris et al. (Marketing Metrics, chapter 5). With `amount` it is
revenue churn, what the lost ones paid at the start over what all paid. With `reasons` only who left for one of them counts
as lost, still over all: the rates of the single reasons add up to the whole, but for customers who gave none. Of several
contracts that ended, one that ended for it is enough. A contract without a customer is left out.

With `who` it needs a source with `time: {from:, to:}`, a record per contract or subscription, and entities that have many
customers; the entity's key must not contain `who`. With `lost` a record per customer will do. Without customers at the
start there is no value.

Not for shops without contracts, where nobody says when a customer has left.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    better="lower",
    actions=(staying.ASK_WHY_THEY_LEFT, staying.SAVE_LIST),
)
