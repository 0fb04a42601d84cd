"""How a node is combined, filled, rounded and ranked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.document import Where
from scorecard.model.definition import Aggregation, Missing, Ranking, Rounding
from scorecard.model.formula import Kind

_SKIP = Missing()
_ARITHMETIC = Aggregation()


def missing_in(draft: Draft, entry: Mapping[str, Any], where: Where) -> Missing:
    """What the parent does when the node has no score."""
    written = entry.get("missing")
    if written is None:
        return _SKIP
    if isinstance(written, str):
        return Missing(policy=written)  # type: ignore[arg-type]
    if isinstance(written, (int, float)):
        return Missing(policy="score", score=float(written))
    by = written.get("by")
    if by is not None:
        draft.names((*where, "missing", "by"), [by], {*draft.attributes, *draft.keys}, "SC209")
    return Missing(policy="impute", by=by)


def aggregation_in(draft: Draft, entry: Mapping[str, Any], where: Where) -> Aggregation:
    """How the children's scores become one."""
    written = entry.get("aggregation")
    if written is None:
        return _ARITHMETIC
    if isinstance(written, str):
        return Aggregation(kind=written)
    ((kind, setting),) = written.items()
    match kind:
        case "geometric":
            low, high = setting.get("on", (None, None))
            return Aggregation(kind=kind, on=(float(low), float(high)) if low is not None else None)
        case "power":
            return Aggregation(kind=kind, power=float(setting))
        case "worst":
            return Aggregation(kind=kind, count=int(setting))
    formula = draft.formula((*where, "aggregation", "formula"), setting, draft.scope(expect=Kind.NUMBER))
    return Aggregation(kind="formula", formula=formula)


def rounding_in(entry: Mapping[str, Any]) -> Rounding | None:
    """The rounding of a node's score; None where it is not rounded."""
    written = entry.get("round")
    if written is None:
        return None
    return Rounding(decimals=int(written.get("decimals", 0)), mode=written.get("mode", "half_up"), binary=written.get("binary", False))


def ranking_in(draft: Draft, entry: Mapping[str, Any], where: Where) -> Ranking | None:
    """The ranks of a group; None where it is not ranked."""
    written = entry.get("rank")
    if written is None:
        return None
    by = draft.names((*where, "rank", "by"), written.get("by", ()), {*draft.attributes, *draft.keys}, "SC209")
    return Ranking(ties=written.get("ties", "best"), first=written.get("first", "best"), by=by)
