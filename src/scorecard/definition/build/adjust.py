"""Adjustments: rules, exemptions and gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.definition.build.draft import BROKEN, Draft
from scorecard.definition.build.nodes import check_band, metric_scope
from scorecard.definition.build.numbers import number_in
from scorecard.definition.build.texts import day_in, text_in
from scorecard.definition.document import Where
from scorecard.model.definition import Exemption, Gate, Rule, RuleKind
from scorecard.model.formula import Kind


def rule(draft: Draft, id: str, entry: Mapping[str, Any]) -> Rule:
    """One rule; exactly one kind of adjustment."""
    where: Where = ("rules", id)
    of = node_named(draft, entry, where)
    kinds = [kind for kind in RuleKind if kind in entry]
    if len(kinds) != 1:
        written = [key for key in entry if key in set(RuleKind)]
        draft.report("SC112", (*where, *written[1:2]), at_key=True, keys=[kind.value for kind in RuleKind], count=len(kinds))
    kind = kinds[0] if kinds else RuleKind.ADD
    band = _band(draft, entry, kind, where)
    return Rule(
        id=id,
        title=text_in(draft, entry, "title", where),
        of=of,
        when=draft.condition(entry, "when", where) or BROKEN,
        kind=kind,
        amount=number_in(draft, entry, kind, where, draft.scope(expect=Kind.NUMBER)) if band is None and kinds else None,
        band=band,
        valid_from=day_in(draft, entry, "from", where),
        valid_until=day_in(draft, entry, "until", where),
        reason=text_in(draft, entry, "reason", where),
        place=draft.key_place(where),
    )


def exemption(draft: Draft, id: str, entry: Mapping[str, Any]) -> Exemption:
    """One exemption: exclude the metric, or give it a value."""
    where: Where = ("exemptions", id)
    of: str = entry["of"]
    if of not in draft.metrics:
        draft.unknown("SC203", (*where, "of"), of, draft.metrics)
    exclude = entry.get("exclude", "value" not in entry)
    if exclude == ("value" in entry):
        draft.report("SC112", where, at_key=True, keys=["exclude: true", "value"], count=int(exclude) + ("value" in entry))
    over_attributes = draft.scope(metrics=frozenset(), groups=frozenset(), time=False, peers=False, expect=Kind.TRUTH)
    return Exemption(
        id=id,
        title=text_in(draft, entry, "title", where),
        of=of,
        when=draft.condition(entry, "when", where, over_attributes) or BROKEN,
        exclude=exclude,
        value=number_in(draft, entry, "value", where, metric_scope(draft, of)),
        valid_from=day_in(draft, entry, "from", where),
        valid_until=day_in(draft, entry, "until", where),
        reason=text_in(draft, entry, "reason", where),
        approved_by=entry.get("approved_by"),
        place=draft.key_place(where),
    )


def gate(draft: Draft, id: str, entry: Mapping[str, Any]) -> Gate:
    """One gate."""
    where: Where = ("gates", id)
    require = draft.condition(entry, "require", where) or BROKEN
    return Gate(id=id, require=require, title=text_in(draft, entry, "title", where), place=draft.key_place(where))


def node_named(draft: Draft, entry: Mapping[str, Any], where: Where) -> str:
    """The node under `of`, the total unless written."""
    of: str = entry.get("of", "total")
    if of not in draft.metrics and of not in draft.groups:
        draft.unknown("SC203", (*where, "of"), of, draft.metrics | draft.groups)
        return "total"
    return of


def _band(draft: Draft, entry: Mapping[str, Any], kind: RuleKind, where: Where) -> str | None:
    """The band that a cap, a raise or a band rule names; None for a number."""
    written = entry.get(kind)
    if kind in (RuleKind.ADD, RuleKind.MULTIPLY) or not isinstance(written, str):
        return None
    if kind is RuleKind.BAND:
        check_band(draft, (*where, kind.value), written, with_start=False)
        return written
    if written in draft.bands or (written.isidentifier() and written not in draft.attributes):
        check_band(draft, (*where, kind.value), written)
        return written
    return None
