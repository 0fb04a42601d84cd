"""Recommendations: what to do under a condition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from scorecard.definition.build.adjust import node_named
from scorecard.definition.build.draft import BROKEN, Draft
from scorecard.definition.build.texts import text_in
from scorecard.definition.document import Where
from scorecard.model.definition import Recommendation, Task
from scorecard.model.period import Window


def recommendation(draft: Draft, id: str, entry: Mapping[str, Any]) -> Recommendation:
    """One recommendation."""
    where: Where = ("recommendations", id)
    return Recommendation(
        id=id,
        of=node_named(draft, entry, where),
        when=draft.condition(entry, "when", where) or BROKEN,
        action=text_in(draft, entry, "action", where),
        title=text_in(draft, entry, "title", where),
        owner=text_in(draft, entry, "owner", where),
        due=_due(draft, entry, where),
        effort=entry.get("effort"),
        priority=entry.get("priority", 1),
        tasks=tuple(_task(draft, task, (*where, "tasks", place)) for place, task in enumerate(entry.get("tasks", ()))),
        place=draft.key_place(where),
    )


def _task(draft: Draft, entry: Mapping[str, Any], where: Where) -> Task:
    return Task(what=text_in(draft, entry, "what", where), owner=text_in(draft, entry, "owner", where), due=_due(draft, entry, where))


def _due(draft: Draft, entry: Mapping[str, Any], where: Where) -> date | Window | None:
    if "due" not in entry:
        return None
    written: str = entry["due"]
    window = Window.named(written)
    if window is not None and window.unit not in ("period", "all"):
        return window
    try:
        return date.fromisoformat(written)
    except ValueError:
        draft.report("SC473", (*where, "due"), value=written)
        return None
