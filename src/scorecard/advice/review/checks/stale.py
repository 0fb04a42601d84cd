"""Metrics whose records have ended."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.review.case import Case
from scorecard.advice.review.finding import Advice, Finding, Found, Unjudged
from scorecard.model.state import State


def find(case: Case) -> Iterator[Found]:
    """Measured in earlier periods and for nobody in the last one; or a source whose last record lies before the last period."""
    if case.scorecard.period is None:
        yield Unjudged(check="stale", about="total", cause="no_period")
        return
    last = len(case.seen.periods) - 1
    old = _old_sources(case)
    for id in case.counted:
        rows = case.observed(id)
        measured = np.unique(rows.period[rows.state == State.MEASURED])
        source = case.scorecard.metrics[id].source
        if len(measured) and measured[-1] < last:
            facts = {"period": case.seen.periods[int(measured[-1])].label, "last": case.seen.periods[last].label}
            yield Finding(check="stale", about=id, cause="ended", advice=Advice.REPLACE, facts=facts)
        elif source in old:
            facts = {"source": source, "day": old[source], "last": case.seen.periods[last].label}
            yield Finding(check="stale", about=id, cause="old", advice=Advice.ADJUST, facts=facts)


def _old_sources(case: Case) -> dict[str, str]:
    """The sources whose last record, with its day, lies before the last period begins; intervals may go on and are left out."""
    start = case.seen.periods[-1].start
    return {
        one.source: one.last.date().isoformat()
        for one in case.evaluation.quality
        if start is not None and one.last is not None and one.last < start and case.scorecard.sources[one.source].time_to is None
    }
