"""Sources: the common keys, and the settings of their types as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.build.expected import expected
from scorecard.definition.build.texts import listed
from scorecard.definition.document import Where
from scorecard.definition.layers import folder_of
from scorecard.definition.schema import SCORECARD_SOURCE
from scorecard.model.source import ColumnSpec, Join, Source, Unpivot

_COMMON = frozenset({"type", "time", "columns", "where", "nulls", "values", "unpivot", "join", "expect", "required"})


def source(draft: Draft, id: str, written: Mapping[str, Any]) -> Source:
    """One source; its folder is that of the file that wrote its path."""
    where: Where = ("sources", id)
    spot = draft.root.at(where)
    time = written.get("time")
    start, end = (time["from"], time["to"]) if isinstance(time, dict) else (time, None)
    writer = spot.at(("path",)) if "path" in written else spot.at(("type",))
    if written["type"] == SCORECARD_SOURCE and ("path" in written) == ("scorecard" in written):
        draft.report("SC112", where, keys=["path", "scorecard"], count=len({"path", "scorecard"} & written.keys()))
    return Source(
        id=id,
        type=written["type"],
        settings={key: value for key, value in written.items() if key not in _COMMON},
        time=start,
        time_to=end,
        columns=tuple(_column(draft, (*where, "columns", name), name, column) for name, column in written.get("columns", {}).items()),
        where=draft.condition(written, "where", where, draft.records()),
        nulls=tuple(draft.raw((*where, "nulls", at), value) for at, value in enumerate(written.get("nulls", ()))),
        values={name: _codes(draft, (*where, "values", name), codes) for name, codes in written.get("values", {}).items()},
        unpivot=_unpivot(draft, where, written["unpivot"]) if "unpivot" in written else None,
        join=tuple(_join(draft, (*where, "join", to), to, join) for to, join in written.get("join", {}).items()),
        expect=expected(draft, (*where, "expect"), written) if "expect" in written else None,
        required=written.get("required", True),
        folder=folder_of(draft.tree, writer.file),
        place=spot.value,
    )


def _column(draft: Draft, where: Where, name: str, written: Any) -> ColumnSpec:
    place = draft.key_place(where)
    if not isinstance(written, dict):
        return ColumnSpec(name=name, spellings=listed(written), place=place)
    otherwise = written.get("otherwise")
    return ColumnSpec(
        name=name,
        spellings=listed(written.get("from", name)),
        values=_codes(draft, (*where, "values"), written.get("values", {})),
        otherwise=draft.raw((*where, "otherwise"), otherwise) if otherwise is not None else None,
        type=written.get("type"),
        place=place,
    )


def _codes(draft: Draft, where: Where, written: Mapping[str, Any]) -> dict[str, str]:
    return {code: draft.raw((*where, code), word) for code, word in written.items()}


def _join(draft: Draft, where: Where, to: str, written: Mapping[str, Any]) -> Join:
    if to not in draft.sources:
        draft.unknown("SC201", where, to, draft.sources, at_key=True)
    return Join(to=to, on=listed(written["on"]), columns=tuple(written["columns"]), place=draft.key_place(where))


def _unpivot(draft: Draft, where: Where, written: Mapping[str, Any]) -> Unpivot:
    inside: Where = (*where, "unpivot")
    given = [key for key in ("columns", "matching") if key in written]
    if len(given) != 1:
        draft.report("SC112", inside, keys=["columns", "matching"], count=len(given))
    matching = written.get("matching")
    if matching is not None:
        try:
            re.compile(matching)
        except re.error as problem:
            draft.report("SC115", (*inside, "matching"), value=matching, problem=problem.msg)
    return Unpivot(
        columns=tuple(written.get("columns", ())),
        matching=matching,
        name=written.get("name", "name"),
        value=written.get("value", "value"),
    )
