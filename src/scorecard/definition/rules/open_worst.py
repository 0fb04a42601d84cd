"""Gaps filled with the worst score where an open scale has none."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import Way, issue
from scorecard.model.definition import Group, Metric, Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC429: on an open scale a group has no worst score, nor has a metric whose curve has no ends."""
    if not scorecard.scale.open:
        return
    nodes: tuple[Group | Metric, ...] = (*scorecard.groups.values(), *scorecard.metrics.values())
    for node in nodes:
        section = "groups" if isinstance(node, Group) else "metrics"
        if node.missing.policy == "worst" and _endless(node):
            yield _issue(scorecard, node, (section, node.id))
        for segment in scorecard.segments.values():
            for change in segment.changes:
                if change.node == node.id and change.key == ("missing",) and change.value.policy == "worst" and _endless(node):
                    yield _issue(scorecard, node, ("segments", segment.id, section, node.id))


def _issue(scorecard: Scorecard, node: Group | Metric, way: Way) -> Issue:
    return issue(scorecard, "SC429", (*way, "missing"), way, name=node.id)


def _endless(node: Group | Metric) -> bool:
    return isinstance(node, Group) or node.curve.kind in {"identity", "formula"}
