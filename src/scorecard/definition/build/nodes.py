"""The tree: the total, groups and metrics."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Any, Literal

from scorecard.definition.build.curves import curve_in
from scorecard.definition.build.draft import BROKEN, Draft
from scorecard.definition.build.measures import measured, unit_in
from scorecard.definition.build.numbers import bound_in, number, number_in
from scorecard.definition.build.policies import aggregation_in, missing_in, ranking_in, rounding_in
from scorecard.definition.build.texts import day_in, text_in
from scorecard.definition.document import Where
from scorecard.expression.scope import Scope
from scorecard.model.action import Action
from scorecard.model.definition import Constant, Group, Metric, Number
from scorecard.model.formula import Kind
from scorecard.model.period import Window

RESERVED = frozenset({"total", "entity", "period", "window", "params", "col", "true", "false", "null"})
_ONE = Constant(1.0)
_ZERO = Constant(0.0)


def total(draft: Draft) -> Group:
    """The root group."""
    return _group(draft, "total", draft.data.get("total", {}), ("total",), parent=None)


def group(draft: Draft, id: str, entry: Mapping[str, Any]) -> Group:
    """One group, under the total unless it says otherwise."""
    where = ("groups", id)
    _check_id(draft, id, where)
    if id in draft.section("metrics"):
        draft.report("SC208", where, at_key=True, name=id)
    return _group(draft, id, entry, where, parent=_parent(draft, entry, where))


def _group(draft: Draft, id: str, entry: Mapping[str, Any], where: Where, *, parent: str | None) -> Group:
    scope = draft.scope(expect=Kind.NUMBER)
    weight: Number | Literal["sum"] = "sum" if entry.get("weight") == "sum" else number_in(draft, entry, "weight", where, scope) or _ONE
    return Group(
        id=id,
        title=text_in(draft, entry, "title", where),
        parent=parent,
        weight=weight,
        aggregation=aggregation_in(draft, entry, where),
        missing=missing_in(draft, entry, where),
        coverage=number_in(draft, entry, "coverage", where, scope) or _ZERO,
        applies_when=draft.condition(entry, "applies_when", where),
        round=rounding_in(entry),
        rank=ranking_in(draft, entry, where),
        owner=entry.get("owner"),
        objective=text_in(draft, entry, "objective", where),
        place=draft.key_place(where),
    )


def metric(draft: Draft, id: str, entry: Mapping[str, Any]) -> Metric:
    """One metric with its way to a value and its way to a score."""
    where: Where = ("metrics", id)
    _check_id(draft, id, where)
    scope = metric_scope(draft, id)
    way = measured(draft, id, entry, where)
    over_records = way.source is not None
    return Metric(
        id=id,
        title=text_in(draft, entry, "title", where),
        parent=_parent(draft, entry, where),
        weight=number_in(draft, entry, "weight", where, scope) or _ONE,
        source=way.source,
        where=draft.condition(entry, "where", where, draft.records()),
        window=_window(draft, entry, where) if over_records else None,
        per=draft.names((*where, "per"), entry["per"], draft.keys, "SC210") if "per" in entry else None,
        min_records=int(entry.get("min_records", 0)) if over_records else 0,
        measure=way.measure,
        type=way.type,
        params=way.params,
        choose=way.choose,
        unit=way.unit or unit_in(entry),
        decimals=int(entry["decimals"]) if "decimals" in entry else None,
        applies_when=draft.condition(entry, "applies_when", where),
        curve=curve_in(draft, entry, where, scope),
        worst=bound_in(draft, entry, "worst", where, scope),
        target=bound_in(draft, entry, "target", where, scope),
        thresholds=_thresholds(draft, entry, where, scope),
        missing=missing_in(draft, entry, where),
        round=rounding_in(entry),
        owner=entry.get("owner"),
        due=day_in(draft, entry, "due", where),
        baseline=number_in(draft, entry, "baseline", where, scope),
        effort=number_in(draft, entry, "effort", where, scope),
        max_change=number_in(draft, entry, "max_change", where, scope),
        fixed=bool(entry.get("fixed", False)),
        moves_with=_moves_with(draft, id, entry, where),
        actions=_actions(draft, entry, way.type),
        objective=text_in(draft, entry, "objective", where),
        place=draft.key_place(where),
    )


def metric_scope(draft: Draft, id: str) -> Scope:
    """What the numbers of a metric may name; a bare `target` there is its own."""
    return draft.scope(own=id, expect=Kind.NUMBER)


def check_band(draft: Draft, where: Where, band: str, *, with_start: bool = True, at_key: bool = False) -> bool:
    """Whether a band exists (with a start where one is needed); an issue where not."""
    written = draft.section("bands")
    if band in written and ("from" in written[band] or not with_start):
        return True
    known = [id for id, entry in written.items() if "from" in entry or not with_start]
    draft.unknown("SC206", where, band, known, at_key=at_key)
    return False


def _thresholds(draft: Draft, entry: Mapping[str, Any], where: Where, scope: Scope) -> dict[str, Number]:
    """The thresholds from the worst band to the best."""
    found: dict[str, Number] = {}
    for band, written in entry.get("thresholds", {}).items():
        inside = (*where, "thresholds", band)
        value = number(draft, inside, written, scope)
        found[band] = value if check_band(draft, inside, band, at_key=True) else BROKEN
    order = draft.band_order
    return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))


def _parent(draft: Draft, entry: Mapping[str, Any], where: Where) -> str:
    parent: str = entry.get("group", "total")
    if parent not in draft.groups:
        draft.unknown("SC202", (*where, "group"), parent, draft.groups)
        return "total"
    return parent


def _moves_with(draft: Draft, id: str, entry: Mapping[str, Any], where: Where) -> str | None:
    other: str | None = entry.get("moves_with")
    if other is not None and (other not in draft.metrics or other == id):
        draft.unknown("SC203", (*where, "moves_with"), other, [name for name in draft.metrics if name != id])
        return None
    return other


def _actions(draft: Draft, entry: Mapping[str, Any], type_id: str | None) -> tuple[Action, ...]:
    """What its type brings; nothing where the library is off for it, or for all that do not turn it on."""
    off = entry.get("library", draft.data.get("library", "on")) == "off"
    return () if off or type_id is None else draft.registry.metric_types[type_id].actions


def _window(draft: Draft, entry: Mapping[str, Any], where: Where) -> Window | None:
    written = entry.get("window")
    if written is None:
        return None
    window = Window.named(written)
    if window is None:
        draft.report("SC405", (*where, "window"), value=written)
    return window


def _check_id(draft: Draft, id: str, where: Where) -> None:
    if id in RESERVED or keyword.iskeyword(id) or not id.isidentifier():
        draft.report("SC207", where, at_key=True, name=id)
