"""A scorecard as one combination of segments sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scorecard.model.definition import Change, Group, Item, Metric, Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The nodes with the changes of the matching segments made.

    `disputed` names, for a metric that two of them set differently, the two segments; it fails for these entities.
    """

    segments: tuple[str, ...]
    total: Group
    groups: Mapping[str, Group]
    metrics: Mapping[str, Metric]
    disputed: Mapping[str, tuple[str, str]]

    def group(self, id: str) -> Group:
        return self.total if id == "total" else self.groups[id]

    def node(self, id: str) -> Item:
        return self.metrics[id] if id in self.metrics else self.group(id)


def variant_of(scorecard: Scorecard, segments: tuple[str, ...]) -> Variant:
    """The scorecard under these segments; no segment gives it as written."""
    nodes: dict[str, Item] = {"total": scorecard.total, **scorecard.groups, **scorecard.metrics}
    disputed: dict[str, tuple[str, str]] = {}
    said: dict[tuple[str, tuple[str, ...]], tuple[str, Any]] = {}
    for segment in segments:
        for change in scorecard.segments[segment].changes:
            first, value = said.setdefault((change.node, change.key), (segment, change.value))
            if first != segment and value != change.value:
                for metric in _metrics_under(scorecard, change.node):
                    disputed.setdefault(metric, (first, segment))
            nodes[change.node] = _changed(nodes[change.node], change)
    return Variant(
        segments=segments,
        total=nodes["total"],  # type: ignore[arg-type]
        groups={id: nodes[id] for id in scorecard.groups},  # type: ignore[misc]
        metrics={id: nodes[id] for id in scorecard.metrics},  # type: ignore[misc]
        disputed=disputed,
    )


def with_changes(variant: Variant, changes: tuple[Change, ...]) -> Variant:
    """The variant with further changes made, whatever its segments say."""
    for change in changes:
        node = _changed(variant.node(change.node), change)
        if change.node in variant.metrics:
            variant = replace(variant, metrics={**variant.metrics, change.node: node})  # type: ignore[dict-item]
        elif change.node == "total":
            variant = replace(variant, total=node)  # type: ignore[arg-type]
        else:
            variant = replace(variant, groups={**variant.groups, change.node: node})  # type: ignore[dict-item]
    return variant


def _changed(node: Item, change: Change) -> Item:
    field, *entry = change.key
    if not entry:
        return replace(node, **{field: change.value})
    entries: Any = {**getattr(node, field), entry[0]: change.value}
    if change.value is None:
        del entries[entry[0]]
    return replace(node, **{field: entries})


def _metrics_under(scorecard: Scorecard, node: str) -> tuple[str, ...]:
    if node in scorecard.metrics:
        return (node,)
    return tuple(metric for child in scorecard.children(node) for metric in _metrics_under(scorecard, child.id))
