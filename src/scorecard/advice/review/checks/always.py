"""Metrics that almost always, or never, earn the best score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.observed import Observed
from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.finding import Advice, Finding, Found

ALWAYS = 0.95
SHORT = 0.02
"""the part of the scale by which the best of all must be short of the best score"""
_NEAR = 1e-9


def find(case: Case) -> Iterator[Found]:
    """The best score for almost everybody or for nobody, or the worst one for almost everybody. Open scales have no ends."""
    if case.scorecard.scale.open:
        return
    worst, best = ends(case)
    for id in case.counted:
        rows = case.measured(id)
        if len(rows) < ENOUGH:
            continue
        near = _NEAR * abs(best - worst)
        hit, missed = (float((np.abs(rows.score - end) <= near).mean()) for end in (best, worst))
        facts = {"share": hit, "count": len(rows)}
        if hit >= ALWAYS:
            yield Finding(check="always", about=id, cause="hit", advice=Advice.ADJUST, facts=facts)
        elif missed >= ALWAYS:
            yield Finding(check="always", about=id, cause="missed", advice=Advice.ADJUST, facts={**facts, "share": missed})
        elif abs(best - (top := _best_of(case, rows))) > SHORT * abs(best - worst):
            yield Finding(check="always", about=id, cause="never", advice=Advice.ADJUST, facts={**facts, "score": top})


def _best_of(case: Case, rows: Observed) -> float:
    return float(rows.score.min() if case.scorecard.scale.lower_is_better else rows.score.max())


def ends(case: Case) -> tuple[float, float]:
    """The worst and the best score, NaN on an open scale."""
    scale = case.scorecard.scale
    return (np.nan, np.nan) if scale.worst is None or scale.best is None else (scale.worst, scale.best)
