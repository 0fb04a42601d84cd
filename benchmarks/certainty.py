"""A hundred thousand verdicts under a thousand draws of twelve weights, against the bare product of scores and weights.

The scorecard is that of the million entities: one value in twenty missing and its weight given to the others, segments with
weights of their own, rounding to one decimal. The bare product knows nothing of all this: it is the least that any way takes.
"""

from __future__ import annotations

from typing import Any

import entities
import numpy as np

DRAWS = 1_000


def data(size: int, library: str) -> dict[str, Any]:
    """What both sides begin with: scores of every entity and metric, and drawn weights."""
    from scorecard.advice.certainty.draws import Draws
    from scorecard.advice.certainty.strata import strata
    from scorecard.advice.certainty.weights import weights_of

    evaluation = entities.ours(entities.data(size, library), detail=True)
    ((_, scores),) = evaluation.periods
    rows = np.flatnonzero(~np.isnan(np.asarray(scores.cells["total.score"])))
    parts = list(strata(evaluation.plan, scores, rows))
    draws = Draws(count=DRAWS)
    return {
        "evaluation": evaluation,
        "scores": scores,
        "parts": parts,
        "weights": [weights_of(evaluation, part, draws) for part in parts],
        "matrix": np.random.default_rng(1).random((size, len(entities.METRICS))) * 100,
        "drawn": np.random.default_rng(2).dirichlet(np.ones(len(entities.METRICS)), DRAWS).T.copy(),
    }


def ours(given: dict[str, Any]) -> Any:
    """In how many draws each plain mean keeps its band."""
    from scorecard.advice.certainty.weights import at_once
    from scorecard.expression.values import codes_of

    bands = codes_of(given["scores"].cells["total.band"])
    kept = np.zeros(len(bands), dtype=np.int64)
    for part, weights in zip(given["parts"], given["weights"], strict=True):
        rows, inside, _ = at_once(given["evaluation"], part, weights, bands, 0)
        kept[rows] = inside
    return kept


def by_hand_numpy(given: dict[str, Any]) -> Any:
    """The product alone: nothing is compared with anything, and nothing is missing."""
    return given["matrix"] @ given["drawn"]
