"""Depth of a relationship."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import relationship
from scorecard.builtin.metrics.wording import a_column, column, number, options, text
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

LEVELS = {"staff": 1, "manager": 2, "director": 3, "executive": 4}


def formula(params: Mapping[str, Any]) -> str:
    """The highest level reached over the highest there is, or the share of what the customer spends."""
    if "spend" in params:
        return f"coalesce(sum({column(params.get('amount', 'amount'))}), 0) / sum({column(params['spend'])})"
    seniority, levels = column(params.get("seniority", "seniority")), params.get("levels", LEVELS)
    reached = (f"if_else(count(where={seniority} == {text(name)}) > 0, {number(level)}, null)" for name, level in levels.items())
    return f"max_of({', '.join(reached)}) / {number(max(levels.values()))}"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Seniority or money, and a highest level."""
    for name in ("seniority", "levels"):
        if "spend" in params and name in params:
            yield Phrase("spend measures the share of wallet; {name} is not read", name=name)
    if "amount" in params and "spend" not in params:
        yield Phrase("amount is read only with spend, what the customer spends in all")
    if not max(params.get("levels", LEVELS).values()):
        yield Phrase("the levels are all 0")


TYPE = MetricType(
    id="relationship_depth",
    title=Text({"en": "Relationship depth", "zh": "关系深度"}),
    params=options(
        seniority=a_column("seniority", "The column with the level of a contact; seniority unless given."),
        levels={
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "number", "minimum": 0},
            "title": "levels",
            "description": "The words for levels, each with a number; {staff: 1, manager: 2, director: 3, executive: 4} unless given.",
        },
        spend=a_column("spend", "The column with all a customer spends in the category, to measure the share of wallet instead."),
        amount=a_column("amount", "With spend: the column with what it spends with us; amount unless given."),
    ),
    doc="""How high up, or how far into the purse, a relationship reaches, from 0 to 1.

The highest level among the contacts / the highest level there is: a director gives 0.75. With `spend`, share of wallet: own
revenue / what the customer spends in the category. Depth is one of the three sides of a relationship in Bolton, Lemon and
Verhoef (Journal of the Academy of Marketing Science 32, 2004).

It needs a record per contact with its level, or with `spend` one per purchase or estimate. Leave out who has gone by
`where: active`. Without a contact whose level is listed, or without any spending, there is no value.

Not as proof of support: a director once met is not a sponsor.""",
    formula=formula,
    check=check,
    unit=Phrase("percent"),
    actions=(relationship.MEET_THE_SPONSOR, relationship.YEARLY_REVIEW),
)
