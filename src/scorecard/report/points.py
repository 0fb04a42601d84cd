"""Points as they are printed: every line rounded so that all add up to the total as printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from scorecard.model.definition import Rounding, Scale
from scorecard.scoring.arrays import Array
from scorecard.scoring.branch import Line, LineKind
from scorecard.scoring.rounding import largest_remainder, rounded, span_of


@dataclass(frozen=True, slots=True)
class Said:
    """Which node, or which rule on it, a line of points is about."""

    node: str
    kind: LineKind
    rule: str | None


def merged(lines: Iterable[Line]) -> dict[Said, Array]:
    """The points [n] of each line, those about the same added up."""
    found: dict[Said, Array] = {}
    for line in lines:
        said = Said(line.node, line.kind, line.rule)
        found[said] = found[said] + line.amount if said in found else line.amount
    return found


def printed(exact: dict[Said, Array], decimals: int, total: Array, scale: Scale) -> dict[Said, Array]:
    """What is printed for each line, so that all add up to the total [n] as printed; NaN where that is not known.

    What is too little to be more than the noise of a sum is printed as 0 and takes no part.
    """
    if not exact:
        return {}
    amounts = np.stack(list(exact.values()))
    known = np.isfinite(total) & np.isfinite(amounts).all(axis=0)
    noise = np.abs(amounts) <= 1e-9 * span_of(scale)
    parts = largest_remainder(np.where(noise | ~known, np.nan, amounts), decimals, np.where(known, total, 0.0))
    parts = np.where(known, np.nan_to_num(parts), np.nan)
    return dict(zip(exact, parts, strict=True))


def loss(exact: dict[Said, Array], decimals: int, score: Array, scale: Scale) -> Array:
    """Best less score [n], both as they are printed; on an open scale the sum of what was lost."""
    if scale.best is None:
        return rounding(sum(exact.values(), np.zeros(len(score))), decimals, scale)
    best = rounding(np.full(len(score), scale.best), decimals, scale)
    return np.abs(best - rounding(score, decimals, scale))


def printed_once(exact: Mapping[Said, float], decimals: int, score: float, scale: Scale) -> tuple[dict[Said, float], float]:
    """What one score lost as it is printed: by line the most first, without those printed as 0, and their sum."""
    amounts = {said: np.array([points]) for said, points in exact.items()}
    total = loss(amounts, decimals, np.array([score]), scale)
    parts = {said: float(points[0]) for said, points in printed(amounts, decimals, total, scale).items() if points[0]}
    return dict(sorted(parts.items(), key=lambda pair: -pair[1])), float(total[0])


def change_of(lost: float, scale: Scale) -> float:
    """Points lost as the change of the score that they are: upwards where low scores are good."""
    return lost if scale.lower_is_better else -lost


def rounding(numbers: Array, decimals: int, scale: Scale) -> Array:
    """Numbers [n] as they are printed at so many decimals."""
    return rounded(numbers, Rounding(decimals=decimals), span_of(scale))
