"""Issues that the definition accepts, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.build.texts import day_in, text_in
from scorecard.model.definition import Ignored
from scorecard.model.text import Text


def ignored(draft: Draft, code: str, entry: str | Mapping[str, Any]) -> Ignored:
    """One code that is accepted; written as a text, that is the reason."""
    if isinstance(entry, str):
        return Ignored(code=code, reason=Text.of(entry))
    where = ("ignore", code)
    return Ignored(
        code=code,
        reason=text_in(draft, entry, "reason", where),
        of=tuple(entry.get("of", ())),
        until=day_in(draft, entry, "until", where),
    )
