"""Customer effort score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import satisfaction
from scorecard.builtin.metrics.wording import a_column, column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text

SCALE = (1, 7)
EASY = 5


def formula(params: Mapping[str, Any]) -> str:
    """The mean answer, or the percentage that agrees; no value where an answer is outside of the scale."""
    answer, (low, high) = column(params.get("score", "score")), params.get("scale", SCALE)
    value = f"100 * share({answer} >= {number(params.get('easy', EASY))})" if params.get("method") == "agree" else f"mean({answer})"
    return f"if_else(min({answer}) >= {number(low)} and max({answer}) <= {number(high)}, {value}, null)"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """A scale that rises, and an easy answer on it."""
    low, high = params.get("scale", SCALE)
    if low >= high:
        yield Phrase("the scale runs from {low} to {high}; its lower end comes first", low=number(low), high=number(high))
    elif params.get("method") == "agree" and not low < params.get("easy", EASY) <= high:
        yield Phrase(
            "easy is {easy}, and the scale runs from {low} to {high}",
            easy=number(params.get("easy", EASY)),
            low=number(low),
            high=number(high),
        )
    if "easy" in params and params.get("method") != "agree":
        yield Phrase("easy belongs to method: agree")


TYPE = MetricType(
    id="ces",
    title=Text({"en": "Customer effort score", "zh": "客户费力度"}),
    params=options(
        method={
            "enum": ["mean", "agree"],
            "title": "method",
            "description": "mean: the mean answer, on the survey's own scale. agree: the percentage of answers from easy on.",
        },
        score=a_column("score", "The column with the answers; score unless given."),
        scale={
            "type": "array",
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
            "title": "scale",
            "description": "The lowest and the highest answer that can be given; [1, 7] unless given.",
        },
        easy={
            "type": "number",
            "title": "easy",
            "description": "The lowest answer that says it was easy; 5 unless given, somewhat agree on seven points.",
        },
    ),
    doc="""How easy customers say it was to get something done.

The mean answer to "The company made it easy for me to handle my issue", or with `method: agree` the percentage of answers
of `easy` and above: Dixon, Toman and DeLisi, The Effortless Experience, 2013. The older question "How much effort did you
have to put forth?" (Dixon, Freeman and Toman, Harvard Business Review, July 2010) is measured alike; there low is good, so
give a `worst` above the `target`.

It needs a record per answer. Without an answer there is no value; with an answer outside of the scale neither, since it
then was another scale.

Not for the whole relationship: it asks about one matter, right after it.""",
    formula=formula,
    check=check,
    unit=Phrase("points"),
    actions=(satisfaction.WALK_THROUGH, satisfaction.ANSWER_BEFORE),
)
