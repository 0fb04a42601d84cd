"""What advice costs beside scoring: the playbook of a definition for every entity, and all levers of all metrics."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

import entities
import numpy as np
from measure import loaded, seconds

DEFINITION = Path(__file__).with_name("advising.scorecard.yaml")


def beside_scoring(size: int, library: str, rounds: int) -> dict[str, float]:
    """Seconds to score, to find what is recommended to whom with what it brings, and to find every lever."""
    import scorecard
    from scorecard.advice.levers import levers
    from scorecard.advice.playbook import advice

    frames = entities.data(size, library)
    definition, plugins = loaded(DEFINITION)

    def scored() -> Any:
        return scorecard.evaluate(definition, frames=frames, plugins=plugins)

    evaluation = scored()
    ((_, scores),) = evaluation.periods
    rows = np.arange(size)
    assert len(advice(evaluation, scores, rows)) > size / 4
    work = {
        "scoring": scored,
        "the playbook": lambda: advice(evaluation, scores, rows),
        "all levers": lambda: sum(float(one.gain.sum()) for one in levers(evaluation, scores, rows)),
    }
    return {name: median(seconds(one) for _ in range(rounds)) for name, one in work.items()}
