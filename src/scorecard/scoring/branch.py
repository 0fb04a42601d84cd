"""A scored node with everything that its score is made of, and the lines that an explanation is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scorecard.model.definition import Scale
from scorecard.scoring.aggregations import Setting
from scorecard.scoring.arrays import Array, Num
from scorecard.scoring.rounding import span_of

LineKind = Literal["metric", "filled", "aggregation", "rounding", "clamp", "rule"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Branch:
    """A node of the tree on n rows, as it was scored; NaN = no score. The fields from `children` on are a group's."""

    node: str
    kind: Literal["metric", "group"]
    computed: Array
    """[n], what the curve or the aggregation gave, before clamp and rounding"""
    raw: Array
    """[n], clamped and rounded, before the node's own rules"""
    score: Array
    """[n], final"""
    rules: tuple[tuple[str | None, Array], ...] = ()
    """(rule id, points [n]) in the order they acted; None = the clamp after them"""
    best: Num | None = None
    """a metric's own score to compare with: its baseline's, or on an open scale the best of its curve"""
    children: tuple[Branch, ...] = ()
    aggregation: str = "arithmetic"
    setting: Setting | None = None
    weights: Array | None = None
    """[k, n] or [k], as they were used"""
    used: Array | None = None
    """[k, n], what the group took for each child: its score, a filler, or NaN where it did not count"""
    evaluate: Callable[[Array], Array] | None = None
    """a formula group: from scores of the children [k, n] to the group's, [n]"""

    def inputs(self) -> tuple[Array, Array, Setting]:
        """Scores of the children as used, their weights [k, n], and the setting; ValueError for a group without them."""
        if self.used is None or self.weights is None or self.setting is None:
            raise ValueError(f"the group {self.node!r} lacks what it was combined from")
        weights = self.weights if self.weights.ndim == self.used.ndim else self.weights[:, None]
        return self.used, np.broadcast_to(weights, self.used.shape), self.setting


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Points [n] that a node (or a rule on it) gave to the score, or cost it; NaN where there is no score."""

    node: str
    kind: LineKind
    rule: str | None
    amount: Array


def adjustments(branch: Branch, scale: Scale) -> Iterator[Line]:
    """What clamping, rounding and its own rules added to a group's score after its aggregation, in points of the group."""
    clamped = branch.computed if scale.low is None else np.clip(branch.computed, scale.low, scale.high)
    ruled = branch.raw.copy()
    for _, delta in branch.rules:
        ruled += delta
    steps: list[tuple[LineKind, str | None, Array]] = [
        ("clamp", None, clamped - branch.computed),
        ("rounding", None, branch.raw - clamped + branch.score - ruled),
        *(("clamp" if rule is None else "rule", rule, delta) for rule, delta in branch.rules),
    ]
    for kind, rule, amount in steps:
        if kind == "rule" or matters(amount, scale):
            yield Line(branch.node, kind, rule, amount)


def matters(amount: Array, scale: Scale) -> bool:
    """Whether an amount is more than what a sum in another order would change."""
    return bool((np.abs(amount) > 1e-13 * span_of(scale)).any())


def times(up: Array, amount: Array) -> Array:
    """An amount of a node in points of the root; nothing where the node reaches no score above."""
    return np.where(up == 0, 0.0, up * amount)
