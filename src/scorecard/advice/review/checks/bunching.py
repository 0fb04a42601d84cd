"""Values that gather just at the better side of a threshold or a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from scorecard.advice.association import at_least
from scorecard.advice.observed import Floats, Observed
from scorecard.advice.review.case import ENOUGH, Case
from scorecard.advice.review.finding import Advice, Facts, Finding, Found, Unjudged
from scorecard.advice.targets.side import Side, side_of
from scorecard.model.definition import Metric, Number, Range
from scorecard.model.formula import Call, Cell, Formula, walk

BAND = 0.05
"""how far a neighbourhood reaches, as a part of the way from worst to target"""
RARE = 0.05
"""the probability, times the edges that are looked at, below which chance is ruled out"""
HEAP = 1.5
"""times as many on the better side as on the other"""
STEPS = 5
"""different values on each side; with fewer it is the way of counting that makes heaps"""
_NEAR = 1e-9
_MOVING = ("previous", "year_ago", "peer_")


def find(case: Case) -> Iterator[Found]:
    """As many values are expected just below an edge as just above it; a binomial test says whether more are above.

    A heap is more than a slope: it must also be denser than what lies next beyond it. After McCrary, Manipulation of the running
    variable in the regression discontinuity design, Journal of Econometrics 142 (2008), and the literature on bunching at notches
    (Saez 2010; Kleven, Annual Review of Economics 8, 2016). What it finds asks for a look at the records; it proves nothing.
    """
    heaps = {(id, name): heap for id in case.counted for name, heap in _heaps(case.measured(id))}
    tests = sum(_can_tell(heap) for heap in heaps.values())
    for id in case.counted:
        own = {name: heap for (metric, name), heap in heaps.items() if metric == id}
        if own and not any(_can_tell(heap) for heap in own.values()):
            yield _untold(id, max(own.values(), key=lambda heap: heap.better + heap.worse))
        for name, heap in own.items():
            if _can_tell(heap) and _is_heap(heap, tests):
                facts: Facts = {**asdict(heap), "edge": name, "tests": tests}
                yield Finding(check="bunching", about=id, cause="heap", advice=Advice.ADJUST, facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """The values in a step on the better side of an edge, in one on the other and in one beyond, and how likely that is by chance."""

    better: int
    worse: int
    beyond: int
    different: int
    """different values on the side that has fewer of them"""
    chance: float
    value: float
    width: float


def _untold(metric: str, most: Heap) -> Unjudged:
    """Nothing can be told even at the edge with the most values near it."""
    facts: Facts = {"count": most.better + most.worse, "needed": ENOUGH, "different": most.different, "steps": STEPS}
    return Unjudged(check="bunching", about=metric, cause="few" if most.better + most.worse < ENOUGH else "coarse", facts=facts)


def _heaps(rows: Observed) -> Iterator[tuple[str, Heap]]:
    for name, edge in _edges(rows).items():
        heap = _heap(rows, edge)
        if heap is not None:
            yield name, heap


def _edges(rows: Observed) -> dict[str, Floats]:
    """By band the thresholds, and the target; of pairs there is none, nor of what is worked out from the values themselves."""
    if not len(rows) or side_of(rows) in (None, Side.WITHIN) or np.isnan(rows.worst[0]).all():
        return {}
    metric = rows.metric
    edges = {band: edge for band, edge in rows.thresholds.items() if not _follows(metric.thresholds.get(band), metric)}
    return edges if _follows(metric.target, metric) else {**edges, "target": rows.target[0]}


def _follows(number: Number | Range | None, metric: Metric) -> bool:
    """Whether a number is a formula over peers or earlier values, near which values lie of themselves."""
    if not isinstance(number, Formula):
        return False
    nodes = list(walk(number.tree))
    by_target = any(isinstance(node, Cell) and node.name == f"{metric.id}.target" for node in nodes)
    moving = any(isinstance(node, Call) and node.function.startswith(_MOVING) for node in nodes)
    return moving or (by_target and _follows(metric.target, metric))


def _heap(rows: Observed, edge: Floats) -> Heap | None:
    """The neighbourhood of an edge; None where nobody is near."""
    way = BAND * (rows.target[0] - rows.worst[0])
    steps = np.divide(rows.value - edge, way, out=np.full(len(rows), np.nan), where=way != 0)
    near = [steps[(steps >= low - _NEAR) & (steps < low + 1 - _NEAR)] for low in (0, -1, 1)]
    better, worse, beyond = map(len, near)
    if not better + worse:
        return None
    return Heap(
        better=better,
        worse=worse,
        beyond=beyond,
        different=min(len(np.unique(np.round(side, 6))) for side in near[:2]),
        chance=at_least(better, better + worse),
        value=float(np.nanmedian(edge)),
        width=float(np.nanmedian(np.abs(way))),
    )


def _can_tell(heap: Heap) -> bool:
    return heap.better + heap.worse >= ENOUGH and heap.different >= STEPS


def _is_heap(heap: Heap, tests: int) -> bool:
    return heap.chance * tests < RARE and heap.better >= HEAP * heap.worse and heap.better > heap.beyond
