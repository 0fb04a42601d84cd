"""Segments: layers that apply under a condition over attributes, as lists of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.definition.build.curves import curve_in
from scorecard.definition.build.draft import BROKEN, Draft
from scorecard.definition.build.nodes import check_band, metric_scope
from scorecard.definition.build.numbers import bound_in, number, number_in
from scorecard.definition.build.policies import missing_in, rounding_in
from scorecard.definition.build.texts import text_in
from scorecard.definition.document import Where
from scorecard.expression.scope import Scope
from scorecard.model.definition import Change, Segment
from scorecard.model.formula import Kind


def segment(draft: Draft, id: str, entry: Mapping[str, Any]) -> Segment:
    """One segment; its condition reads attributes and key parts only."""
    where: Where = ("segments", id)
    over_attributes = draft.scope(metrics=frozenset(), groups=frozenset(), time=False, peers=False, expect=Kind.TRUTH)
    return Segment(
        id=id,
        when=draft.condition(entry, "when", where, over_attributes) or BROKEN,
        changes=tuple(_changes(draft, entry, where)),
        title=text_in(draft, entry, "title", where),
        place=draft.key_place(where),
    )


def _changes(draft: Draft, entry: Mapping[str, Any], where: Where) -> Iterator[Change]:
    for node, keys in entry.get("metrics", {}).items():
        inside: Where = (*where, "metrics", node)
        if node not in draft.metrics:
            draft.unknown("SC203", inside, node, draft.metrics, at_key=True)
            continue
        yield from _of_node(draft, node, keys, inside, metric_scope(draft, node))
    for node, keys in entry.get("groups", {}).items():
        inside = (*where, "groups", node)
        if node not in draft.groups or node == "total":
            draft.unknown("SC203", inside, node, draft.groups - {"total"}, at_key=True)
            continue
        yield from _of_node(draft, node, keys, inside, draft.scope(expect=Kind.NUMBER))
    if "total" in entry:
        yield from _of_node(draft, "total", entry["total"], (*where, "total"), draft.scope(expect=Kind.NUMBER))


def _of_node(draft: Draft, node: str, entry: Mapping[str, Any], where: Where, scope: Scope) -> Iterator[Change]:
    for key, written in entry.items():
        inside: Where = (*where, key)
        place = draft.key_place(inside)
        match key:
            case "thresholds":
                for band, edge in written.items():
                    below: Where = (*inside, band)
                    check_band(draft, below, band, at_key=True)
                    value = None if edge is None else number(draft, below, edge, scope)
                    yield Change(node=node, key=(key, band), value=value, place=draft.key_place(below))
            case "params":
                for name, value in written.items():
                    _check_param(draft, node, (*inside, name), name)
                    yield Change(node=node, key=(key, name), value=value, place=draft.key_place((*inside, name)))
            case "curve":
                params = {**draft.section("metrics")[node].get("params", {}), **entry.get("params", {})}
                yield Change(node=node, key=(key,), value=curve_in(draft, {**entry, "params": params}, where, scope), place=place)
            case "weight" if written == "sum":
                yield Change(node=node, key=(key,), value="sum", place=place)
            case "missing":
                yield Change(node=node, key=(key,), value=missing_in(draft, entry, where), place=place)
            case "round":
                yield Change(node=node, key=(key,), value=rounding_in(entry), place=place)
            case "applies_when":
                yield Change(node=node, key=(key,), value=draft.condition(entry, key, where), place=place)
            case "worst" | "target":
                yield Change(node=node, key=(key,), value=bound_in(draft, entry, key, where, scope), place=place)
            case _:
                yield Change(node=node, key=(key,), value=number_in(draft, entry, key, where, scope), place=place)


def _check_param(draft: Draft, node: str, where: Where, name: str) -> None:
    """What is measured stays the same in every segment, so the params of a metric type cannot change."""
    type_id = draft.section("metrics")[node].get("type")
    kind = draft.registry.metric_types.get(type_id)
    if kind is not None and name in kind.params.get("properties", {}):
        draft.report("SC216", where, at_key=True, name=name, type=type_id)
