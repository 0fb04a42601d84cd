"""Proposed weights as a person would write them, beside today's, and the edits of the definition that they come to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scorecard.definition.document import Where
from scorecard.definition.patch.text import Scalar
from scorecard.model.definition import Constant, Group, Scorecard
from scorecard.scoring.rounding import largest_remainder

WHOLE = 100.0
"""what weights add up to where today's do not add up to a power of ten; a hundredth of it is the finest step"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One node: its weight and share today, None where they are no plain numbers, and what is proposed."""

    node: str
    today: float | None
    share_today: float | None
    weight: float
    share: float

    @property
    def change(self) -> float | None:
        """By how much of the whole the share would change."""
        return None if self.share_today is None else self.share - self.share_today


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Weights for nodes directly under one group; `exact` are those that were rounded, in their order."""

    group: str
    lines: tuple[Line, ...]
    exact: tuple[float, ...]


def proposal(scorecard: Scorecard, group: str, weights: Mapping[str, float]) -> Proposal:
    """Weights that sum to one, rounded to hundredths of what they will add up to.

    That is what today's add up to where it is 1, 10, 100 …, or where the group is a sum of points; else 100.
    """
    plain = {node: _plain(scorecard, node) for node in weights}
    numbers = [number for number in plain.values() if number is not None]
    total = sum(numbers) if len(numbers) == len(plain) else 0.0
    whole = total if total > 0 and (_round(total) or _sums(scorecard, group)) else WHOLE
    parts = largest_remainder(np.array(list(weights.values())) * 100, 0, 100.0)
    lines = tuple(
        Line(
            node=node,
            today=today,
            share_today=None if today is None or total <= 0 else today / total,
            weight=round(part * whole / 100, 12),
            share=part / 100,
        )
        for (node, today), part in zip(plain.items(), parts.tolist(), strict=True)
    )
    return Proposal(group=group, lines=lines, exact=tuple(weights.values()))


def new_weights(scorecard: Scorecard, proposals: Sequence[Proposal]) -> dict[Where, Scalar]:
    """The ways in the definition to the weights that change, with the proposed numbers."""
    return {
        ("metrics" if line.node in scorecard.metrics else "groups", line.node, "weight"): line.weight
        for each in proposals
        for line in each.lines
        if line.weight != line.today
    }


def overruled(scorecard: Scorecard, proposals: Sequence[Proposal]) -> dict[str, tuple[str, ...]]:
    """By segment, the nodes that it gives a weight of its own, which a change of the definition's weights does not reach."""
    nodes = {line.node for each in proposals for line in each.lines}
    found = {
        segment.id: tuple(change.node for change in segment.changes if change.key == ("weight",) and change.node in nodes)
        for segment in scorecard.segments.values()
    }
    return {segment: own for segment, own in found.items() if own}


def _round(total: float) -> bool:
    power = math.log10(total)
    return math.isclose(power, round(power), abs_tol=1e-9)


def _sums(scorecard: Scorecard, group: str) -> bool:
    node = scorecard.node(group)
    return isinstance(node, Group) and node.aggregation.kind == "sum"


def _plain(scorecard: Scorecard, node: str) -> float | None:
    weight = scorecard.node(node).weight
    return weight.value if isinstance(weight, Constant) else None
