"""Objectives that nothing measures."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.advice.review.case import Case
from scorecard.advice.review.finding import Advice, Finding, Found
from scorecard.model.state import State


def find(case: Case) -> Iterator[Found]:
    """An objective of a group, or of the total, under which nothing was ever measured."""
    scorecard = case.scorecard
    for group in (*scorecard.groups.values(), scorecard.total):
        if group.objective and not any(_measured(case, id) for id in scorecard.metrics if _under(case, id, group.id)):
            yield Finding(check="objectives", about=group.id, cause="unmeasured", advice=Advice.ADJUST)


def _measured(case: Case, metric: str) -> bool:
    return bool((case.observed(metric).state == State.MEASURED).any())


def _under(case: Case, node: str, group: str) -> bool:
    parent = case.scorecard.node(node).parent
    while parent is not None and parent != group:
        parent = case.scorecard.node(parent).parent
    return parent == group
