"""A review of a scorecard by what it did: which metrics tell something, which do not, and what moved oddly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.checks import CHECKS
from scorecard.advice.review.checks.coverage import since_first
from scorecard.advice.review.checks.prediction import told
from scorecard.advice.review.finding import Advice, Figures, Finding, Found, Move, Review, Unjudged
from scorecard.advice.review.moves import moves
from scorecard.advice.review.outcome import Outcome
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.state import State


def review(evaluation: Evaluation, outcome: Outcome | None = None) -> Review:
    """Every check over all periods of an evaluation, and what moved in the last one."""
    case = Case(evaluation, outcome)
    found: list[Found] = [each for check in CHECKS.values() for each in check(case)]
    moved = list(moves(case))
    findings = tuple(each for each in found if isinstance(each, Finding))
    return Review(
        figures=_figures(case, findings),
        findings=findings,
        unjudged=tuple(each for each in (*found, *moved) if isinstance(each, Unjudged)),
        moves=tuple(each for each in moved if isinstance(each, Move)),
        rest=1 - sum(part.influence for part in case.parts.values()) if case.parts else None,
        outcome=None if outcome is None else outcome.name,
    )


def _figures(case: Case, findings: Sequence[Finding]) -> tuple[Figures, ...]:
    """A line for every metric that counts."""
    worst: Mapping[str, Advice] = {id: max((one.advice for one in findings if one.about == id), default=Advice.KEEP) for id in case.counted}
    return tuple(
        Figures(
            metric=id,
            measured=_measured(case, id),
            weight=case.parts[id].weight if id in case.parts else None,
            influence=case.parts[id].influence if id in case.parts else None,
            moved=_moved(case, id),
            area=told(case, id)[0] if case.outcome is not None else None,
            advice=worst[id],
        )
        for id in case.counted
    )


def _measured(case: Case, metric: str) -> float | None:
    states = since_first(case, metric)[1]
    return float((states == State.MEASURED).mean()) if len(states) else None


def _moved(case: Case, metric: str) -> float | None:
    found = case.without.get(metric)
    return found.changed / found.rows if found is not None and found.rows >= ENOUGH else None
