"""Follow-ups: recommendations that somebody took on, what each promised, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

import numpy as np

from scorecard.advice.playbook import advice
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import found
from scorecard.expression.values import Coded
from scorecard.model.definition import Recommendation
from scorecard.model.issue import Place
from scorecard.model.period import ALL_TIME, Period
from scorecard.scoring.score import PeriodScores, tried

Verdict = Literal["kept", "missed", "not_measured", "no_promise", "gone"]
EXACT = 1e-9


class Status(StrEnum):
    """How far a follow-up is."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a recommendation said when it was taken: `about` a node that stood at `value`, moved to `needed`, would bring `gain` points.

    `score` is what the total was. Of a group or the total `value` is its score; without a lever nothing is needed and nothing gained.
    """

    about: str
    value: float | None
    needed: float | None
    gain: float | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One recommendation that was taken for one entity; `period` is the one that it was made in, None without periods."""

    key: tuple[str, ...]
    recommendation: str
    state: Status
    owner: str | None
    due: date | None
    note: str | None
    action: str
    taken: date
    period: str | None
    promise: Promise
    place: Place | None = None

    @property
    def name(self) -> tuple[tuple[str, ...], str]:
        """What no two follow-ups share."""
        return self.key, self.recommendation

    @property
    def closed(self) -> bool:
        return self.state in (Status.DONE, Status.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What became of a follow-up in a later evaluation.

    `brought` are the points that the entity would lose if the node were where it was: what it brought, whatever else moved.
    """

    followup: FollowUp
    verdict: Verdict
    value: float | None = None
    score: float | None = None
    brought: float | None = None


def promised(evaluation: Evaluation, key: Mapping[str, str]) -> dict[str, tuple[Recommendation, Promise]]:
    """By id, all that is recommended for an entity in the last period, with what it promises. Raises UsageError as `explain` does."""
    scores, row = found(evaluation, key)
    given = advice(evaluation, scores, np.array([row], dtype=np.intp), most=0)
    every = {}
    for which, gain, needed in zip(given.which.tolist(), given.gain.tolist(), given.needed.tolist(), strict=True):
        said = given.recommendations[which]
        value, score = _stands(scores, said.of, row), _stands(scores, "total", row)
        every[said.id] = (said, Promise(about=said.of, value=value, needed=_number(needed), gain=_number(gain), score=score))
    return every


def progress(evaluation: Evaluation, followups: Sequence[FollowUp]) -> list[Progress]:
    """What became of each follow-up in the last period of an evaluation, in their order."""
    period, scores = list(evaluation.periods)[-1]
    rows = dict(zip(zip(*evaluation.keys(scores).values(), strict=True), range(len(scores)), strict=True))
    brought = _brought(evaluation, scores, followups, rows)
    return [_progress(evaluation, period, scores, one, rows.get(one.key), brought.get(one.name)) for one in followups]


def is_later(evaluation: Evaluation, period: Period, one: FollowUp) -> bool:
    """Whether a period begins after the one that a follow-up was taken in; without periods every evaluation is later."""
    calendar = evaluation.scorecard.period
    taken = calendar.named(one.period) if calendar is not None and one.period else None
    if taken is None or taken.start is None or period.start is None:
        return period is ALL_TIME
    return period.start > taken.start


def _progress(
    evaluation: Evaluation, period: Period, scores: PeriodScores, one: FollowUp, row: int | None, brought: float | None
) -> Progress:
    scorecard = evaluation.scorecard
    about = one.promise.about
    if about not in {"total", *scorecard.groups, *scorecard.metrics}:
        return Progress(followup=one, verdict="gone")
    if row is None:
        return Progress(followup=one, verdict="gone" if is_later(evaluation, period, one) else "not_measured")
    value, score = _stands(scores, about, row), _stands(scores, "total", row)
    same = period is ALL_TIME and value == one.promise.value
    if value is None or same or not is_later(evaluation, period, one):
        return Progress(followup=one, verdict="not_measured", score=score)
    return Progress(followup=one, verdict=_verdict(one.promise, value), value=value, score=score, brought=brought)


def _verdict(promise: Promise, value: float) -> Verdict:
    if promise.needed is None or promise.value is None:
        return "no_promise"
    way, gone = promise.needed - promise.value, value - promise.value
    enough = abs(way) - EXACT * max(1.0, abs(promise.needed))
    return "kept" if gone * np.sign(way) >= enough else "missed"


def _brought(
    evaluation: Evaluation, scores: PeriodScores, followups: Sequence[FollowUp], rows: Mapping[tuple[str, ...], int]
) -> dict[tuple[tuple[str, ...], str], float]:
    """Points of the total that would be lost if a metric stood where it stood, by follow-up; scored anew, metric by metric."""
    found: dict[tuple[tuple[str, ...], str], float] = {}
    for metric, own in _by_metric(evaluation, followups, rows):
        at = np.array([rows[one.key] for one in own], dtype=np.intp)
        then = np.array([one.promise.value for one in own], dtype=np.float64)
        before = np.asarray(tried(evaluation.plan, scores, at, {metric: then}, ["total.score"])["total.score"], dtype=np.float64)
        gained = np.asarray(scores.cells["total.score"], dtype=np.float64)[at] - before
        found.update((one.name, points) for one, points in zip(own, gained.tolist(), strict=True) if not np.isnan(points))
    return found


def _by_metric(
    evaluation: Evaluation, followups: Sequence[FollowUp], rows: Mapping[tuple[str, ...], int]
) -> Iterator[tuple[str, list[FollowUp]]]:
    for metric in evaluation.scorecard.metrics:
        own = [one for one in followups if one.promise.about == metric and one.promise.value is not None and one.key in rows]
        if own:
            yield metric, own


def _stands(scores: PeriodScores, node: str, row: int) -> float | None:
    """The value of a metric, the score of a group or the total."""
    cell = scores.cells.get(f"{node}.value", scores.cells.get(f"{node}.score"))
    return None if cell is None or isinstance(cell, Coded) else _number(float(np.asarray(cell, dtype=np.float64)[row]))


def _number(number: float) -> float | None:
    return None if np.isnan(number) else number
