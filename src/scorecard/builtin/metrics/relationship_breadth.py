"""Breadth of a relationship."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.builtin.actions import relationship
from scorecard.builtin.metrics.wording import a_column, column, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The number of different products or contacts, of several customers the mean."""
    different = f"count_distinct({column(params.get('what', 'contact_id'))})"
    return f"mean({different}, each={column(params['who'])})" if "who" in params else different


TYPE = MetricType(
    id="relationship_breadth",
    title=Text({"en": "Relationship breadth", "zh": "关系广度"}),
    params=options(
        what=a_column("what", "The column with what is counted: products in use, contacts, departments; contact_id unless given."),
        who=a_column("who", "The column that says which customer a record is of, where an entity has many."),
    ),
    doc="""On how many products or people a relationship rests.

The number of different values of `what`; with `who` the mean over customers. Breadth is cross-buying in Bolton, Lemon and
Verhoef (Journal of the Academy of Marketing Science 32, 2004); counting contacts is the same thought for large accounts.

It needs a record per product in use or per contact. Leave out who has gone by `where: active`. An entity without a record
has 0; where nobody has any record there is no value, nor with `who` where an entity has no customer.

Not to compare large customers with small ones, which have fewer people to know.""",
    formula=formula,
    unit=Phrase("contacts"),
    actions=(relationship.SECOND_CONTACT, relationship.SHOW_ANOTHER_USE),
)
