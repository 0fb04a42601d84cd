"""Ranks of scores, over all entities or within groups of them."""

from __future__ import annotations

import numpy as np

from scorecard.scoring.arrays import Array, Codes
from scorecard.scoring.rounding import tidy


def rank(scores: Array, ties: str, first_high: bool, groups: Codes | None = None, span: float = 1.0) -> Array:
    """1 for the highest score (`first_high`) or the lowest, within each group, [n]; no score or no group (-1): no rank.

    Equal scores, judged after the tidy-up, share a rank by `ties`: best (1 2 2 4), worst (1 3 3 4), dense (1 2 2 3),
    mean (1 2.5 2.5 4).
    """
    ranks = np.full(scores.shape, np.nan)
    tidied = tidy(-scores if first_high else scores, span)
    of = np.zeros(scores.shape, dtype=np.int64) if groups is None else np.asarray(groups, dtype=np.int64)
    rows = np.flatnonzero(~np.isnan(tidied) & (of >= 0))
    if not len(rows):
        return ranks
    order = rows[np.lexsort((tidied[rows], of[rows]))]
    new_group = np.concatenate([[True], np.diff(of[order]) != 0])
    new_score = new_group | np.concatenate([[True], np.diff(tidied[order]) != 0])
    place = np.arange(len(order))
    group_start = np.maximum.accumulate(np.where(new_group, place, 0))
    run = np.cumsum(new_score) - 1
    first = np.flatnonzero(new_score)
    last = np.append(first[1:], len(order)) - 1
    best, worst = first[run] - group_start + 1, last[run] - group_start + 1
    match ties:
        case "best":
            ranks[order] = best
        case "worst":
            ranks[order] = worst
        case "mean":
            ranks[order] = (best + worst) / 2
        case "dense":
            ranks[order] = run - run[group_start] + 1
        case _:
            raise ValueError(f"no way with ties is called {ties!r}")
    return ranks
