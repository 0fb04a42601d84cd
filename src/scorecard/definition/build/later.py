"""Sections that are checked and accepted, but not acted on yet: cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.document import Where
from scorecard.model.issue import Level


def check_cases(draft: Draft) -> None:
    """The names and periods of the cases."""
    for id, entry in draft.section("cases").items():
        where: Where = ("cases", id)
        _check_names(draft, (*where, "given"), entry.get("given", {}), draft.metrics, "SC203")
        _check_names(draft, (*where, "entity"), entry.get("entity", {}), {*draft.attributes, *draft.keys}, "SC209")
        if draft.calendar is not None and "period" in entry:
            label = draft.raw((*where, "period"), entry["period"])
            if draft.calendar.named(label) is None:
                draft.report("SC403", (*where, "period"), name=label, example=draft.calendar.example)
    _not_yet(draft, "cases")


def _check_names(draft: Draft, where: Where, entry: Mapping[str, Any], known: frozenset[str] | set[str], code: str) -> None:
    for name in entry:
        if name not in known:
            draft.unknown(code, (*where, name), name, known, at_key=True)


def _not_yet(draft: Draft, section: str) -> None:
    if draft.section(section):
        draft.report("SC190", (section,), at_key=True, level=Level.INFO, key=section)
