"""Steps of a curve that no value reaches."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import fixed, issue, judged
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC411: edges must rise from step to step, and `otherwise` stands last."""
    for each in judged(scorecard):
        highest: tuple[float, bool] | None = None
        steps = each.metric.curve.steps
        for at, step in enumerate(steps):
            if step.edge is None:
                if at < len(steps) - 1:
                    yield issue(scorecard, "SC411", *each.ways("curve", "steps", str(at)), name=each.metric.id)
                continue
            edge = fixed(step.edge)
            if edge is None:
                continue
            if highest is not None and (edge, step.inclusive) <= highest:
                yield issue(scorecard, "SC411", *each.ways("curve", "steps", str(at)), name=each.metric.id)
            highest = max(highest or (edge, step.inclusive), (edge, step.inclusive))
