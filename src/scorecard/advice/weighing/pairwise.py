"""Weights from pairwise judgements, and how consistent the judgements are: the analytic hierarchy process.

T. L. Saaty, Decision making with the analytic hierarchy process, Int. J. Services Sciences 1 (2008) 83-98. Several judges are
combined by the geometric mean of what they said (J. Aczél, T. L. Saaty, J. Math. Psychology 27 (1983) 93-102).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from scorecard.definition.judgements import Comparison

Floats = NDArray[np.float64]
TOLERATED = 0.10
"""the consistency ratio above which Saaty asks to look at the judgements again"""
_SAME = 1e-6
RANDOM_INDEX = (0.0, 0.0, 0.0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59)
"""mean consistency index of random judgements about n nodes: T. L. Saaty, L. T. Tran, Math. Comput. Modelling 46 (2007) 962-975"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """The judgement whose replacement by what the others imply lowers the consistency ratio most."""

    first: str
    second: str
    said: float
    implied: float
    ratio: float
    """the consistency ratio after the replacement"""
    alone: bool
    """whether no other judgement lowers it as much; among three nodes any one of the three does"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """What a matrix of judgements says. `weights` sum to one.

    `ratio` is None where no judgement can contradict another. Judgements that nobody made are filled by the weights' own ratios.
    """

    nodes: tuple[str, ...]
    weights: Floats
    largest: float
    """the principal eigenvalue, n where everything is consistent"""
    index: float
    ratio: float | None
    unsaid: int = 0
    """pairs that nobody compared"""
    doubt: Doubt | None = None

    @property
    def consistent(self) -> bool:
        return self.ratio is None or self.ratio <= TOLERATED


def matrix_of(nodes: Sequence[str], comparisons: Iterable[Comparison]) -> Floats:
    """The reciprocal matrix [n, n] of comparisons, NaN for pairs that were not compared."""
    at = {node: place for place, node in enumerate(nodes)}
    matrix = np.full((len(nodes), len(nodes)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for each in comparisons:
        first, second = at[each.first], at[each.second]
        matrix[first, second], matrix[second, first] = each.ratio, 1.0 / each.ratio
    return matrix


def combined(matrices: Sequence[Floats]) -> Floats:
    """The geometric mean of what each judge said about a pair, over the judges who said something."""
    logs = np.log(np.stack(matrices))
    said = ~np.isnan(logs)
    counts = said.sum(axis=0)
    means = np.where(said, logs, 0.0).sum(axis=0) / np.maximum(counts, 1)
    return np.where(counts > 0, np.exp(means), np.nan)


def priorities(nodes: Sequence[str], matrix: Floats) -> Priorities:
    """The principal eigenvector and the consistency of a matrix whose judgements reach every node; without doubts.

    Missing judgements by P. T. Harker, Math. Modelling 9 (1987) 353-360; the random index is then smaller, nearly in proportion
    to the judgements that could contradict others (K. C. Ágoston, L. Csató, Omega 108 (2022) 102576).
    """
    n = len(nodes)
    missing = np.isnan(matrix)
    filled = np.where(missing, 0.0, matrix)
    np.fill_diagonal(filled, 1.0 + missing.sum(axis=1))
    values, vectors = np.linalg.eig(filled)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    largest = float(values[first].real)
    index = max(largest - n, 0.0) / (n - 1) if n > 1 else 0.0
    unsaid = int(missing.sum()) // 2
    could_contradict = (n - 1) * (n - 2) / 2
    share = 1.0 - unsaid / could_contradict if could_contradict else 0.0
    random = share * RANDOM_INDEX[min(n, len(RANDOM_INDEX) - 1)]
    ratio = index / random if random > 0 else None
    return Priorities(nodes=tuple(nodes), weights=weights / weights.sum(), largest=largest, index=index, ratio=ratio, unsaid=unsaid)


def judged(nodes: Sequence[str], matrix: Floats) -> Priorities:
    """The priorities of a matrix, with the judgement to look at first where it is not consistent enough."""
    found = priorities(nodes, matrix)
    return found if found.consistent else replace(found, doubt=_doubt(nodes, matrix))


def _doubt(nodes: Sequence[str], matrix: Floats) -> Doubt | None:
    """Each judgement in turn left out, so that the others alone say what it should be near."""
    doubts: list[Doubt] = []
    for first, second in combinations(range(len(nodes)), 2):
        without = matrix.copy()
        without[first, second] = without[second, first] = np.nan
        if np.isnan(matrix[first, second]) or unreached(nodes, without):
            continue
        implied = priorities(nodes, without).weights
        ratio = float(implied[first] / implied[second])
        without[first, second], without[second, first] = ratio, 1.0 / ratio
        after = priorities(nodes, without).ratio
        if after is not None:
            said = float(matrix[first, second])
            doubts.append(Doubt(first=nodes[first], second=nodes[second], said=said, implied=ratio, ratio=after, alone=True))
    doubts.sort(key=lambda doubt: doubt.ratio)
    alone = len(doubts) < 2 or doubts[1].ratio - doubts[0].ratio > _SAME
    return replace(doubts[0], alone=alone) if doubts else None


def unreached(nodes: Sequence[str], matrix: Floats) -> tuple[str, ...]:
    """The nodes that no chain of judgements compares with the first one."""
    said = ~np.isnan(matrix)
    reached = np.zeros(len(nodes), dtype=bool)
    reached[:1] = True
    for _ in nodes:
        reached |= said[reached].any(axis=0)
    return tuple(node for node, found in zip(nodes, reached, strict=True) if not found)
