"""Whether a definition fits its data: targets where values lie, scores that differ, conditions that somebody meets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from scorecard.advice.fit import far_target, matched, reviewed, words
from scorecard.advice.review.case import Case
from scorecard.evaluation.evaluation import Evaluation
from scorecard.model.issue import Issue

CHECKS: tuple[Callable[[Case], Iterable[Issue]], ...] = (reviewed.find, far_target.find, words.find, matched.find)
CODES: Mapping[str, str] = {**reviewed.CODES, far_target.CODE: "target", words.CODE: "words", matched.CODE: "matched"}
"""every code with what it is about"""


def misfits(evaluation: Evaluation) -> list[Issue]:
    """What the periods of an evaluation show, each issue at the part of the definition that it is about."""
    case = Case(evaluation, None)
    return [issue for find in CHECKS for issue in find(case)]
