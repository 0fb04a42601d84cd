"""Metrics that decide the total, or hardly matter in it, whatever their weight says."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.finding import Advice, Finding, Found, Unjudged

MOST = 0.5
"""the share of the variance of the total from which one metric decides"""
FAR = 2.0
"""how many times its weight's share a metric may decide, once that is `MUCH`"""
MUCH = 0.3
LITTLE = 0.1
"""the part of its weight's share below which a metric hardly matters, if it weighs at least `WORTH`"""
WORTH = 0.05
FEWEST = 3
"""metrics among which one can dominate"""


def find(case: Case) -> Iterator[Found]:
    """The share of the variance of the total that a metric brings, beside its mean share of the weight.

    That nominal weights are not what decides: Paruolo, Saisana and Saltelli, Ratings and rankings: voodoo or science?, Journal of
    the Royal Statistical Society A 176 (2013).
    """
    count = int((~np.isnan(case.total)).sum())
    if count < ENOUGH or not case.parts:
        yield Unjudged(
            check="dominance", about="total", cause="few" if count < ENOUGH else "alike", facts={"count": count, "needed": ENOUGH}
        )
        return
    if len(case.counted) < FEWEST:
        return
    for id, part in case.parts.items():
        facts = {"weight": part.weight, "influence": part.influence, "count": count}
        if part.influence >= MOST or (part.influence >= MUCH and part.influence >= FAR * part.weight):
            yield Finding(check="dominance", about=id, cause="decides", advice=Advice.ADJUST, facts=facts)
        elif part.weight >= WORTH and part.influence < -WORTH:
            yield Finding(check="dominance", about=id, cause="against", advice=Advice.ADJUST, facts=facts)
        elif part.weight >= WORTH and part.influence <= LITTLE * part.weight:
            yield Finding(check="dominance", about=id, cause="silent", advice=Advice.ADJUST, facts=facts)
