"""Totals of many entities under many draws of weights at once, as products of matrices.

In a tree of weighted means a metric weighs on the total what its shares multiply out to, all the way up. Where something is
missing its siblings share its weight, so rows that miss the same things are taken together: their shares are renormalised
group by group, exactly, and one product of scores and shares gives their totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.certainty.strata import Rows, Siblings, Stratum
from scorecard.scoring.arrays import Array, Flags

BLOCK = 256
"""rows of a product: few enough that it stays in a core's cache until it has been looked at"""

Weights = Mapping[str, Array]
"""by group the weights of its children in every draw, [k, draws]"""


def totals(stratum: Stratum, weights: Weights, places: Rows) -> Iterator[tuple[Rows, Array]]:
    """The total before its rounding of the rows at these places of a stratum, in blocks: their places, and [rows, draws]."""
    leaves = [
        (group, k) for group, own in stratum.siblings.items() for k, child in enumerate(own.children) if child not in stratum.siblings
    ]
    scores = np.stack([stratum.siblings[group].used[k, places] for group, k in leaves], axis=1)
    known = ~np.isnan(scores)
    scores = np.where(known, scores, 0.0)
    for alike in _alike(known):
        pattern = known[alike[0]]
        shares = shares_of_total(stratum.siblings, weights, {leaf for leaf, there in zip(leaves, pattern, strict=True) if there})
        product = np.stack([shares[leaf] for leaf in leaves if leaf in shares])
        for start in range(0, len(alike), BLOCK):
            mine = alike[start : start + BLOCK]
            own = scores[mine] if pattern.all() else scores[np.ix_(mine, pattern)]
            yield places[mine], own @ product


def shares_of_total(siblings: Mapping[str, Siblings], weights: Weights, there: set[tuple[str, int]]) -> dict[tuple[str, int], Array]:
    """What share of the total each metric that is there has in every draw, [draws], by its group and its place in it."""
    counts: dict[str, list[int]] = {}
    for group in reversed(list(siblings)):
        children = siblings[group].children
        counts[group] = [k for k, child in enumerate(children) if (counts[child] if child in siblings else (group, k) in there)]
    found: dict[tuple[str, int], Array] = {}
    up: dict[str, Array | float] = {"total": 1.0}
    for group, own in siblings.items():
        if group not in up:
            continue
        counted = counts[group]
        share = weights[group][counted]
        share *= up[group] / share.sum(axis=0)
        for k, part in zip(counted, share, strict=True):
            child = own.children[k]
            if child in siblings:
                up[child] = part
            else:
                found[group, k] = part
    return found


def _alike(known: Flags) -> Iterator[NDArray[np.intp]]:
    """The rows by which of their columns are known; those without any are left out."""
    packed = np.packbits(known, axis=1)
    code = np.zeros(len(known), dtype=np.int64)
    for column in packed.T:
        _, code = np.unique(code << 8 | column, return_inverse=True)
    order = np.argsort(code, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        if len(rows) and known[rows[0]].any():
            yield rows
