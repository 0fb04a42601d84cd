"""Scores in the definition that the scale does not have."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import Way, constants, issue, written
from scorecard.model.definition import RuleKind, Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC421: a cap, a `raise_to` or a `missing` score lies outside the scale."""
    low, high = scorecard.scale.low, scorecard.scale.high
    if low is None or high is None:
        return
    for value, way in _scores(scorecard):
        if not low <= value <= high:
            yield issue(scorecard, "SC421", way, key=way[-1], value=written(value), low=written(low), high=written(high))


def _scores(scorecard: Scorecard) -> Iterator[tuple[float, Way]]:
    for rule in scorecard.rules.values():
        if rule.kind in (RuleKind.CAP, RuleKind.RAISE_TO):
            yield from ((value, ("rules", rule.id, rule.kind.value)) for value in constants(rule.amount))
    for section, nodes in (("groups", scorecard.groups), ("metrics", scorecard.metrics)):
        for id, node in nodes.items():
            if node.missing.score is not None:
                yield node.missing.score, (section, id, "missing")
