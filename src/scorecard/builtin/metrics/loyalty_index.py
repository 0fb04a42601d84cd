"""Customer loyalty index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import satisfaction
from scorecard.builtin.metrics import questionnaire
from scorecard.builtin.metrics.questionnaire import SCALE, questions_of
from scorecard.builtin.metrics.wording import a_column, options
from scorecard.hooks.contracts import Aspect, MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

SIDES = ("satisfaction", "repurchase", "recommendation")


def formula(params: Mapping[str, Any]) -> str:
    """The weighted mean of the three answers, each on 0 to 100."""
    return questionnaire.score(questions_of(_asked(params)), {})


def aspects(params: Mapping[str, Any]) -> dict[str, Aspect]:
    """What each of the three gave."""
    questions = questions_of(_asked(params))
    parts = {side: questionnaire.scored(one, {}) for side, one in zip(SIDES, questions, strict=True)}
    return {"sides": Aspect(title=Text({"en": "Sides of loyalty", "zh": "各方面得分"}), parts=parts, unit=Phrase("points"))}


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Three different columns, weights that weigh, scales that rise."""
    questions = _asked(params)["questions"]
    if len(questions) < len(SIDES):
        yield Phrase("satisfaction, repurchase and recommendation are three columns")
    if not sum(questions.values()):
        yield Phrase("the weights are all 0")
    for side, (low, high) in params.get("scales", {}).items():
        if low >= high:
            yield Phrase("the scale of {side} does not rise", side=side)
    low, high = params.get("scale", SCALE)
    if low >= high:
        yield Phrase("the scale does not rise")


def _asked(params: Mapping[str, Any]) -> dict[str, Any]:
    """The three sides as the questions of a questionnaire."""
    columns = {side: params.get(side, side) for side in SIDES}
    return {
        "questions": {columns[side]: params.get("weights", {}).get(side, 1) for side in SIDES},
        "scale": params.get("scale", SCALE),
        "scales": {columns[side]: scale for side, scale in params.get("scales", {}).items()},
    }


_SCALE: dict[str, Any] = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}

TYPE = MetricType(
    id="loyalty_index",
    title=Text({"en": "Customer loyalty", "zh": "客户忠诚度"}),
    params=options(
        satisfaction=a_column("satisfaction", "The column with how satisfied they are; satisfaction unless given."),
        repurchase=a_column("repurchase", "The column with how likely they are to buy again; repurchase unless given."),
        recommendation=a_column("recommendation", "The column with how likely they are to recommend; recommendation unless given."),
        weights={
            "type": "object",
            "additionalProperties": False,
            "properties": {side: {"type": "number", "minimum": 0} for side in SIDES},
            "title": "weights",
            "description": "What each of the three weighs; 1 unless given.",
        },
        scale={
            **_SCALE,
            "title": "scale",
            "description": "The lowest and the highest answer that can be given; [1, 5] unless given.",
        },
        scales={
            "type": "object",
            "additionalProperties": False,
            "properties": dict.fromkeys(SIDES, _SCALE),
            "title": "scales",
            "description": "The scales of those of the three that have another one.",
        },
    ),
    doc="""How loyal customers say they are, from 0 to 100.

Satisfaction, the intent to buy again and the intent to recommend, each 100 × (mean answer - lowest) / (highest - lowest),
then their mean by weight: the three questions of the Secure Customer Index of Burke Inc., here as a mean rather
than as the share that gives the best answer to all.

It needs a record per answer with a column for each of the three. One that nobody answered leaves its weight to the others;
without any answer there is no value. An answer outside of its scale makes its side invalid.

Not as a forecast of what they will do: what people intend and what they do differ. Set repurchase_rate beside it.""",
    formula=formula,
    aspects=aspects,
    check=check,
    unit=Phrase("points"),
    actions=(satisfaction.FIND_THE_WEAK_SIDE, satisfaction.THANK_LOYAL),
)
