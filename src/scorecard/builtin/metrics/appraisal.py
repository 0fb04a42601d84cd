"""Appraisal of a member of staff by several raters: virtue, ability, diligence and results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import people
from scorecard.builtin.metrics.wording import a_column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind
from scorecard.model.text import Text

GROUPS = ("virtue", "ability", "diligence", "results")
ROLES = ("self", "superior", "peer", "subordinate")
SCALE = (1, 5)


def columns(params: Mapping[str, Any]) -> Mapping[str, Kind]:
    """Who rated, and every rated item."""
    items = (item for items in params["items"].values() for item in items)
    return {role_column(params): Kind.TEXT, **dict.fromkeys(items, Kind.NUMBER)}


def role_column(params: Mapping[str, Any]) -> str:
    """The column with the rater's role."""
    return str(params.get("role", "role"))


def weights(params: Mapping[str, Any], key: str, names: tuple[str, ...]) -> dict[str, float]:
    """The weight of each group or role, 1 where none is written."""
    return {name: float(params.get(key, {}).get(name, 1)) for name in names}


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Items that stand in one group, weights that weigh, a scale that runs upwards."""
    items = [item for items in params["items"].values() for item in items]
    for item in sorted({item for item in items if items.count(item) > 1}):
        yield Phrase("'{item}' is an item twice", item=item)
    if role_column(params) in items:
        yield Phrase("'{column}' is the rater's role, and no item", column=role_column(params))
    if not sum(weight for group, weight in weights(params, "groups", GROUPS).items() if group in params["items"]):
        yield Phrase("the weights of the groups with items are all 0")
    if not sum(weights(params, "roles", ROLES).values()):
        yield Phrase("the weights of the roles are all 0")
    low, high = params.get("scale", SCALE)
    if low >= high:
        yield Phrase("the scale runs from {low} to {high}; its lower end comes first", low=number(low), high=number(high))


def _weights_of(title: str, names: tuple[str, ...], description: str) -> dict[str, Any]:
    weight = {"type": "number", "minimum": 0}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(names, weight),
        "title": title,
        "description": description,
    }


_ITEMS: dict[str, Any] = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}

TYPE = MetricType(
    id="appraisal",
    title=Text({"en": "Appraisal", "zh": "德能勤绩"}),
    params=options(
        ("items",),
        items={
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": dict.fromkeys(GROUPS, _ITEMS),
            "title": "items",
            "description": "The columns with ratings, by group: virtue (德), ability (能), diligence (勤), results (绩).",
        },
        groups=_weights_of("groups", GROUPS, "What each group weighs; 1 unless given."),
        role=a_column("role", "The column that says who rated: self, superior, peer or subordinate; role unless given."),
        roles=_weights_of("roles", ROLES, "What the raters of each role weigh together; 1 unless given."),
        scale={
            "type": "array",
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
            "title": "scale",
            "description": "The lowest and the highest rating that can be given; [1, 5] unless given.",
        },
    ),
    doc="""How a member of staff is rated on virtue, ability, diligence and results (德能勤绩), from 0 to 100.

Each item is put on 0 to 100 and averaged over the raters of one role, a group is the mean of its items, a role the mean of
its groups by `groups`, and the value the mean of the roles by `roles`: however many peers rate, together they weigh what
peers weigh. The four groups are those of the assessment of cadres in China (关于实行干部考核制度的意见, 1979); raters of four
roles make it a 360-degree appraisal (Edwards and Ewen, 360° Feedback, 1996).

It needs a record per rater and person, with a column of numbers per item and one with the role (map words such as 自评, 上级,
同事, 下级 with `values`). An item nobody of a role rated, a group without items, a role without raters leave their weight to
the others; without any rating there is no value. A rating outside of the scale makes its item invalid for that role.

Not from a handful of raters whose names can be guessed: ratings are then polite.""",
    function="scorecard.builtin.metrics.appraisal_marks:appraisal",
    columns=columns,
    check=check,
    unit=Phrase("points"),
    actions=(people.WEEKLY_TALK, people.ONE_GOAL),
)
