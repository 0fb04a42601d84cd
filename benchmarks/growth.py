"""The cost of one entity as their number grows."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import entities
from measure import seconds


def microseconds(sizes: tuple[int, ...], library: str, rounds: int) -> Iterator[tuple[int, float]]:
    """Per size, the microseconds that an entity takes, from the frame to score, band and coverage."""
    for size in sizes:
        frames = entities.data(size, library)
        entities.ours(frames)
        yield size, median(seconds(lambda: entities.ours(frames)) for _ in range(rounds)) / size * 1e6  # noqa: B023
