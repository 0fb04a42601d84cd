"""A questionnaire in a formula: questions with weights, scales of their own and channels through which they were asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorecard.builtin.metrics.wording import column, number, one_of, text

SCALE = (1, 5)
MOST_QUESTIONS, MOST_CHANNELS = 40, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: the ratings to it, which records hold one (`asked`), its weight, and its scale, `low` being the worse end."""

    name: str
    rating: str
    asked: str | None
    weight: float
    low: float
    high: float
    reverse: bool


def questions_of(params: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions that csat's params name; the one in the column `question` where they name none."""
    weights = params.get("questions") or {params.get("question", "score"): 1}
    answer, asked = params.get("answer"), params.get("asked", "question")
    found = []
    for name, weight in weights.items():
        low, high = params.get("scales", {}).get(name, params.get("scale", SCALE))
        found.append(
            Question(
                name=name,
                rating=column(answer or name),
                asked=f"{column(asked)} == {text(name)}" if answer else None,
                weight=weight,
                low=low,
                high=high,
                reverse=name in params.get("reverse", ()),
            )
        )
    return tuple(found)


def score(questions: Sequence[Question], params: Mapping[str, Any]) -> str:
    """The mean of the questions by weight, each on 0 to 100; a question without answers leaves its weight to the others."""
    if len(questions) == 1:
        return scored(questions[0], params)
    return _weighted((one.weight, _fits(one, params), _points(one, params)) for one in questions)


def scored(question: Question, params: Mapping[str, Any]) -> str:
    """One question on 0 to 100; no value where a rating is outside of its scale, or too few answered."""
    return f"if_else({_fits(question, params)}, {_points(question, params)}, null)"


def score_through(channel: str, questions: Sequence[Question], params: Mapping[str, Any]) -> str:
    """What those who answered through one channel gave."""
    return _weighted(
        (one.weight, f"{_fits(one, params)} and {_answered(one, channel, params)}", _rescaled(one, params, _through(channel, params)))
        for one in questions
    )


def share_through(channel: str, questions: Sequence[Question], params: Mapping[str, Any]) -> str:
    """The share of the records with an answer that came through one channel."""
    unanswered = " and ".join(f"is_null({rating})" for rating in dict.fromkeys(one.rating for one in questions))
    answered = f"not ({unanswered})"
    if "answer" in params:
        answered += f" and {column(params.get('asked', 'question'))} in {one_of(one.name for one in questions)}"
    return f"share({_through(channel, params)}, where={answered})"


def channel_weights(params: Mapping[str, Any]) -> Mapping[str, float]:
    """The weights of the channels; none where their answers are simply taken together."""
    channels = params.get("channels", ())
    return channels if isinstance(channels, Mapping) else {}


def _fits(question: Question, params: Mapping[str, Any]) -> str:
    """Whether a question counts: all its answers lie in its scale, and there are enough."""
    weights = channel_weights(params)
    among = f"{_channel(params)} in {one_of(weights)}" if weights else None
    ratings = _ratings(question, among)
    fits = f"min({ratings}) >= {number(question.low)} and max({ratings}) <= {number(question.high)}"
    return f"{fits} and count({ratings}) >= {params['min_answers']}" if "min_answers" in params else fits


def _points(question: Question, params: Mapping[str, Any]) -> str:
    """One question on 0 to 100, all channels taken together or by their weights."""
    weights = channel_weights(params)
    if not weights:
        return _rescaled(question, params)
    return _weighted(
        (weight, _answered(question, channel, params), _rescaled(question, params, _through(channel, params)))
        for channel, weight in weights.items()
    )


def _rescaled(question: Question, params: Mapping[str, Any], where: str | None = None) -> str:
    low, high = question.low, question.high
    if params.get("method", "mean") == "top_box":
        top = params.get("top", 1) - 1
        condition = f"{question.rating} <= {number(low + top)}" if question.reverse else f"{question.rating} >= {number(high - top)}"
        return f"100 * share({condition}{_where(question.asked, where)})"
    mean = f"mean({_ratings(question, where)})"
    return f"100 * ({f'{number(high)} - {mean}' if question.reverse else f'{mean} - {number(low)}'}) / {number(high - low)}"


def _answered(question: Question, channel: str, params: Mapping[str, Any]) -> str:
    return f"count({_ratings(question, _through(channel, params))}) > 0"


def _weighted(parts: Iterable[tuple[float, str, str]]) -> str:
    """The mean by weight of those parts whose condition holds; parts are (weight, condition, number)."""
    parts = list(parts)
    earned = " + ".join(f"coalesce(if_else({counts}, {_times(weight, points)}, 0), 0)" for weight, counts, points in parts)
    possible = " + ".join(f"coalesce(if_else({counts}, {number(weight)}, 0), 0)" for weight, counts, _ in parts)
    return f"({earned}) / ({possible})"


def _times(weight: float, points: str) -> str:
    return points if weight == 1 else f"{number(weight)} * ({points})"


def _ratings(question: Question, where: str | None) -> str:
    return f"{question.rating}{_where(question.asked, where)}"


def _where(*conditions: str | None) -> str:
    held = " and ".join(condition for condition in conditions if condition)
    return f", where={held}" if held else ""


def _through(channel: str, params: Mapping[str, Any]) -> str:
    return f"{_channel(params)} == {text(channel)}"


def _channel(params: Mapping[str, Any]) -> str:
    return column(params.get("channel", "channel"))
