"""Between which scores a node can lie, and which bands that leaves; what is not sure counts as possible."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from scorecard.definition.lint.domains import Stretch, joined
from scorecard.definition.rules.placed import fixed
from scorecard.model.definition import Curve, Group, Item, Metric, Number, Rounding, RuleKind, Scorecard

T = TypeVar("T")
_ANY = Stretch()
_MEANS = frozenset({"arithmetic", "min", "max", "worst"})
"""aggregations whose score lies between the least and the greatest of what goes in"""
_RESHAPING = frozenset({"curve", "round", "aggregation", "missing", "weight"})


class Scores:
    """The scores of a scorecard's nodes on a closed scale; on an open one nothing is known.

    `children` are the nodes under each group, `rules` those on each node.
    """

    def __init__(self, scorecard: Scorecard) -> None:
        self.scorecard = scorecard
        low, high = scorecard.scale.low, scorecard.scale.high
        self.scale = Stretch(low, high) if low is not None and high is not None else _ANY
        self._reshaped = {
            (change.node, change.key[0])
            for segment in scorecard.segments.values()
            for change in segment.changes
            if change.key[0] in _RESHAPING
        }
        nodes: tuple[Item, ...] = (*scorecard.groups.values(), *scorecard.metrics.values())
        self.children = grouped(nodes, lambda node: node.parent or "total")
        self.rules = grouped(scorecard.rules.values(), lambda rule: rule.of)
        self.of = cache(self._of)

    def unruled(self, id: str) -> Stretch:
        """The score of a node, rounded, before its own rules."""
        node = self.scorecard.node(id)
        return self._rounded(self._combined(node), node)

    def _of(self, id: str) -> Stretch:
        """The score of a node, after its rounding and rules."""
        if self.scorecard.scale.open:
            return _ANY
        node = self.scorecard.node(id)
        found = self._combined(node)
        for rule in self.rules.get(id, ()):
            if rule.kind is not RuleKind.BAND:
                limit = fixed(rule.amount) if rule.kind in (RuleKind.CAP, RuleKind.RAISE_TO) else None
                if limit is None:
                    return self._rounded(self.scale, node)
                found = self._clamped(Stretch(min(found.low, limit), max(found.high, limit)))
        return self._rounded(found, node)

    def _combined(self, node: Item) -> Stretch:
        """The score of a node before its rounding and rules."""
        if (node.id, "curve") in self._reshaped:
            return self.scale
        found = self._of_curve(node.curve) if isinstance(node, Metric) else self._of_children(node)
        return self._clamped(found)

    def _clamped(self, found: Stretch) -> Stretch:
        """Scores beyond the scale are its ends."""
        low, high = self.scale.low, self.scale.high
        return Stretch(min(max(found.low, low), high), max(min(found.high, high), low))

    def _rounded(self, found: Stretch, node: Item) -> Stretch:
        if (node.id, "round") in self._reshaped:
            return Stretch(found.low - 1, found.high + 1)
        if node.round is None:
            return found
        return Stretch(_whole(found.low, node.round, math.floor), _whole(found.high, node.round, math.ceil))

    def _of_curve(self, curve: Curve) -> Stretch:
        earned: list[Number | None] = []
        match curve.kind:
            case "steps":
                earned = [step.score for step in curve.steps]
            case "points":
                earned = [score for _, score in curve.points]
            case "lookup":
                earned = [*curve.lookup.values(), *([curve.otherwise] if curve.otherwise is not None else [])]
        scores = [score for number in earned if (score := fixed(number)) is not None]
        return Stretch(min(scores), max(scores)) if scores and len(scores) == len(earned) else self.scale

    def _of_children(self, group: Group) -> Stretch:
        if group.aggregation.kind not in _MEANS:
            return self.scale
        parts: list[Stretch] = []
        for child in self.children.get(group.id, ()):
            if (child.id, "missing") in self._reshaped:
                return self.scale
            if fixed(child.weight if child.weight != "sum" else None) == 0 and (child.id, "weight") not in self._reshaped:
                continue
            parts.append(self.of(child.id))
            filler = self.scorecard.scale.worst if child.missing.policy == "worst" else child.missing.score
            if filler is not None:
                parts.append(Stretch(filler, filler))
        found = joined(parts)
        return found if isinstance(found, Stretch) else self.scale

    def bands(self, id: str) -> frozenset[str]:
        """The bands that a score of the node can lie in: reached by its stretch, and at its decimals."""
        bands = [(band.id, band.start) for band in self.scorecard.bands if band.start is not None]
        score, rounding = self.of(id), self.scorecard.node(id).round
        if (id, "round") in self._reshaped:
            rounding = None
        found = set()
        for at, (band, start) in enumerate(bands):
            end = bands[at + 1][1] if at + 1 < len(bands) else math.inf
            first = start if at or not self.scorecard.scale.open else -math.inf
            if rounding is not None and not rounding.binary and first > -math.inf:
                first = _whole(first, rounding, math.ceil)
            if first < end and first <= score.high and end > score.low:
                found.add(band)
        return frozenset(found)


def grouped(things: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Things by what they belong to, in their order."""
    found: dict[str, list[T]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def _whole(number: float, rounding: Rounding, way: Callable[[float], int]) -> float:
    """The next number at these decimals, upwards or downwards, that is not beyond `number` by less than doubles can tell."""
    if number in (math.inf, -math.inf):
        return number
    unit = 10.0**rounding.decimals
    nearest = round(number * unit)
    if abs(number * unit - nearest) <= 1e-6:
        return nearest / unit
    return way(number * unit) / unit
