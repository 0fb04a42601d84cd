"""Customer satisfaction from the ratings of a survey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.builtin.metrics.wording import a_column, column, number, options
from scorecard.hooks.contracts import MetricType
from scorecard.model.text import Text

SCALE = (1, 5)


def formula(params: Mapping[str, Any]) -> str:
    """The weighted mean of the questions, each on 0 to 100; a question without answers leaves its weight to the others."""
    questions = _questions(params)
    if len(questions) == 1:
        return _question(next(iter(questions)), params)
    scores = {name: _question(name, params) for name in questions}
    earned = " + ".join(f"coalesce({number(questions[name])} * ({score}), 0)" for name, score in scores.items())
    weight = " + ".join(f"if_else(is_null({score}), 0, {number(questions[name])})" for name, score in scores.items())
    return f"({earned}) / ({weight})"


def check(params: Mapping[str, Any]) -> Iterator[str]:
    """Scales that run the wrong way, questions named twice over, settings of questions that are not asked."""
    questions = _questions(params)
    if "question" in params and "questions" in params:
        yield "give question or questions, not both"
    if not sum(questions.values()):
        yield "the weights of the questions are all 0"
    for name in questions:
        low, high = _scale(name, params)
        if low >= high:
            yield f"the scale of '{name}' runs from {number(low)} to {number(high)}; its lower end comes first"
        elif params.get("method") == "top_box" and params.get("top", 1) > high - low:
            yield f"the top {params['top']} ratings of '{name}' are its whole scale"
    for key in ("reverse", "scales"):
        for name in params.get(key, ()):
            if name not in questions:
                yield f"{key} names '{name}', which is no question here"


def _questions(params: Mapping[str, Any]) -> dict[str, float]:
    return dict(params.get("questions") or {params.get("question", "score"): 1})


def _scale(name: str, params: Mapping[str, Any]) -> tuple[float, float]:
    low, high = params.get("scales", {}).get(name, params.get("scale", SCALE))
    return low, high


def _question(name: str, params: Mapping[str, Any]) -> str:
    rating, (low, high) = column(name), _scale(name, params)
    reverse = name in params.get("reverse", ())
    if params.get("method", "mean") == "top_box":
        top = params.get("top", 1) - 1
        score = f"100 * share({rating} {'<=' if reverse else '>='} {number(low + top if reverse else high - top)})"
    else:
        above = f"{number(high)} - mean({rating})" if reverse else f"mean({rating}) - {number(low)}"
        score = f"100 * ({above}) / {number(high - low)}"
    fits = f"min({rating}) >= {number(low)} and max({rating}) <= {number(high)}"
    if least := params.get("min_answers"):
        fits += f" and count({rating}) >= {least}"
    return f"if_else({fits}, {score}, null)"


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
            "additionalProperties": {"type": "number", "minimum": 0},
            "title": "questions",
            "description": "Several columns with ratings, each with its weight.",
        },
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
    ),
    doc="""How satisfied customers say they are, from 0 to 100.

With `method: mean` a question scores 100 × (mean rating - lowest) / (highest - lowest), so that a 5-point and a 10-point
question can be compared. With `method: top_box` it is the percentage of answers with one of the `top` highest ratings.
Several questions give one questionnaire score: their mean by weight. The linear rescaling is the one the American
Customer Satisfaction Index uses (Fornell et al., Journal of Marketing 60, 1996).

It needs a record per answer, with a column of numbers per question. A question nobody answered leaves its weight to the
others; without any answer there is no value. A rating outside of the scale makes its question invalid, rather than bend
the mean: correct `scale`, or list codes such as 99 under the source's `nulls`.

Not for answers in words (map them with `values`), nor to compare surveys that asked different people.""",
    formula=formula,
    check=check,
    unit="points",
)
