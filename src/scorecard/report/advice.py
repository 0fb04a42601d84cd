"""What is recommended, for whom, why, by when and what it would bring: as records, ready to be printed or written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.followup import FollowUp, Status, is_later
from scorecard.advice.playbook import FEW, Advice, advice, due_on
from scorecard.evaluation.details import details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.found import found
from scorecard.model.definition import Item, Metric, Recommendation
from scorecard.model.period import ALL_TIME, Period, Window
from scorecard.model.text import Text
from scorecard.report import figures
from scorecard.report.csv import harmless
from scorecard.report.digits import one
from scorecard.report.facts import Facts
from scorecard.report.labels import node_of
from scorecard.report.texts import NOTHING
from scorecard.scoring.score import PeriodScores

COLUMNS = (
    "period",
    "score",
    "band",
    "recommendation",
    "task",
    "node",
    "about",
    "value",
    "target",
    "unit",
    "action",
    "gain",
    "owner",
    "due",
    "effort",
    "library",
    "state",
    "taken",
)
"""of the CSV form, behind the key"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One task of a recommendation in words."""

    what: str
    owner: str | None
    due: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One recommendation for one entity in words. `gain` is in points of the total, None where it cannot be told.

    `library` where it is no recommendation of the definition, but an action that the type of its metric brings.
    """

    key: tuple[str, ...]
    period: str | None
    score: float | None
    band: str | None
    recommendation: str
    about: str
    value: str | None
    target: str | None
    action: str
    gain: float | None
    owner: str | None
    due: str | None
    effort: float | None
    library: bool
    tasks: tuple[Step, ...]
    node: str = ""
    """the id of what it is about"""
    stands: float | None = None
    needed: float | None = None
    """value and target as numbers, in the unit of the node"""
    unit: str | None = None
    state: str | None = None
    """how far it is, where it was taken; then owner and day are what was agreed"""
    taken: str | None = None


def told(
    evaluation: Evaluation, period: Period, scores: PeriodScores, rows: NDArray[np.intp], language: str, most: int = FEW
) -> Iterator[tuple[Told, ...]]:
    """For each row that has some, what is recommended, in the order of `advice`; of two that say the same the first."""
    given = advice(evaluation, scores, rows, most)
    teller = _Teller(evaluation, period, language)
    for detail in details(evaluation.plan, scores, np.unique(given.row)):
        facts = Facts(evaluation, scores, detail, language)
        starts, ends = (np.searchsorted(given.row, detail.rows, side=side) for side in ("left", "right"))
        for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            different: dict[tuple[str, str], Told] = {}
            for line in range(start, end):
                said = teller.told(given, facts, line, at)
                different.setdefault((said.about, said.action), said)
            yield tuple(different.values())


class _Teller:
    """Puts lines of the advice into words; days and targets, which many share, once."""

    def __init__(self, evaluation: Evaluation, period: Period, language: str) -> None:
        self.evaluation = evaluation
        self.period = period
        self.language = language
        self.days: dict[date | Window | None, str | None] = {}
        self.targets: dict[tuple[str, float], str] = {}

    def told(self, given: Advice, facts: Facts, line: int, at: int) -> Told:
        """A line of the advice, for the row at a place among the facts."""
        scorecard, which = self.evaluation.scorecard, int(given.which[line])
        said = given.recommendations[which]
        node = scorecard.node(said.of)
        total, gain = float(facts.total[at]), float(given.gain[line])
        return Told(
            key=tuple(facts.fact(part)[at] for part in scorecard.entity.key),
            period=None if self.period is ALL_TIME else self.period.label,
            score=None if np.isnan(total) else total,
            band=facts.bands[at],
            recommendation=said.id,
            about=node_of(scorecard, said.of, self.language),
            value=_there(facts.fact(f"{said.of}.{'value' if isinstance(node, Metric) else 'score'}")[at]),
            target=self._target(facts, node, float(given.needed[line]), at) if isinstance(node, Metric) else None,
            action=facts.told(said.action, at),
            gain=None if np.isnan(gain) else gain,
            owner=self._owner(facts, said.owner, at),
            due=self._day(said.due),
            effort=said.effort,
            library=which >= given.written,
            tasks=self.steps(facts, said, at),
            node=said.of,
            stands=facts.number(f"{said.of}.{'value' if isinstance(node, Metric) else 'score'}", at),
            needed=self._needed(facts, node, float(given.needed[line]), at),
            unit=node.unit if isinstance(node, Metric) else None,
        )

    def _needed(self, facts: Facts, node: Item, needed: float, at: int) -> float | None:
        if not np.isnan(needed):
            return needed
        return facts.number(f"{node.id}.target", at) if isinstance(node, Metric) else None

    def steps(self, facts: Facts, said: Recommendation, at: int) -> tuple[Step, ...]:
        """The tasks of a recommendation; what one does not say of who and when it has from the recommendation."""
        if not said.tasks:
            return ()
        owner, due = self._owner(facts, said.owner, at), self._day(said.due)
        return tuple(
            Step(what=facts.told(task.what, at), owner=self._owner(facts, task.owner, at) or owner, due=self._day(task.due) or due)
            for task in said.tasks
        )

    def _target(self, facts: Facts, metric: Metric, needed: float, at: int) -> str | None:
        """The value at which nothing more could be brought, which of a range is its nearer end; else the target as written."""
        if not np.isnan(needed):
            if (metric.id, needed) not in self.targets:
                self.targets[metric.id, needed] = figures.value(needed, metric.unit, metric.decimals, self.language)
            return self.targets[metric.id, needed]
        return _there(facts.fact(f"{metric.id}.target")[at])

    def _owner(self, facts: Facts, owner: Text, at: int) -> str | None:
        return facts.told(owner, at) or None

    def _day(self, due: date | Window | None) -> str | None:
        if due not in self.days:
            day = due_on(due, self.period, self.evaluation)
            self.days[due] = day.isoformat() if day else None
        return self.days[due]


def _there(text: str) -> str | None:
    return None if text == NOTHING else text


def given(
    evaluation: Evaluation, key: Mapping[str, str], language: str, most: int = FEW, followups: Sequence[FollowUp] = ()
) -> Iterator[tuple[Told, ...]]:
    """The recommendations of the last period, for each entity that has some, or for one; the most promising entity first.

    Those that were taken come last and say how far they are. Raises UsageError where the key names no entity, or several.
    """
    period, scores = list(evaluation.periods)[-1]
    rows = np.arange(len(scores)) if not key else np.array([found(evaluation, key)[1]])
    own = told(evaluation, period, scores, rows.astype(np.intp), language, most)
    taken = {one.name: one for one in followups if one.state is not Status.DONE or not is_later(evaluation, period, one)}
    followed = (_followed(lines, taken) for lines in own) if taken else own
    yield from sorted(followed, key=lambda lines: -sum(abs(line.gain or 0.0) for line in lines if line.state is None))


def _followed(lines: tuple[Told, ...], taken: Mapping[tuple[tuple[str, ...], str], FollowUp]) -> tuple[Told, ...]:
    """The recommendations of one entity, the new ones first."""
    own = (_with_state(line, taken.get((line.key, line.recommendation))) for line in lines)
    return tuple(sorted(own, key=lambda line: line.state is not None))


def _with_state(line: Told, one: FollowUp | None) -> Told:
    if one is None:
        return line
    due = one.due.isoformat() if one.due else None
    return replace(line, state=one.state.value, taken=one.taken.isoformat(), owner=one.owner, due=due)


def steps_of(evaluation: Evaluation, one: FollowUp, language: str) -> tuple[Step, ...]:
    """The tasks of what was taken, as the definition has them today, by the days of the period it was taken in.

    There are none where the recommendation or the entity is no longer there.
    """
    said = evaluation.plan.scorecard.recommendations.get(one.recommendation)
    period, scores = list(evaluation.periods)[-1]
    at = np.ones(len(scores), dtype=bool)
    for values, wanted in zip(evaluation.keys(scores).values(), one.key, strict=True):
        at &= values == wanted
    if said is None or not said.tasks or not at.any():
        return ()
    calendar = evaluation.scorecard.period
    taken_in = calendar.named(one.period) if calendar is not None and one.period else None
    detail = next(details(evaluation.plan, scores, np.flatnonzero(at)))
    return _Teller(evaluation, taken_in or period, language).steps(Facts(evaluation, scores, detail, language), said, 0)


def as_records(evaluation: Evaluation, lines: list[Told]) -> Iterator[dict[str, Any]]:
    """A mapping per recommendation, with the key parts by name."""
    for line in lines:
        record = asdict(line)
        key = dict(zip(evaluation.scorecard.entity.key, record.pop("key"), strict=True))
        numbers = {name: one(getattr(line, name)) for name in ("score", "gain", "stands", "needed")}
        yield {"key": key, **record, **numbers}


def as_json(evaluation: Evaluation, lines: list[Told]) -> str:
    return json.dumps(list(as_records(evaluation, lines)), ensure_ascii=False, indent=2, allow_nan=False)


def as_csv(evaluation: Evaluation, lines: list[Told]) -> str:
    """A line per recommendation, the key parts first, and one for each of its tasks, numbered, with what they share.

    Value and target are numbers, a percent as its share of one.
    A text that a spreadsheet would take for a formula gets a quote in front.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*evaluation.scorecard.entity.key, *COLUMNS])
    for record in as_records(evaluation, lines):
        own = {**record, "task": None, "value": record["stands"], "target": record["needed"]}
        steps = (
            {**own, "task": place, "action": step["what"], **step, "gain": None, "effort": None}
            for place, step in enumerate(record["tasks"], start=1)
        )
        for row in (own, *steps):
            writer.writerow([_cell(cell) for cell in (*record["key"].values(), *(row[name] for name in COLUMNS))])
    return stream.getvalue()


def _cell(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else str(cell).lower() if isinstance(cell, bool) else cell
