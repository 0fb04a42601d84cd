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

BLOCK = 64
"""rows of a product: few enough that it stays in a core's cache until it has been looked at"""
_BITS = 31
"""columns that are told apart at a time: as many again fit beside them into one whole number"""
_BYTE = 255
"""the most that a byte counts to"""

Weights = Mapping[str, Array]
"""by group the weights of its children in every draw, [k, draws]"""


def totals(stratum: Stratum, weights: Weights, places: Rows, low: Array, high: Array, seen: int) -> tuple[NDArray[np.int64], Array]:
    """The totals before rounding of the rows at these places of a stratum, in every draw.

    Gives in how many draws each lies between `low` and `high`, [n], and what they are in the first `seen` draws, [n, seen].
    """
    siblings = stratum.siblings
    scores = np.concatenate([own.used[_metrics(siblings, group)][:, places] for group, own in siblings.items()]).T
    known = ~np.isnan(scores)
    # Shares add up to 1, so that scores measured from the middle of a band in halves of its length give totals measured so: one
    # comparison tells whether they are inside. A mean lies among its scores, which puts an end to bands that have none.
    low = np.fmax(low, np.fmin.reduce(scores, axis=1) - 1)
    high = np.fmin(high, np.fmax.reduce(scores, axis=1) + 1)
    middle, half = (low + high)[:, None] / 2, (high - low)[:, None] / 2
    scores = np.where(known, (scores - middle) / half, 0.0)
    inside, first = np.zeros(len(places), dtype=np.int64), np.full((len(places), seen), np.nan)
    for alike in _alike(known):
        pattern = known[alike[0]]
        shares = shares_of_total(siblings, weights, pattern)
        counted = scores[np.ix_(alike, pattern)]
        for start in range(0, len(alike), BLOCK):
            mine = alike[start : start + BLOCK]
            found = counted[start : start + BLOCK] @ shares
            first[mine] = middle[mine] + half[mine] * found[:, :seen]
            inside[mine] = _how_many(np.abs(found, out=found) < 1)
    return inside, first


def _metrics(siblings: Mapping[str, Siblings], group: str) -> list[int]:
    """The places of a group's metrics among its children."""
    return [k for k, child in enumerate(siblings[group].children) if child not in siblings]


def shares_of_total(siblings: Mapping[str, Siblings], weights: Weights, known: Flags) -> Array:
    """What share of the total each metric has that is known, in every draw: [known, draws], group after group."""
    counts: dict[str, list[int]] = {}
    flags = iter(known.tolist())
    there = {group: iter([next(flags) for _ in _metrics(siblings, group)]) for group in siblings}
    for group in reversed(list(siblings)):
        children = siblings[group].children
        counts[group] = [k for k, child in enumerate(children) if (counts[child] if child in siblings else next(there[group]))]
    parts: list[Array] = []
    up: dict[str, Array | float] = {"total": 1.0}
    for group, own in siblings.items():
        if not (counted := counts[group]):
            continue
        share = weights[group][counted]
        share *= up[group] / share.sum(axis=0)
        up |= {own.children[k]: part for k, part in zip(counted, share, strict=True)}
        metrics = [place for place, k in enumerate(counted) if own.children[k] not in siblings]
        parts.append(share if len(metrics) == len(counted) else share[metrics])
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _how_many(flags: Flags) -> NDArray[np.int64]:
    """How many are true in every row, [n]: where there are eight to a word, words are added up, each byte of which holds a count."""
    rows, columns = flags.shape
    counts: NDArray[np.int64] = np.zeros(rows, dtype=np.int64)
    if columns % 8:
        return np.sum(flags, axis=1, dtype=np.int64, out=counts)
    words = flags.view(np.uint64)
    for start in range(0, words.shape[1], _BYTE):
        counts += words[:, start : start + _BYTE].sum(axis=1).view(np.uint8).reshape(rows, 8).sum(axis=1, dtype=np.int64)
    return counts


def _alike(known: Flags) -> Iterator[NDArray[np.intp]]:
    """The rows by which of their columns are known; those without any are left out."""
    code = np.zeros(len(known), dtype=np.int64)
    for start in range(0, known.shape[1], _BITS):
        bits = known[:, start : start + _BITS] @ (1 << np.arange(min(_BITS, known.shape[1] - start)))
        _, code = np.unique(code << _BITS | bits, return_inverse=True)
    order = np.argsort(code, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        if len(rows) and known[rows[0]].any():
            yield rows
