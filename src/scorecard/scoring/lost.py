"""Points lost: why the score is not the best one, metric by metric."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import factorial

import numpy as np

from scorecard.model.definition import Scale
from scorecard.scoring import aggregations
from scorecard.scoring.aggregations.counting import added, counting
from scorecard.scoring.arrays import Array, Num
from scorecard.scoring.branch import Branch, Line, adjustments, matters, times

SHAPLEY_CHILDREN = 6
"""a formula over more children keeps its loss as one line: the subsets to evaluate double with each"""


def lost(root: Branch, scale: Scale, best: Num) -> tuple[Line, ...]:
    """Lines that add up to the best score less the root's, [n] each; NaN in rows without a score. Positive = lost.

    Where lower is better the signs are turned, so that a loss is positive there too and the lines add up to the root's score
    less the best. A group hands each child its pull on the loss; pulls multiply down. What is left over (a clamped sum, a
    formula of many children) stays with the group; clamping, rounding and rules of groups are lines, negative where they helped.
    A metric with a `best` of its own is compared with that; a group above one, with what its children's would combine to.
    """
    unscored = np.isnan(root.score)
    sign = -1.0 if scale.lower_is_better else 1.0
    lines = _lines(root, np.where(unscored, 0.0, 1.0), scale, best)
    return tuple(Line(line.node, line.kind, line.rule, np.where(unscored, np.nan, sign * line.amount)) for line in lines)


def reference(branch: Branch, best: Num) -> Num:
    """The score a node is compared with: its own, or what those of its children combine to; else `best`."""
    if branch.kind == "metric":
        return best if branch.best is None else branch.best
    if not _compares(branch):
        return best
    used, weights, setting = branch.inputs()
    references = _references(branch, used, best)
    if branch.evaluate is not None:
        return branch.evaluate(references)
    if branch.aggregation == "formula":
        return best
    return aggregations.load(branch.aggregation).combine(references, weights, setting)


def _compares(branch: Branch) -> bool:
    return branch.best is not None or any(_compares(child) for child in branch.children)


def _references(branch: Branch, used: Array, best: Num) -> Array:
    found = np.stack([np.broadcast_to(reference(child, best), row.shape) for child, row in zip(branch.children, used, strict=True)])
    return np.where(np.isnan(used), np.nan, found)


def _lines(branch: Branch, up: Array, scale: Scale, best: Num) -> Iterator[Line]:
    goal = np.broadcast_to(reference(branch, best), branch.score.shape)
    if branch.kind == "metric":
        yield Line(branch.node, "metric", None, times(up, goal - branch.score))
        return
    used, _, _ = branch.inputs()
    references = _references(branch, used, best)
    losses = np.where(np.isnan(used), 0.0, references - used)
    pulls = _pulls(branch, references if _compares(branch) else best, references)
    for child, pull, loss in zip(branch.children, pulls, losses, strict=True):
        own = ~np.isnan(child.score)
        yield from _lines(child, np.where(own, up * pull, 0.0), scale, best)
        stand_in = times(np.where(own, 0.0, up * pull), loss)
        if np.any(stand_in):
            yield Line(child.node, "filled", None, stand_in)
    left = times(up, goal - branch.computed - added(pulls * losses))
    if matters(left, scale):
        yield from _left_over(branch, up, left, scale)
    for line in adjustments(branch, scale):
        yield Line(line.node, line.kind, line.rule, times(up, -line.amount))


def _left_over(branch: Branch, up: Array, left: Array, scale: Scale) -> Iterator[Line]:
    """What no child answers for: of a sum, what its clamp took apart from points that its weights put out of reach."""
    if branch.aggregation == "sum":
        used, weights, _ = branch.inputs()
        counted = counting(used, weights)[0]
        clamp = times(up, added(np.where(counted > 0, counted * used, 0.0)) - branch.computed)
        if matters(clamp, scale):
            yield Line(branch.node, "clamp", None, clamp)
        left = left - clamp
    if matters(left, scale):
        yield Line(branch.node, "aggregation", None, left)


def _pulls(branch: Branch, best: Num, references: Array) -> Array:
    """Points of the group lost per point that each child lost, [k, n]."""
    used, weights, setting = branch.inputs()
    if branch.aggregation != "formula":
        return aggregations.load(branch.aggregation).pull(used, weights, best, branch.computed, setting)
    losses = np.where(np.isnan(used), 0.0, references - used)
    taking_part = [place for place, row in enumerate(losses) if np.any(row)]
    if branch.evaluate is None or len(taking_part) > SHAPLEY_CHILDREN:
        return np.zeros(used.shape)
    parts = _shapley(branch, used, references, taking_part)
    usable = np.isfinite(parts).all(axis=0)
    return np.where(usable & (losses != 0), parts / np.where(losses != 0, losses, 1.0), 0.0)


def _shapley(branch: Branch, used: Array, references: Array, children: list[int]) -> Array:
    """Each child's mean marginal loss over all orders in which children fall from their reference to their score, [k, n]."""
    assert branch.evaluate is not None
    worth: dict[frozenset[int], Array] = {}
    for size in range(len(children) + 1):
        for fallen in combinations(children, size):
            scores = references.copy()
            scores[list(fallen)] = used[list(fallen)]
            worth[frozenset(fallen)] = branch.evaluate(scores)
    parts = np.zeros(used.shape)
    for before, value in worth.items():
        for child in set(children) - before:
            orders = factorial(len(before)) * factorial(len(children) - len(before) - 1)
            parts[child] += orders / factorial(len(children)) * (value - worth[before | {child}])
    return parts
