"""Sobol indices: how much of the variance of an output each input brings, alone and together with the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scorecard.scoring.arrays import Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Indices:
    """Of one output: `first` and `total` order by input, [d]. NaN where the output never changed.

    `first` is the share of the variance that would go if this input alone were known, `total` the share that would stay if all
    others were. Estimates of few runs may lie a little below 0 or above 1.
    """

    first: Array
    total: Array


def sobol(output: Callable[[Array], Array], inputs: int, runs: int, seed: int) -> tuple[Indices, ...]:
    """The indices of each output of a model with independent inputs, uniform on [0, 1).

    `output` takes [inputs, m] and gives [outputs, m]; it is asked for `runs` (a power of two) times inputs + 2 points. The
    estimators are those of Saltelli et al. (2010), as scipy has them. Raises ImportError without scipy.
    """
    from scipy.stats import sobol_indices, uniform

    with np.errstate(divide="ignore", invalid="ignore"):
        # `rng` came later than this name, which every version knows
        found = sobol_indices(func=output, n=runs, dists=[uniform()] * inputs, random_state=np.random.default_rng(seed))
    first, total = np.atleast_2d(found.first_order), np.atleast_2d(found.total_order)
    return tuple(Indices(first=one, total=other) for one, other in zip(first, total, strict=True))
