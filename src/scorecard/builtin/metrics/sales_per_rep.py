"""Sales per sales representative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import people
from scorecard.builtin.metrics.wording import a_column, a_metric, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """What was sold over the number of people who sell."""
    amount = column(params.get("amount", "amount"))
    won = "" if params.get("sales") == "all" else f', where={column(params.get("status", "status"))} == "won"'
    people = f"{params['of']}.value" if "of" in params else f"count_distinct({column(params.get('owner', 'owner'))})"
    return f"coalesce(sum({amount}{won}), 0) / {people}"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Exactly one way to count people, and no status where all records are sales."""
    if "of" in params and "owner" in params:
        yield Phrase("of counts the people; owner is not read")
    if params.get("sales") == "all" and "status" in params:
        yield Phrase("with sales: all every record is a sale; status is not read")


TYPE = MetricType(
    id="sales_per_rep",
    title=Text({"en": "Sales per representative", "zh": "人均销售额"}),
    params=options(
        amount=a_column("amount", "The column with what was sold; amount unless given."),
        owner=a_column("owner", "The column that says who sold it; owner unless given."),
        status=a_column("status", "The column that says open, won or lost; status unless given."),
        sales={
            "enum": ["won", "all"],
            "title": "sales",
            "description": "won: records whose status is won. all: every record, for orders or invoices. won unless given.",
        },
        of=a_metric("of", "The metric that counts the people, where some of them have no record."),
    ),
    doc="""How much one salesperson sells on average, in money.

The amounts of won opportunities / the number of different owners of any opportunity in the window, so that who won nothing
counts too; with `of`, / the headcount that metric holds. Sales per head is the plainest output measure of a sales force
(Jobber and Lancaster, Selling and Sales Management, on evaluation).

It needs a record per opportunity, at best with `time: closed_at`, or with `sales: all` one per order. Without an owner, or
with a headcount of 0, there is no value; owners who sold nothing give 0.

Not for somebody's own scorecard (`key: [owner]`): there it is simply what that person sold.""",
    formula=formula,
    check=check,
    unit=Phrase("money"),
    actions=(people.RIDE_ALONG, people.FREE_SELLING_TIME),
)
