"""Metrics that too few of those they apply to are measured by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.review.case import Case
from scorecard.advice.review.finding import Advice, Facts, Finding, Found
from scorecard.model.state import State

LEAST = 0.7
"""the share that is to be measured"""
_AWAY = (State.NOT_APPLICABLE, State.EXCLUDED)


def find(case: Case) -> Iterator[Found]:
    """Fewer than seven in ten measured since the first of them was, nobody ever, or nobody to whom it applies."""
    for id in case.counted:
        since, state = since_first(case, id)
        count = len(state)
        if not count:
            yield Finding(check="coverage", about=id, cause="nobody", advice=Advice.DROP, facts={"count": len(case.observed(id))})
            continue
        measured, failed = int((state == State.MEASURED).sum()), int((state == State.FAILED).sum())
        facts: Facts = {"share": measured / count, "measured": measured, "count": count, "failed": failed, "since": since}
        if not measured:
            yield Finding(check="coverage", about=id, cause="none", advice=Advice.REPLACE, facts=facts)
        elif measured < LEAST * count:
            cause = "failed" if failed * 2 > count - measured else "gaps"
            yield Finding(check="coverage", about=id, cause=cause, advice=Advice.ADJUST, facts=facts)


def since_first(case: Case, metric: str) -> tuple[str, NDArray[np.int8]]:
    """The states of those a metric applies to, from the first period on in which anybody was measured, and its label."""
    rows = case.observed(metric)
    measured = rows.period[rows.state == State.MEASURED]
    first = int(measured.min()) if len(measured) else 0
    return case.seen.periods[first].label, rows.state[(rows.period >= first) & ~np.isin(rows.state, [int(away) for away in _AWAY])]
