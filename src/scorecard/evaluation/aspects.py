"""The aspects of a metric: what its type tells beside the value, worked out for the rows that are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.evaluation.details import Detail
from scorecard.model.plan import Aspect, Plan, Value


def aspects_of(plan: Plan, metric: str) -> tuple[Aspect, ...]:
    """The aspects that a metric's type tells; none of most."""
    return next(cell.step.aspects for cell in plan.cells if isinstance(cell.step, Value) and cell.step.metric == metric)


def told(detail: Detail, metric: str) -> Iterator[tuple[Aspect, Mapping[str, NDArray[np.float64]]]]:
    """Each aspect of a metric with the numbers of its parts, one per row and NaN where there is none."""
    for aspect in aspects_of(detail.plan, metric):
        yield aspect, {name: _numbers(detail, tree) for name, tree in aspect.parts.items()}


def _numbers(detail: Detail, tree: Any) -> NDArray[np.float64]:
    found = np.asarray(detail.block.evaluate(tree), dtype=np.float64)
    return np.broadcast_to(found, (detail.block.rows,))
