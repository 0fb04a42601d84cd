"""All entities of a period together, in numbers: what every report tells first, so that all of them tell the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.levers import Levers, levers
from scorecard.advice.playbook import advice
from scorecard.evaluation.details import details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.show import band_counts
from scorecard.expression.values import Coded
from scorecard.model.definition import Item, Recommendation
from scorecard.model.period import Period
from scorecard.model.state import Reason
from scorecard.report.labels import INSUFFICIENT, best_first
from scorecard.report.points import Said, merged
from scorecard.report.rows import order, unscored
from scorecard.scoring.rounding import span_of
from scorecard.scoring.score import PeriodScores

Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
FIRST = 5
"""entities that are named: the best, the worst, those that rose and those that fell the most"""
_SAME = 1e-9
"""of the scale's length, by which a score may differ and is still the same"""


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many entities are in a band, and how many were in the period before, None where there is none."""

    band: str
    count: int
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One entity whose score is another one than in the period before; `row` is its place in the period's table."""

    row: int
    then: float
    now: float
    band_then: str | None
    band_now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What became of the entities that have a score now and had one before: how many, their mean change, who rose and who fell.

    `better` and `worse` count those whose band is another one. Risen is what became better, also where low scores are good.
    """

    period: Period
    both: int
    mean: float | None
    risen: int
    fallen: int
    better: int
    worse: int
    risers: tuple[Move, ...]
    fallers: tuple[Move, ...]
    new: int
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One node over all entities: mean score of those that have one, and of the periods before, oldest first; None where nobody has."""

    node: str
    metric: bool
    parent: str
    depth: int
    """1 directly under the total"""
    scored: int
    mean: float | None
    history: tuple[tuple[Period, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points of the total that a node or rule took on the mean of all scored entities; negative where it gave some."""

    said: Said
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Potential:
    """What a metric at its target would bring: for how many entities, and points of the total summed over them."""

    metric: str
    entities: int
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """A recommendation: to how many entities it is given, and points of the total that it would bring, summed over them."""

    recommendation: Recommendation
    library: bool
    entities: int
    points: float


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """One period of an evaluation. Everything that is dear is worked out when it is first asked for."""

    evaluation: Evaluation
    period: Period
    scores: PeriodScores

    @property
    def count(self) -> int:
        return len(self.scores)

    @cached_property
    def total(self) -> Floats:
        """The score of every entity, NaN without one."""
        return _score(self.scores, "total")

    @cached_property
    def scored(self) -> int:
        return int(np.isfinite(self.total).sum())

    @cached_property
    def unscored(self) -> Mapping[Reason, int]:
        """How many have no score, by reason, most frequent first."""
        return unscored(self.scores)

    @cached_property
    def mean(self) -> float | None:
        return _mean(self.total)

    @cached_property
    def median(self) -> float | None:
        return float(np.nanmedian(self.total)) if self.scored else None

    @cached_property
    def coverage(self) -> float | None:
        """The mean share of the weight that was measured, entities without a score included."""
        return _mean(np.asarray(self.scores.cells["total.coverage"], dtype=np.float64))

    @cached_property
    def earlier(self) -> tuple[tuple[Period, PeriodScores], ...]:
        """The periods before that were scored and in which anybody has a score, oldest first."""
        calendar = self.evaluation.scorecard.period
        if calendar is None:
            return ()
        before = takewhile(lambda label: label != self.period.label, self.evaluation.results)
        found = ((calendar.named(label), self.evaluation.results[label]) for label in before)
        return tuple((period, scores) for period, scores in found if period is not None and np.isfinite(_score(scores, "total")).any())

    @cached_property
    def before(self) -> tuple[Period, PeriodScores] | None:
        """The period directly before, where anybody had a score in it."""
        calendar = self.evaluation.scorecard.period
        if calendar is None or not self.earlier:
            return None
        last = self.earlier[-1]
        return last if last[0] == calendar.shift(self.period, -1) else None

    @cached_property
    def bands(self) -> tuple[BandCount, ...]:
        """The bands from the best to the worst, those that only rules give, then that of entities of which too little was measured."""
        scorecard = self.evaluation.scorecard
        if not scorecard.bands:
            return ()
        then = None if self.before is None else band_counts(self.evaluation, self.before[1])
        now = band_counts(self.evaluation, self.scores)
        lacking = [INSUFFICIENT] if INSUFFICIENT in now or (then and INSUFFICIENT in then) else []
        return tuple(
            BandCount(band, now.get(band, 0), None if then is None else then.get(band, 0)) for band in [*best_first(scorecard), *lacking]
        )

    @cached_property
    def worst(self) -> Rows:
        """The rows of the worst scores, the worst first; at most as many as leave the others for the best."""
        return self._ordered[: min(FIRST, (len(self._ordered) + 1) // 2)]

    @cached_property
    def best(self) -> Rows:
        """The rows of the best scores, the best first; none that is among the worst."""
        return self._ordered[len(self.worst) :][::-1][:FIRST]

    @cached_property
    def changes(self) -> Changes | None:
        """What became of everybody since the period before; None where there is none."""
        if self.before is None:
            return None
        period, scores = self.before
        row, then = _matched(self.scores, scores)
        now, was = self.total[row], _score(scores, "total")[then]
        both = np.isfinite(now) & np.isfinite(was)
        scale = self.evaluation.scorecard.scale
        better = np.where(both, was - now if scale.lower_is_better else now - was, 0.0)
        better[np.abs(better) <= _SAME * span_of(scale)] = 0.0
        names = [[_names(of)[place] for place in at] for of, at in ((scores, then), (self.scores, row))]
        steps = self._steps(*names)[both]
        by_gain = np.argsort(-better, kind="stable")

        def moves(places: NDArray[np.intp]) -> tuple[Move, ...]:
            return tuple(
                Move(row=int(row[at]), then=float(was[at]), now=float(now[at]), band_then=names[0][at], band_now=names[1][at])
                for at in places[:FIRST]
            )

        return Changes(
            period=period,
            both=int(both.sum()),
            mean=float((now - was)[both].mean()) if both.any() else None,
            risen=int((better > 0).sum()),
            fallen=int((better < 0).sum()),
            better=int((steps > 0).sum()),
            worse=int((steps < 0).sum()),
            risers=moves(by_gain[better[by_gain] > 0]),
            fallers=moves(by_gain[::-1][better[by_gain[::-1]] < 0]),
            new=len(self.scores) - len(row),
            gone=len(scores) - len(row),
        )

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every node below the total, each group before what is in it, in the order of the file."""
        return tuple(self._below("total", 1))

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """What took points, the most first; on a closed scale they sum to the best score less the mean."""
        if not self.scored:
            return ()
        summed: dict[Said, float] = {}
        for detail in details(self.evaluation.plan, self.scores, np.flatnonzero(np.isfinite(self.total))):
            for said, amount in merged(detail.lost()).items():
                summed[said] = summed.get(said, 0.0) + float(np.nansum(amount))
        found = (Loss(said=said, points=points / self.scored) for said, points in summed.items())
        return tuple(sorted(found, key=lambda loss: -loss.points))

    @cached_property
    def potentials(self) -> tuple[Potential, ...]:
        """The metrics that would bring something at their target, each alone, the most first."""
        points: dict[str, float] = {}
        entities: dict[str, int] = {}
        for one in self._levers:
            if one.goal == "target" and len(one):
                points[one.metric] = points.get(one.metric, 0.0) + float(np.abs(one.gain).sum())
                entities[one.metric] = entities.get(one.metric, 0) + len(one)
        found = (Potential(metric=id, entities=entities[id], points=points[id]) for id in points)
        return tuple(sorted(found, key=lambda one: -one.points))

    @cached_property
    def advised(self) -> tuple[Advised, ...]:
        """The recommendations that are given to anybody: those of the definition by priority, then the library's, the most points first."""
        given = advice(self.evaluation, self.scores, np.arange(len(self.scores)), found=self._levers)
        count = np.bincount(given.which, minlength=len(given.recommendations))
        points = np.bincount(given.which, weights=np.abs(np.nan_to_num(given.gain)), minlength=len(given.recommendations))
        found = [
            Advised(recommendation=one, library=place >= given.written, entities=int(count[place]), points=float(points[place]))
            for place, one in enumerate(given.recommendations)
            if count[place]
        ]
        return tuple(sorted(found, key=lambda one: (one.library, 0 if one.library else one.recommendation.priority, -one.points)))

    @cached_property
    def _levers(self) -> list[Levers]:
        return list(levers(self.evaluation, self.scores, np.arange(len(self.scores))))

    @cached_property
    def _ordered(self) -> Rows:
        """The rows with a score, the worst first."""
        rows = order(self.evaluation, self.scores)
        return rows[np.isfinite(self.total[rows])]

    def _below(self, group: str, depth: int) -> Iterator[Standing]:
        scorecard = self.evaluation.scorecard
        for node in scorecard.children(group):
            yield self._standing(node, group, depth)
            if node.id in scorecard.groups:
                yield from self._below(node.id, depth + 1)

    def _standing(self, node: Item, parent: str, depth: int) -> Standing:
        own = _score(self.scores, node.id)
        return Standing(
            node=node.id,
            metric=node.id in self.evaluation.scorecard.metrics,
            parent=parent,
            depth=depth,
            scored=int(np.isfinite(own).sum()),
            mean=_mean(own),
            history=tuple((period, _mean(_score(scores, node.id))) for period, scores in self.earlier),
        )

    def _steps(self, then: list[str | None], now: list[str | None]) -> NDArray[np.intp]:
        """By how many bands each is better, 0 where a band is none of those that have a start."""
        scorecard = self.evaluation.scorecard
        place = {band.id: at for at, band in enumerate(band for band in scorecard.bands if band.start is not None)}
        sign = -1 if scorecard.scale.lower_is_better else 1
        pairs = zip(then, now, strict=True)
        return np.array([sign * (place[b] - place[a]) if a in place and b in place else 0 for a, b in pairs], dtype=np.intp)


def portfolio(evaluation: Evaluation, period: Period, scores: PeriodScores) -> Portfolio:
    """All entities of a shown period together."""
    return Portfolio(evaluation=evaluation, period=period, scores=scores)


def _score(scores: PeriodScores, node: str) -> Floats:
    return np.asarray(scores.cells[f"{node}.score"], dtype=np.float64)


def _mean(numbers: Floats) -> float | None:
    known = numbers[np.isfinite(numbers)]
    return float(known.mean()) if len(known) else None


def _matched(now: PeriodScores, then: PeriodScores) -> tuple[Rows, Rows]:
    """The places of the entities that are in both periods, in each of them."""
    _, first, second = np.intersect1d(now.table.entity, then.table.entity, assume_unique=True, return_indices=True)
    return first, second


def _names(scores: PeriodScores) -> list[str | None]:
    """The band of every row."""
    band = scores.cells.get("total.band")
    if not isinstance(band, Coded):
        return [None] * len(scores)
    names = [*band.categories, None]
    return [names[code] for code in band.codes.tolist()]
