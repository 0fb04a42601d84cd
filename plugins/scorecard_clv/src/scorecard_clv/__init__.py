"""Expected customer lifetime value, by how all customers buy and stop buying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import Aspect, MetricType
from scorecard.model.action import Action
from scorecard.model.formula import Kind
from scorecard.model.text import Text

AT, AMOUNT = "ordered_at", "amount"
FACTORS = {"worth of a purchase": "worth", "purchases expected": "purchases", "chance of still buying": "alive"}
"""what is told beside the value, and the columns of the answer that hold it"""


@hookimpl
def scorecard_metric_types() -> list[MetricType]:
    return [CLV_BGNBD]


def columns(params: Mapping[str, Any]) -> Mapping[str, Kind]:
    """The moment and the amount of a purchase, and whose it is where an entity has many customers."""
    read = {params.get("at", AT): Kind.MOMENT, params.get("amount", AMOUNT): Kind.NUMBER}
    return {**read, params["who"]: Kind.TEXT} if "who" in params else read


def aspects(params: Mapping[str, Any]) -> dict[str, Aspect]:
    """What the value is made of."""
    return {"factors": Aspect(title=Text({"en": "What it is made of", "zh": "价值构成"}), parts=FACTORS)}


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Columns that differ."""
    named = [params.get("at", AT), params.get("amount", AMOUNT), *([params["who"]] if "who" in params else [])]
    if len(set(named)) < len(named):
        yield "at, amount and who name the same column"


def _column(title: str, description: str) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "title": title, "description": description}


CLV_BGNBD = MetricType(
    id="clv_bgnbd",
    title=Text({"en": "Expected customer lifetime value", "zh": "概率生命周期价值"}),
    params={
        "type": "object",
        "additionalProperties": False,
        "required": ["months"],
        "properties": {
            "months": {
                "type": "integer",
                "minimum": 1,
                "maximum": 240,
                "title": "months",
                "description": "How many months from the window's end on are counted.",
            },
            "at": _column("at", "The column with the moment of a purchase; ordered_at unless given."),
            "amount": _column("amount", "The column with what a purchase was worth; amount unless given."),
            "who": _column("who", "The column that says which customer a purchase is of, where an entity has many."),
            "margin": {
                "type": "number",
                "exclusiveMinimum": 0,
                "maximum": 1,
                "title": "margin",
                "description": "The share of a purchase that is earned.",
            },
            "discount": {
                "type": "number",
                "minimum": 0,
                "maximum": 1,
                "title": "discount rate",
                "description": "By how much a year later is worth less: 0.1 is 10 percent a year; 0 unless given.",
            },
            "penalizer": {
                "type": "number",
                "minimum": 0,
                "maximum": 10,
                "title": "penalizer",
                "description": "Keeps parameters small where customers are few: 0.001 to 0.1; 0 unless given.",
            },
        },
    },
    doc="""What a customer is expected to bring from the window's end on, in money.

Expected purchases × what one is expected to be worth, month by month, times `margin` and discounted where those are given.
Purchases follow the BG/NBD model (Fader, Hardie and Lee, Marketing Science 24, 2005): a customer buys at a rate of its own,
and after any purchase may stop for good. Their worth follows the Gamma-Gamma model (Fader and Hardie, 2013): it varies around
a mean of the customer's own. Both are fitted to all customers in the window, so that one who bought once is judged by what
became of others like it. `explain` shows the chance that the customer still buys, and the two factors.

It needs a record per purchase and `window: all`, since a shorter one cuts first purchases off. Purchases of one day are one,
and days on which refunds outweigh sales are none. Where fewer than 10 customers bought again, or no fit is found, or spending
is so uneven that it has no mean, the metric fails and says so; with the same amount for all, that is what a purchase is worth.
Where an entity has many customers, `who` makes it the mean over them. Without a purchase there is no value.

Not for contracts, which say themselves when a customer leaves, nor for customers whose spending grows with how often they buy:
the two models take those for independent.""",
    function="scorecard_clv.value:lifetime_value",
    columns=columns,
    check=check,
    aspects=aspects,
    unit="money",
    actions=(
        Action(
            id="wake_up",
            text=Text(
                {
                    "en": "See in explain whether the chance of still buying is what is low; if so, call with a reason to buy again.",
                    "zh": "在 explain 中查看是否仍会购买的概率偏低；若是，带着再次购买的理由致电客户。",
                }
            ),
            below=0.5,
            due="7 days",
            effort=0.5,
        ),
        Action(
            id="raise_the_factor",
            text=Text(
                {
                    "en": "Raise the lower factor: offer a bundle where purchases are small, agree on a reorder date where they are rare.",
                    "zh": "提升两个因素中较低的一个：单次金额小则推荐组合，次数少则约定补货日期。",
                }
            ),
            due="1 month",
            effort=1,
        ),
    ),
)
