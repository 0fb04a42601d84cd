"""Texts, days and lists of texts, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from scorecard.definition.build.draft import Draft
from scorecard.definition.document import Where
from scorecard.definition.wording import hints, owner
from scorecard.expression.parse import locate
from scorecard.model.issue import Issue
from scorecard.model.text import ANY, Text

_IN_BRACES = re.compile(r"\{\s*([^{}\s.]+)(?:\.[^{}]*)?\}")
_NONE = Text()
_SPACES = frozenset({"entity", "period", "window"})


def text_in(draft: Draft, entry: Mapping[str, Any], key: str, where: Where) -> Text:
    """The text under `key`, in one language or several; an issue for every unknown name in braces."""
    written = entry.get(key)
    if written is None:
        return _NONE
    text = Text({ANY: written} if isinstance(written, str) else written)
    for language, words in text.by_language.items():
        if "{" in words:
            _check_names(draft, (*where, key) if language == ANY else (*where, key, language), words)
    return text


def day_in(draft: Draft, entry: Mapping[str, Any], key: str, where: Where) -> date | None:
    """The day under `key`; None where there is none."""
    written = entry.get(key)
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        draft.report("SC113", (*where, key), key=key, value=written)
        return None


def listed(written: str | list[str] | None) -> tuple[str, ...]:
    """One text or a list of texts as a tuple."""
    if written is None:
        return ()
    return (written,) if isinstance(written, str) else tuple(written)


def _check_names(draft: Draft, where: Where, words: str) -> None:
    known = {*draft.attributes, *draft.keys, *draft.metrics, *draft.groups, *_SPACES}
    for found in _IN_BRACES.finditer(words):
        if found[1] not in known:
            place = locate(draft.root.at(where).text, words, *found.span(1))
            values = {"owner": owner(where), "name": found[1], **hints(found[1], known)}
            draft.issues.append((where, Issue(code="SC213", place=place, values=values)))
