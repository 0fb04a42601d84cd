"""A misspelt key gets the name that was meant, where only one comes near."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from scorecard.definition.document import Document, Where
from scorecard.definition.fixes.fix import Fix, between, way_to
from scorecard.definition.patch.text import found
from scorecard.model.issue import Issue

CODE = "SC104"
_NEAR = 0.75
"""likeness of the key to what was meant, at least"""
_NEARER = 0.1
"""how much more it must be like that than like any other key"""


def fix(issue: Issue, document: Document) -> Fix | None:
    """The key by its right name; None where two names come near, or the right one is there already."""
    meant = _meant(issue)
    where = way_to(document, issue.place)
    if meant is None or where is None:
        return None
    siblings, event = found(document.data, where[:-1]), document.root.at(where).key_event
    if meant in siblings:
        return None
    start, end = event.start_mark.index, event.end_mark.index
    quote = event.style if event.style in ("'", '"') else ""
    return Fix(
        issue=issue,
        words="fix.misspelt_key",
        values={"key": where[-1], "meant": meant},
        replacements=(between(document, start, end, f"{quote}{meant}{quote}"),),
        data=_renamed(document.data, where, meant),
    )


def _meant(issue: Issue) -> str | None:
    """What the key was most likely meant to be, where nothing else is nearly as likely."""
    word = str(issue.values.get("key"))
    near, others = issue.values.get("did_you_mean"), issue.values.get("less_likely", ())
    if not isinstance(near, list) or not isinstance(others, (list, tuple)):
        return None
    likeness = _likeness(word, near[0])
    clear = likeness >= _NEAR and all(_likeness(word, other) <= likeness - _NEARER for other in others)
    return str(near[0]) if clear else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _renamed(data: Any, where: Where, name: str) -> Any:
    """A copy of the data with the key at the end of a way renamed, in its old place."""
    step, rest = where[0], where[1:]
    if isinstance(data, list):
        return [_renamed(each, rest, name) if at == step else each for at, each in enumerate(data)]
    if not rest:
        return {name if key == step else key: value for key, value in data.items()}
    return {key: _renamed(value, rest, name) if key == step else value for key, value in data.items()}
