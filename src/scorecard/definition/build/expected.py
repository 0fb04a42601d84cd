"""What the records of a source must be like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.document import Where
from scorecard.model.issue import Level
from scorecard.model.period import Window
from scorecard.model.source import ColumnExpected, Expected


def expected(draft: Draft, where: Where, source: Mapping[str, Any]) -> Expected:
    """The `expect:` of a source."""
    written: Mapping[str, Any] = source["expect"]
    rows = written.get("rows", {})
    rows = {"at_least": rows} if isinstance(rows, int) else rows
    conditions = written.get("records", {})
    return Expected(
        rows=(rows.get("at_least"), rows.get("at_most")),
        fresh=_fresh(draft, (*where, "fresh"), written["fresh"], timed="time" in source) if "fresh" in written else None,
        unique=tuple(written.get("unique", ())),
        columns=tuple(_column(draft, (*where, "columns", name), name, each) for name, each in written.get("columns", {}).items()),
        records={
            name: draft.formula((*where, "records", name), text, draft.records(), resolved=False) for name, text in conditions.items()
        },
        level=Level.WARNING if written.get("failing") == "warn" else Level.ERROR,
        place=draft.key_place(where),
    )


def _fresh(draft: Draft, where: Where, written: str, *, timed: bool) -> Window | None:
    window = Window.named(written)
    if window is None or window.unit in ("period", "all"):
        draft.report("SC470", where, reason="no_length", value=written)
        return None
    if draft.calendar is None or not timed:
        draft.report("SC470", where, lacking="period" if draft.calendar is None else "time")
    return window


def _column(draft: Draft, where: Where, name: str, written: Mapping[str, Any]) -> ColumnExpected:
    low, high = written.get("between", (None, None))
    if low is not None and high is not None and low > high:
        draft.report("SC471", (*where, "between"), low=low, high=high)
    among = written.get("among")
    return ColumnExpected(
        name=name,
        between=(low, high),
        among=None if among is None else tuple(draft.raw((*where, "among", at), each) for at, each in enumerate(among)),
        nulls=_share(written["nulls"]) if "nulls" in written else None,
        unique=written.get("unique", False),
        place=draft.key_place(where),
    )


def _share(written: float | str) -> float:
    return float(written.removesuffix("%")) / 100 if isinstance(written, str) else float(written)
