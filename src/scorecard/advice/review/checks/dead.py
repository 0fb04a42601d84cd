"""Metrics without which everybody would have the same band."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.finding import Advice, Finding, Found, Unjudged


def find(case: Case) -> Iterator[Found]:
    """Everybody scored again with the weight at 0; what a rule or another formula reads is not to be dropped, only its weight."""
    if not case.scorecard.bands:
        yield Unjudged(check="dead", about="total", cause="bands")
        return
    for id, without in case.without.items():
        facts = {"count": without.rows, "moved": without.moved, "needed": ENOUGH}
        if not without.rows and len(case.counted) == 1:
            continue
        if without.rows < ENOUGH:
            yield Unjudged(check="dead", about=id, cause="few", facts=facts)
        elif not without.changed:
            read = case.read_elsewhere(id)
            advice = Advice.ADJUST if read else Advice.DROP
            yield Finding(check="dead", about=id, cause="read" if read else "nothing", advice=advice, facts=facts)
