"""Bands that nobody is in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.finding import Advice, Facts, Finding, Found
from scorecard.advice.targets.side import Side, meets, side_of


def find(case: Case) -> Iterator[Found]:
    """Bands of the total without anybody in any period, and thresholds that no value reaches."""
    bands = [band.id for band in case.scorecard.bands if band.start is not None]
    there = ~np.isnan(case.total)
    count = int(there.sum())
    if bands and count >= ENOUGH:
        held = set(case.seen.texts("total.band")[there])
        if empty := [band for band in bands if band not in held]:
            facts: Facts = {"bands": ", ".join(empty), "count": count}
            yield Finding(check="unreached", about="total", cause="bands", advice=Advice.ADJUST, facts=facts)
    for id in case.counted:
        rows = case.measured(id)
        side = side_of(rows) if len(rows) >= ENOUGH else None
        if side is None or side is Side.WITHIN:
            continue
        out_of_reach = [band for band, edge in rows.thresholds.items() if not meets(rows.value, edge, edge, side).any()]
        if out_of_reach:
            best = float(rows.value.max() if side is Side.ABOVE else rows.value.min())
            beyond: Facts = {"bands": ", ".join(out_of_reach), "count": len(rows), "best": best}
            yield Finding(check="unreached", about=id, cause="thresholds", advice=Advice.ADJUST, facts=beyond)
