"""The ledger: what each metric and each adjustment brought to the score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scorecard.model.definition import Scale
from scorecard.scoring.aggregations.counting import added, counting, share
from scorecard.scoring.arrays import Array
from scorecard.scoring.branch import Branch, Line, adjustments, matters, times


def ledger(root: Branch, scale: Scale) -> tuple[Line, ...]:
    """Lines that add up to the root's score, [n] each; NaN in rows without one.

    A metric contributes its share all the way up times its score; what stands in for a child without a score is `filled`.
    A group that is no plain mean adds a line `aggregation`: its score less that plain mean. In a sum a child brings its
    weight times its score, whoever its siblings are, so only a clamp is left. Clamping, rounding and rules of groups are lines.
    """
    unscored = np.isnan(root.score)
    lines = _lines(root, np.where(unscored, 0.0, 1.0), scale)
    return tuple(Line(line.node, line.kind, line.rule, np.where(unscored, np.nan, line.amount)) for line in lines)


def _lines(branch: Branch, up: Array, scale: Scale) -> Iterator[Line]:
    if branch.kind == "metric":
        yield Line(branch.node, "metric", None, times(up, branch.score))
        return
    used, weights, _ = branch.inputs()
    shares = counting(used, weights)[0] if branch.aggregation == "sum" else share(used, weights)
    for child, part, taken in zip(branch.children, shares, used, strict=True):
        own = ~np.isnan(child.score)
        yield from _lines(child, np.where(own, up * part, 0.0), scale)
        stand_in = times(np.where(own, 0.0, up * part), taken)
        if np.any(stand_in) or np.any(~own & ~np.isnan(taken)):
            yield Line(child.node, "filled", None, stand_in)
    effect = times(up, branch.computed - added(np.where(shares > 0, shares * used, 0.0)))
    if branch.aggregation == "sum":
        if matters(effect, scale):
            yield Line(branch.node, "clamp", None, effect)
    elif branch.aggregation != "arithmetic":
        yield Line(branch.node, "aggregation", None, effect)
    for line in adjustments(branch, scale):
        yield Line(line.node, line.kind, line.rule, times(up, line.amount))
