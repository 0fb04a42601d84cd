"""Metrics that do not tell what became of the entities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.association import area, area_error, spearman
from scorecard.advice.observed import Floats
from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.finding import Advice, Facts, Finding, Found, Unjudged

EVENTS = 10
"""of each kind, below which an area is not told"""
NOTHING = 0.05
"""an area nearer to one half, or a rank correlation nearer to 0 by twice as much, tells nothing"""
SURE = 1.96
"""standard errors"""


def find(case: Case) -> Iterator[Found]:
    """The area under the ROC curve, with better scores for the better outcome; of an outcome in figures the rank correlation."""
    if case.outcome is None:
        yield Unjudged(check="prediction", about="total", cause="no_outcome")
        return
    figures = "" if case.outcome.happens else "_figures"
    for id in (*case.counted, "total"):
        found, error, facts = told(case, id)
        if found is None:
            yield Unjudged(check="prediction", about=id, cause="few", facts=facts)
        elif found < 0.5 - max(SURE * error, NOTHING):
            yield Finding(check="prediction", about=id, cause=f"wrong{figures}", advice=Advice.REPLACE, facts=facts)
        elif abs(found - 0.5) < NOTHING and error <= NOTHING:
            yield Finding(check="prediction", about=id, cause=f"nothing{figures}", advice=Advice.REPLACE, facts=facts)
        elif abs(found - 0.5) < SURE * error:
            yield Unjudged(check="prediction", about=id, cause="unsure", facts=facts)


def told(case: Case, node: str) -> tuple[float | None, float, Facts]:
    """How well a node's scores tell the outcome, from 0 (the wrong way round) over one half to 1, its error by chance, and the counts."""
    outcome = case.outcome
    assert outcome is not None
    good = case.good(case.score(node)[case.seen.period == outcome.scored])
    known = ~np.isnan(good) & ~np.isnan(outcome.figures)
    figures = outcome.figures[known]
    if outcome.happens:
        yes, no = int((figures == 1).sum()), int((figures == 0).sum())
        facts: Facts = {"yes": yes, "no": no, "needed": EVENTS}
        if min(yes, no) < EVENTS:
            return None, np.nan, facts
        found = area(good[known], figures == 1)
        found = found if outcome.wanted else 1 - found
        return found, area_error(yes, no), {**facts, "area": found}
    return _by_ranks(good[known], figures, wanted=outcome.wanted)


def _by_ranks(good: Floats, figures: Floats, *, wanted: bool) -> tuple[float | None, float, Facts]:
    """An outcome in figures, put on the same scale: a rank correlation of 0 is one half."""
    count = len(good)
    rho = spearman(good, figures) if count >= ENOUGH else np.nan
    if np.isnan(rho):
        return None, np.nan, {"count": count, "needed": ENOUGH}
    return 0.5 + (rho if wanted else -rho) / 2, 0.5 / float(np.sqrt(count - 1)), {"count": count, "correlation": rho}
