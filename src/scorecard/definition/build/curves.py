"""Curves: from the forms a definition writes to one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.build.numbers import number, number_in
from scorecard.definition.document import Where
from scorecard.expression.scope import Scope
from scorecard.model.definition import Constant, Curve, Step
from scorecard.model.formula import Kind

_FORMS = ("points", "steps", "lookup", "formula")
_EDGES = ("up_to", "below", "otherwise")
_STRAIGHT = Curve()


def curve_in(draft: Draft, entry: Mapping[str, Any], where: Where, scope: Scope) -> Curve:
    """The curve of a metric; `scope` is what the metric's other numbers may name."""
    written = entry.get("curve")
    if written is None:
        return _STRAIGHT
    if isinstance(written, str):
        return Curve(kind=written)
    where = (*where, "curve")
    forms = [form for form in _FORMS if form in written]
    if len(forms) != 1:
        draft.report("SC112", where, keys=list(_FORMS), count=len(forms))
        return Curve(kind="identity")
    kind = forms[0]
    inside: Where = (*where, kind)
    if kind == "points":
        pairs = enumerate(written["points"])
        points = tuple(
            (number(draft, (*inside, at, 0), value, scope), number(draft, (*inside, at, 1), score, scope)) for at, (value, score) in pairs
        )
        return Curve(kind=kind, points=points)
    if kind == "steps":
        return Curve(kind=kind, steps=tuple(_step(draft, (*inside, at), step, scope) for at, step in enumerate(written["steps"])))
    if kind == "lookup":
        lookup = {text: number(draft, (*inside, text), score, scope) for text, score in written["lookup"].items()}
        return Curve(kind=kind, lookup=lookup, otherwise=number_in(draft, written, "otherwise", where, scope))
    params = dict.fromkeys(entry.get("params", {}), Kind.ANY)
    return Curve(kind=kind, formula=draft.formula(inside, written["formula"], replace(scope, params=params, expect=Kind.NUMBER)))


def _step(draft: Draft, where: Where, written: Mapping[str, Any], scope: Scope) -> Step:
    edges = [edge for edge in _EDGES if edge in written]
    if len(edges) != 1 or ("score" in written) == (edges == ["otherwise"]):
        draft.report("SC114", where)
        return Step(None, False, Constant(0.0))
    edge = edges[0]
    if edge == "otherwise":
        return Step(None, False, number(draft, (*where, edge), written[edge], scope))
    score = number(draft, (*where, "score"), written["score"], scope)
    return Step(number(draft, (*where, edge), written[edge], scope), edge == "up_to", score)
