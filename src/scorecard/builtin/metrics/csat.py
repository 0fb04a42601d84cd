"""Customer satisfaction from the ratings of a survey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.actions import satisfaction
from scorecard.builtin.metrics import questionnaire
from scorecard.builtin.metrics.questionnaire import MOST_CHANNELS, MOST_QUESTIONS, questions_of
from scorecard.builtin.metrics.wording import a_column, number, options
from scorecard.hooks.contracts import Aspect, MetricType
from scorecard.language.phrase import Phrase
from scorecard.model.text import Text


def formula(params: Mapping[str, Any]) -> str:
    """The weighted mean of the questions, each on 0 to 100."""
    return questionnaire.score(questions_of(params), params)


def aspects(params: Mapping[str, Any]) -> dict[str, Aspect]:
    """What each question scored, which channels the answers came through, and what each channel scored where they are weighted."""
    questions, channels = questions_of(params), params.get("channels", ())
    found = {}
    if len(questions) > 1:
        parts = {one.name: questionnaire.scored(one, params) for one in questions}
        found["questions"] = Aspect(title=Text({"en": "Questions", "zh": "各题得分"}), parts=parts, unit=Phrase("points"))
    if channels:
        parts = {channel: questionnaire.share_through(channel, questions, params) for channel in channels}
        found["channels"] = Aspect(title=Text({"en": "Share of answers by channel", "zh": "各渠道答卷占比"}), parts=parts, unit="percent")
    if weights := questionnaire.channel_weights(params):
        parts = {channel: questionnaire.score_through(channel, questions, params) for channel in weights}
        found["by_channel"] = Aspect(title=Text({"en": "Score by channel", "zh": "各渠道得分"}), parts=parts, unit=Phrase("points"))
    return found


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Scales that run the wrong way, questions named twice over, settings of what is not asked."""
    questions = questions_of(params)
    if "question" in params and "questions" in params:
        yield Phrase("give question or questions, not both")
    if "answer" in params and "questions" not in params:
        yield Phrase("where answers stand in one column, questions says which there are")
    if "asked" in params and "answer" not in params:
        yield Phrase("asked belongs to answer, the column with the ratings")
    if "channel" in params and "channels" not in params:
        yield Phrase("channel names a column, and channels which there are in it")
    if not sum(one.weight for one in questions):
        yield Phrase("the weights of the questions are all 0")
    for one in questions:
        if one.low >= one.high:
            yield Phrase(
                "the scale of '{name}' runs from {low} to {high}; its lower end comes first",
                name=one.name,
                low=number(one.low),
                high=number(one.high),
            )
        elif params.get("method") == "top_box" and params.get("top", 1) > one.high - one.low:
            yield Phrase("the top {top} ratings of '{name}' are its whole scale", top=params["top"], name=one.name)
    for key in ("reverse", "scales"):
        for name in params.get(key, ()):
            if name not in {one.name for one in questions}:
                yield Phrase("{key} names '{name}', which is no question here", key=key, name=name)


_SCALE: dict[str, Any] = {
    "type": "array",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 2,
    "title": "scale",
    "description": "The lowest and the highest rating that can be given; [1, 5] unless given.",
}

TYPE = MetricType(
    id="csat",
    title=Text({"en": "Customer satisfaction", "zh": "客户满意度"}),
    params=options(
        method={
            "enum": ["mean", "top_box"],
            "title": "method",
            "description": "mean: the mean rating, put on 0 to 100. top_box: the percentage of answers with the highest rating.",
        },
        question=a_column("question", "The column with the ratings; score unless given."),
        questions={
            "type": "object",
            "minProperties": 1,
            "maxProperties": MOST_QUESTIONS,
            "additionalProperties": {"type": "number", "minimum": 0},
            "title": "questions",
            "description": "Several questions, each with its weight: columns with ratings, or with answer what stands in asked.",
        },
        answer=a_column("answer", "The column with the ratings, where each answer has a record of its own."),
        asked=a_column("asked", "The column that says which question an answer is to; question unless given."),
        scale=_SCALE,
        scales={
            "type": "object",
            "additionalProperties": _SCALE,
            "title": "scales",
            "description": "The scales of questions that have another one.",
        },
        reverse={
            "type": "array",
            "items": {"type": "string"},
            "title": "reverse",
            "description": "Questions in which a low rating is the good one.",
        },
        top={
            "type": "integer",
            "minimum": 1,
            "title": "top",
            "description": "How many of the highest ratings are the top box; 1 unless given.",
        },
        min_answers={
            "type": "integer",
            "minimum": 1,
            "title": "fewest answers",
            "description": "A question with fewer answers than this does not count.",
        },
        channel=a_column("channel", "The column that says through which channel an answer came; channel unless given."),
        channels={
            "type": ["array", "object"],
            "items": {"type": "string"},
            "minItems": 1,
            "maxItems": MOST_CHANNELS,
            "uniqueItems": True,
            "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
            "minProperties": 1,
            "maxProperties": MOST_CHANNELS,
            "title": "channels",
            "description": "The channels whose share of the answers is shown; with a weight each, only theirs count, by these weights.",
        },
    ),
    doc="""How satisfied customers say they are, from 0 to 100.

With `method: mean` a question scores 100 × (mean rating - lowest) / (highest - lowest), so that 5-, 7- and 10-point
questions can be compared. With `method: top_box` it is the percentage of answers with one of the `top` highest ratings.
Several questions give one questionnaire score: their mean by weight. The linear rescaling is the one the American
Customer Satisfaction Index uses (Fornell et al., Journal of Marketing 60, 1996). With weights for `channels`, a question
is the mean by weight of what each channel gave, as strata are weighted (Kish, Survey Sampling, 1965), so that a channel
in which more people answer does not decide alone. `explain` shows the questions from the highest to the lowest.

It needs a record per questionnaire with a column of numbers per question, or, with `answer`, a record per answer. A
question nobody answered leaves its weight to the others, and so does a channel; without any answer there is no value. A
rating outside of the scale makes its question invalid, rather than bend the mean: correct `scale`, or list codes such as
99 under the source's `nulls`.

Not for answers in words (map them with `values`), nor to compare surveys that asked different people.""",
    formula=formula,
    aspects=aspects,
    check=check,
    unit=Phrase("points"),
    actions=(satisfaction.CALL_BACK, satisfaction.MEND_THE_LOWEST),
)
