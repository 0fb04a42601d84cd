"""What became of follow-ups, in words: as rows for a table, as JSON, as comma-separated values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from scorecard.advice.followup import Progress
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.model.definition import Metric
from scorecard.report import figures, locale, tabular
from scorecard.report.digits import one as twelve
from scorecard.report.followup.book import heads
from scorecard.report.labels import node_of

COLUMNS = (
    "recommendation",
    "action",
    "state",
    "owner",
    "due",
    "overdue",
    "note",
    "taken",
    "period",
    "about",
    "value_then",
    "value_now",
    "needed",
    "score_then",
    "score_now",
    "promised",
    "brought",
    "verdict",
)
"""of the CSV form, behind the key"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One follow-up for the screen."""

    who: str
    action: str
    state: str
    overdue: bool
    about: str
    came: str
    verdict: str


class Teller:
    """Words what became of follow-ups, in a language; what is due before `today` and not closed is overdue."""

    def __init__(self, evaluation: Evaluation, every: Sequence[Progress], today: date, language: str) -> None:
        self.scorecard = evaluation.scorecard
        self.every = every
        self.today = today
        self.language = language

    def lines(self) -> Iterator[Line]:
        for one in self.every:
            taken = one.followup
            facts = [say(f"standing.{taken.state}", self.language), *([taken.owner] if taken.owner else [])]
            if taken.due:
                facts.append(say("advise.by", self.language, day=locale.day(taken.due, self.language)))
            overdue = self._overdue(one)
            if overdue:
                facts.append(say("follow.overdue", self.language))
            if taken.note:
                facts.append(taken.note)
            yield Line(
                who=figures.clean(" ".join(taken.key)) or say("column.portfolio", self.language),
                action=figures.clean(taken.action or taken.recommendation),
                state=say("list.pause", self.language).join(figures.clean(fact) for fact in facts),
                overdue=overdue,
                about=self._about(one),
                came=self._came(one),
                verdict=say(f"verdict.{one.verdict}", self.language),
            )

    def as_json(self) -> str:
        return tabular.as_json([self._record(one) for one in self.every])

    def as_csv(self) -> str:
        records = (self._record(one) for one in self.every)
        rows = ([*record["key"].values(), *(_flat(record[name]) for name in COLUMNS)] for record in records)
        return tabular.as_csv([*heads(self.scorecard.entity.key), *COLUMNS], rows)

    def _record(self, one: Progress) -> dict[str, Any]:
        taken, promise = one.followup, one.followup.promise
        return {
            "key": dict(zip(self.scorecard.entity.key, taken.key, strict=True)),
            "recommendation": taken.recommendation,
            "action": taken.action,
            "state": taken.state.value,
            "owner": taken.owner,
            "due": taken.due.isoformat() if taken.due else None,
            "overdue": self._overdue(one),
            "note": taken.note,
            "taken": taken.taken.isoformat(),
            "period": taken.period,
            "about": promise.about,
            "value_then": twelve(promise.value),
            "value_now": twelve(one.value),
            "needed": twelve(promise.needed),
            "score_then": twelve(promise.score),
            "score_now": twelve(one.score),
            "promised": twelve(promise.gain),
            "brought": twelve(one.brought),
            "verdict": one.verdict,
        }

    def _overdue(self, one: Progress) -> bool:
        return one.followup.due is not None and one.followup.due < self.today and not one.followup.closed

    def _about(self, one: Progress) -> str:
        """`Customer satisfaction 55 points → 61 points, needed 86.99 points`."""
        promise = one.followup.promise
        if one.verdict == "gone":
            return promise.about
        name = node_of(self.scorecard, promise.about, self.language)
        change = figures.change(self._value(one, promise.value), self._value(one, one.value if one.value is not None else promise.value))
        if promise.needed is None:
            return f"{name} {change}"
        return say("follow.gap", self.language, metric=name, change=change, needed=self._value(one, promise.needed))

    def _value(self, one: Progress, number: float | None) -> str:
        node = self.scorecard.node(one.followup.promise.about)
        if not isinstance(node, Metric):
            return "–" if number is None else figures.fixed(number, figures.decimals_of(node, self.scorecard.scale), self.language)
        return figures.value(number, node.unit, node.decimals, self.language) or "–"

    def _came(self, one: Progress) -> str:
        """What was promised, and what came of it."""
        decimals = figures.decimals_of(self.scorecard.total, self.scorecard.scale)
        promised, brought = (
            None if points is None else figures.gained(points, decimals, self.language) or "0"
            for points in (one.followup.promise.gain, one.brought)
        )
        if promised is None:
            return ""
        if brought is None:
            return say("follow.promised", self.language, points=promised)
        return say("follow.brought", self.language, points=promised, brought=brought)


def counts(every: Sequence[Progress], language: str) -> str:
    """How many there are of each verdict: `2 kept; 1 not yet measured`."""
    kinds = dict.fromkeys(one.verdict for one in every)
    found = ((sum(one.verdict == kind for one in every), say(f"verdict.{kind}", language)) for kind in kinds)
    return say("list.pause", language).join(f"{count} {said}" for count, said in found)


def _flat(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool) else cell
