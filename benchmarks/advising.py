"""What advice adds to scoring: the playbook of a definition for every entity, all levers of all metrics, and both at once."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

import entities
import numpy as np
from measure import loaded, seconds

DEFINITION = Path(__file__).with_name("advising.scorecard.yaml")


def beside_scoring(size: int, library: str, rounds: int) -> dict[str, tuple[float, float]]:
    """By what is done, seconds and how many times scoring alone it adds to it: medians of rounds in which all ran one right after another.

    Advice begins with an evaluation of its own each time, which keeps what it computes on the way.
    """
    import scorecard
    from scorecard.advice.levers import levers
    from scorecard.advice.playbook import advice

    frames = entities.data(size, library)
    definition, plugins = loaded(DEFINITION)
    rows = np.arange(size)

    def scored(*, traced: bool = False) -> Any:
        return scorecard.evaluate(definition, frames=frames, traced=traced, plugins=plugins)

    def playbook() -> Any:
        evaluation = scored(traced=True)
        ((_, scores),) = evaluation.periods
        return advice(evaluation, scores, rows)

    def every_lever() -> int:
        evaluation = scored(traced=True)
        ((_, scores),) = evaluation.periods
        return sum(map(len, levers(evaluation, scores, rows)))

    def both() -> Any:
        evaluation = scored(traced=True)
        ((_, scores),) = evaluation.periods
        return advice(evaluation, scores, rows, found=list(levers(evaluation, scores, rows)))

    assert len(playbook()) > size / 4
    assert every_lever() > size
    work = {"scoring": scored, "the playbook": playbook, "all levers": every_lever, "both": both}
    taken = [{name: seconds(one) for name, one in work.items()} for _ in range(rounds)]
    return {name: (median(each[name] for each in taken), median(each[name] / each["scoring"] - 1 for each in taken)) for name in work}
