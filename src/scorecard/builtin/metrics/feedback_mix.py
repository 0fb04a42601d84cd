"""What feedback is about: the share of each class of problems, and what each costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import feedback
from scorecard.builtin.metrics.wording import a_column, options
from scorecard.hooks.contracts import Aspect, MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.formula import Kind
from scorecard.model.text import Text


def columns(params: Mapping[str, Any]) -> Mapping[str, Kind]:
    """The words or the category of a record, and what it cost."""
    read = {params.get("category") or params.get("comment", "comment"): Kind.TEXT}
    return {**read, params["cost"]: Kind.NUMBER} if "cost" in params else read


def aspects(params: Mapping[str, Any]) -> dict[str, Aspect]:
    """The share of every class, and its cost where costs are known."""
    shares = {name: f"share of {name}" for name in params["classes"]}
    found = {"shares": Aspect(title=Text({"en": "Share of feedback", "zh": "各类问题占比"}), parts=shares, unit="percent")}
    if "cost" in params or "costs" in params:
        costs = {name: f"cost of {name}" for name in params["classes"]}
        found["costs"] = Aspect(title=Text({"en": "Cost", "zh": "各类问题代价"}), parts=costs)
    return found


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Classes that are there wherever they are named, and one way to know words and costs."""
    for key in ("of", "costs"):
        for name in params.get(key, ()):
            if name not in params["classes"]:
                yield Phrase("{key} names '{name}', which is no class here", key=key, name=name)
    for first, second in (("comment", "category"), ("cost", "costs")):
        if first in params and second in params:
            yield Phrase("give either {first} or {second}", first=first, second=second)
    if params.get("cost", "") in (params.get("category", "comment"), params.get("comment", "comment")):
        yield Phrase("cost names the column with the words")


TYPE = MetricType(
    id="feedback_mix",
    title=Text({"en": "Feedback by problem class", "zh": "反馈问题分类"}),
    params=options(
        ("classes",),
        classes={
            "type": "object",
            "minProperties": 1,
            "maxProperties": 40,
            "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
            "title": "classes",
            "description": "The classes of problems, each with its key words, in any language; with category, the values that mean it.",
        },
        comment=a_column("comment", "The column with what was said; comment unless given."),
        category=a_column("category", "Instead: the column with a category that somebody gave."),
        of={
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"type": "string"},
            "title": "of",
            "description": "The classes whose share is the value; all of them unless given.",
        },
        cost=a_column("cost", "The column with what a record cost: money lost, hours spent."),
        costs={
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "number", "minimum": 0},
            "title": "costs",
            "description": "Instead: what one feedback of a class costs; 0 for those not named.",
        },
    ),
    doc="""Which share of feedback names a problem, of which class, and which class costs most.

Feedback in one of the classes / all feedback; with `of`, in those classes. A comment belongs to every class of which it
holds a key word, whatever the case of its letters; a word in Latin letters must begin a word (late is in "came later", not
in "translated"). `explain` shows the share of each class, the most frequent first, and with `cost` or `costs` what each
cost in all, the dearest first: a Pareto analysis (Juran, Quality Control Handbook, 1951). Shares can sum to more than 100 %.

It needs a record per answer or complaint with its words, or with a category. A blank comment is no feedback; without any
there is no value. A comment without a key word counts as feedback without a problem.

Not to read moods: "not expensive" holds "expensive". Read a sample of each class, and mend the key words.""",
    function="scorecard.builtin.metrics.feedback_classes:feedback_mix",
    columns=columns,
    aspects=aspects,
    check=check,
    unit=Phrase("percent"),
    better="lower",
    actions=(feedback.WORST_CLASS_FIRST, feedback.TELL_WHAT_CHANGED),
)
