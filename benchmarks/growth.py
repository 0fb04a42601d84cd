"""The cost of one entity as their number grows: what an evaluation costs to begin, and what each entity adds."""

from __future__ import annotations

from statistics import median

import entities
from measure import seconds

FEW = 100
"""entities that are next to none: what their evaluation takes is the beginning of any"""


def beginning(library: str, rounds: int) -> float:
    """The seconds that an evaluation takes before its entities count."""
    return _taken(FEW, library, 4 * rounds)


def microseconds(sizes: tuple[int, ...], library: str, rounds: int) -> list[tuple[float, float]]:
    """Per size, ascending, the microseconds an entity takes from the frame to score, band and coverage.

    In all, with the beginning spread over them; and what one entity more takes, from the size before to this one.
    """
    fewer, begun = FEW, beginning(library, rounds)
    costs = []
    for size in sizes:
        taken = _taken(size, library, rounds)
        costs.append((taken / size * 1e6, (taken - begun) / (size - fewer) * 1e6))
        fewer, begun = size, taken
    return costs


def _taken(size: int, library: str, rounds: int) -> float:
    frames = entities.data(size, library)
    entities.ours(frames)
    return median(seconds(lambda: entities.ours(frames)) for _ in range(rounds))
