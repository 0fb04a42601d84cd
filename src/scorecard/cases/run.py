"""Cases run: each scored alone, its outcome beside what it expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.advice.playbook import advice
from scorecard.app import evaluate
from scorecard.cases.stage import key_of, staged
from scorecard.errors import ScorecardError, UsageError
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import Explained, Explanation
from scorecard.evaluation.found import found
from scorecard.hooks.registry import Registry
from scorecard.model.case import Case, Expectation, Wanted
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue
from scorecard.model.state import Fired

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was expected, and what came out."""

    expectation: Expectation
    found: Wanted

    @property
    def holds(self) -> bool:
        """Numbers are the same to the decimals that are expected, else to 1e-9 of themselves or of 1."""
        wanted = self.expectation.wanted
        if not isinstance(wanted, float) or not isinstance(self.found, float):
            return wanted == self.found
        decimals = self.expectation.decimals
        room = TOLERANCE * max(1.0, abs(wanted))
        return abs(wanted - self.found) <= (room if decimals is None else 0.5 * 10.0**-decimals + room)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One case, run: its checks, and why the entity has the score it has; `issues` where it could not be scored."""

    case: Case
    checks: tuple[Check, ...] = ()
    explanation: Explanation | None = None
    recommended: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.issues and all(check.holds for check in self.checks)


def run(scorecard: Scorecard, plugins: Registry, names: Sequence[str] = ()) -> Iterator[Tried]:
    """The cases of a definition, or those named, in its order."""
    for case in scorecard.cases.values():
        if not names or case.id in names:
            yield tried(scorecard, case, plugins)


def tried(scorecard: Scorecard, case: Case, plugins: Registry) -> Tried:
    """One case. Whatever keeps it from being scored is told with it."""
    try:
        _say_which(scorecard, case)
        label = case.period.label if case.period is not None else None
        evaluation = evaluate(staged(scorecard, case), period=label, plugins=plugins)
        key = key_of(scorecard, case)
        explanation = evaluation.explain(label, **key)
    except ScorecardError as error:
        return Tried(case=case, issues=tuple(error.issues))
    recommended = tuple(_recommended(evaluation, key))
    checks = tuple(Check(expectation=one, found=outcome(explanation, recommended, one.name)) for one in case.expect)
    return Tried(case=case, checks=checks, explanation=explanation, recommended=recommended)


def outcome(explanation: Explanation, recommended: Sequence[str], name: str) -> Wanted:
    """What came out under a name that a case may expect; None = nothing, lists sorted."""
    id, _, part = name.rpartition(".")
    node = next(node for node in nodes(explanation.total) if node.id == id)
    match part:
        case "rules":
            return tuple(sorted(fired(explanation)))
        case "segments":
            return tuple(sorted(explanation.segments))
        case "recommendations":
            return tuple(sorted(recommended))
        case "state":
            return node.state.name.lower()
        case "value" | "score" | "band" | "coverage":
            value: Wanted = getattr(node, part)
            return value
    raise KeyError(name)


def nodes(node: Explained) -> Iterator[Explained]:
    """A node and all below it."""
    yield node
    for child in node.children:
        yield from nodes(child)


def fired(explanation: Explanation) -> Iterator[str]:
    """The rules that fired, of any node."""
    for node in nodes(explanation.total):
        yield from (rule.id for rule in node.rules if rule.fired is Fired.YES)


def _recommended(evaluation: Evaluation, key: dict[str, str]) -> Iterator[str]:
    """What the definition's own recommendations say to the entity."""
    if evaluation.scorecard.recommendations:
        scores, row = found(evaluation, key)
        given = advice(evaluation, scores, np.array([row]))
        yield from (given.recommendations[which].id for which in given.which.tolist() if which < given.written)


def _say_which(scorecard: Scorecard, case: Case) -> None:
    """Raises UsageError where the case brings a roster and does not say which entity of it is judged."""
    entity = scorecard.entity
    if entity.roster in case.records and not case.entity.keys() >= set(entity.key):
        values = {"name": case.id, "roster": entity.roster, "key": ", ".join(entity.key)}
        raise UsageError([Issue(code="SC918", place=case.place, values=values)])
