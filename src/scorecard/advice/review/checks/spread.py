"""Metrics whose scores hardly differ."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.checks.always import ALWAYS, ends
from scorecard.advice.review.finding import Advice, Finding, Found, Unjudged

ONE = 0.9
"""the share of scores on one number from which a metric tells nobody apart"""
NARROW = 0.05
"""the standard deviation, as a part of the scale, below which it hardly does"""


def find(case: Case) -> Iterator[Found]:
    """Nine in ten scores alike, or all of them close together; those at an end of the scale are left to `always`."""
    scale = case.scorecard.scale
    for id in case.counted:
        rows = case.measured(id)
        if len(rows) < ENOUGH:
            yield Unjudged(check="spread", about=id, cause="few", facts={"count": len(rows), "needed": ENOUGH})
            continue
        scores, counts = np.unique(np.round(rows.score, 9), return_counts=True)
        most = int(counts.argmax())
        share = float(counts[most] / len(rows))
        if share >= ALWAYS and float(scores[most]) in ends(case):
            continue
        low, high = np.quantile(rows.value, [0.05, 0.95]).tolist() if not np.isnan(rows.value).any() else (None, None)
        facts = {"share": share, "count": len(rows), "score": float(scores[most]), "low": low, "high": high}
        if share >= ONE:
            alike = low is None or low == high
            advice = Advice.REPLACE if alike else Advice.ADJUST
            yield Finding(check="spread", about=id, cause="alike" if alike else "one", advice=advice, facts=facts)
        elif scale.low is not None and scale.high is not None and rows.score.std() < NARROW * (scale.high - scale.low):
            deviation = float(rows.score.std())
            yield Finding(check="spread", about=id, cause="narrow", advice=Advice.ADJUST, facts={**facts, "deviation": deviation})
