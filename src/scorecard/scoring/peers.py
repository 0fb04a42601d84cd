"""Statistics of peers in two halves: fitted once over a population, looked up row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorecard.scoring.arrays import Array, Codes, Flags
from scorecard.scoring.rounding import tidy


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """One statistic per peer group: `table` [g] by group code, NaN for a group without a measured member.

    A rank keeps its population instead: `members` by group and value, and the span they were tidied by.
    """

    function: str
    table: Array
    members: Array = field(default_factory=lambda: np.empty(0))
    member_codes: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    span: float = 1.0


def fit(function: str, values: Array, measured: Flags, codes: Codes | None = None, argument: float | None = None) -> Fit:
    """Fits min, max, mean, stdev (sample; NaN for one member), quantile (linear, `argument` = q) or rank, also as `peer_min` etc.

    `codes` name the peer group per row, -1 = none; None = all rows are peers.
    """
    function = function.removeprefix("peer_")
    groups = np.zeros(values.shape, dtype=np.int64) if codes is None else codes.astype(np.int64)
    member = measured & ~np.isnan(values) & (groups >= 0)
    order = np.lexsort((values[member], groups[member]))
    members, member_codes = values[member][order], groups[member][order]
    size = int(member_codes[-1]) + 1 if len(member_codes) else 0
    counts = np.bincount(member_codes, minlength=size)
    filled = counts > 0
    table = np.full(size, np.nan)
    if function == "rank":
        span = float(np.abs(members).max(initial=0.0)) or 1.0
        return Fit(function=function, table=counts.astype(np.float64), members=tidy(members, span), member_codes=member_codes, span=span)
    if size:
        starts = (np.cumsum(counts) - counts)[filled]
        table[filled] = _statistic(function, members, starts, counts[filled], argument)
    return Fit(function=function, table=table)


def lookup(fit: Fit, codes: Codes | None, n: int, values: Array | None = None) -> Array:
    """The statistic of each row's peer group, [n]; NaN for a row without one, or of a group that was not fitted.

    A rank also needs the rows' values: 1 for the highest, equals (after the tidy-up) share the best place; a value that was
    not in the population takes the place it would have had.
    """
    groups = np.zeros(n, dtype=np.int64) if codes is None else codes.astype(np.int64)
    known = (groups >= 0) & (groups < len(fit.table))
    if not known.any():
        return np.full(n, np.nan)
    safe = np.where(known, groups, 0)
    if fit.function != "rank":
        return np.where(known, fit.table[safe], np.nan)
    if values is None:
        raise ValueError("a rank among peers needs the values to rank")
    tidied = tidy(values, fit.span)
    known &= ~np.isnan(tidied) & (fit.table[safe] > 0)
    return np.where(known, 1.0 + _above(fit, np.where(known, tidied, 0.0), safe), np.nan)


def _statistic(function: str, members: Array, starts: NDArray[np.int64], counts: NDArray[np.int64], argument: float | None) -> Array:
    """Of each run of members (sorted by group, then value), by where the run starts and how long it is."""
    least, greatest = members[starts], members[starts + counts - 1]
    match function:
        case "min":
            return np.asarray(least)
        case "max":
            return np.asarray(greatest)
        case "mean":
            return _mean(members, starts, counts, least, greatest)
        case "stdev":
            spread = members - np.repeat(_mean(members, starts, counts, least, greatest), counts)
            squares = np.add.reduceat(spread * spread, starts)
            return np.where(counts > 1, np.sqrt(squares / np.maximum(counts - 1, 1)), np.nan)
        case "quantile":
            if argument is None:
                raise ValueError("a quantile needs its q")
            place = argument * (counts - 1)
            below = np.floor(place).astype(np.int64)
            low, high = members[starts + below], members[starts + np.minimum(below + 1, counts - 1)]
            return np.asarray(low + (place - below) * (high - low))
    raise ValueError(f"no statistic of peers is called {function!r}")


def _mean(members: Array, starts: NDArray[np.int64], counts: NDArray[np.int64], least: Array, greatest: Array) -> Array:
    """The mean of each run, no lower than its least and no higher than its greatest: exact for a flat group."""
    return np.asarray(np.clip(np.add.reduceat(members, starts) / counts, least, greatest))


def _above(fit: Fit, values: Array, groups: NDArray[np.int64]) -> Array:
    """How many members of its group lie above each value: members and values are sorted together, members first among equals."""
    population = len(fit.members)
    asks = np.repeat([0, 1], [population, len(values)])
    order = np.lexsort((asks, np.concatenate([fit.members, values]), np.concatenate([fit.member_codes, groups])))
    passed = np.empty(len(order), dtype=np.int64)
    passed[order] = np.cumsum(asks[order] == 0)
    ends = np.cumsum(fit.table).astype(np.int64)
    return np.asarray(ends[groups] - passed[population:], dtype=np.float64)
