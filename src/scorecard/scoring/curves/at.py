"""The numbers a curve is drawn through, as they apply to the rows of a block."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import chain

import numpy as np

from scorecard.scoring.arrays import Array, Flags, Num
from scorecard.scoring.rounding import reaching

Ends = Num | tuple[Num, Num] | None


@dataclass(frozen=True, kw_only=True, eq=False)
class At:
    """A number is one float, or [n]; NaN = missing for that row.

    `worst_score` and `best_score` are the ends of the scale, worst above best where lower is better; not finite on an open scale.
    """

    worst_score: float
    best_score: float
    worst: Ends = None
    target: Ends = None
    thresholds: tuple[tuple[float, Num], ...] = ()
    """(the score at which the band begins, the value where it does), from the worst band to the best"""
    points: tuple[tuple[Num, Num], ...] = ()
    steps: tuple[tuple[Num | None, bool, Num], ...] = ()
    """(edge, whether a value on the edge is covered, score); no edge covers every value"""
    lookup: Mapping[str, Num] = field(default_factory=dict)
    otherwise: Num | None = None
    flat_peers: bool | Flags = False
    """rows whose worst and target come from peers, so that both being equal is a flat peer group"""

    @cached_property
    def settled(self) -> bool:
        """Whether every number is the same for all rows."""
        pairs = (*self.thresholds, *self.points)
        ends = [end for number in (self.worst, self.target) for end in (number if isinstance(number, tuple) else (number,))]
        single = (edge for edge, _, _ in self.steps), (earned for _, _, earned in self.steps), self.lookup.values(), ends, [self.otherwise]
        return not any(isinstance(number, np.ndarray) for number in chain(*pairs, *single))

    @property
    def closed(self) -> bool:
        return math.isfinite(self.worst_score) and math.isfinite(self.best_score)

    @property
    def lower_is_better(self) -> bool:
        return self.worst_score > self.best_score

    @property
    def tolerance(self) -> float:
        """Scores nearer than this are equal."""
        return 1e-9 * abs(self.best_score - self.worst_score) if self.closed else 1e-9

    @cached_property
    def attainable(self) -> Num:
        """The best score that any value earns: the end of the scale, unless points or steps stop short of it."""
        scores = [*(score for _, score in self.points), *(score for _, _, score in self.steps)]
        if not scores:
            return self.best_score
        best = reduce(np.minimum if self.lower_is_better else np.maximum, scores)
        return self.clamp(np.asarray(best, dtype=np.float64))

    def clamp(self, score: Array) -> Array:
        """The score within the ends of a closed scale."""
        if not self.closed:
            return score
        low, high = sorted((self.worst_score, self.best_score))
        return np.clip(score, low, high)

    def reaches(self, score: Num, goal: Num) -> Flags:
        """Whether a score is at least as good as another, after the tidy-up."""
        span = self.tolerance / 1e-9
        return reaching(np.negative(score), np.negative(goal), span) if self.lower_is_better else reaching(score, goal, span)
