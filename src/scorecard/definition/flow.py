"""Formulas that a comma cut in two: in flow style, `{measure: max(a, b)}` is read as the keys `measure` and `b)`."""

from __future__ import annotations

from typing import Any

from scorecard.definition.document import Spot, Step
from scorecard.model.issue import Issue


def mend_cut_formulas(data: dict[str, Any], children: dict[Step, Spot]) -> list[Issue]:
    """Join the pieces of cut formulas in a flow mapping again, in place; one issue for each, which says to quote it."""
    issues: list[Issue] = []
    keys = list(data)
    at = 0
    while at < len(keys):
        key, text = keys[at], data[keys[at]]
        at += 1
        if not isinstance(text, str) or _open_brackets(text) <= 0:
            continue
        pieces, end = text, at
        while end < len(keys) and data[keys[end]] is None and _open_brackets(pieces) > 0:
            pieces += ", " + keys[end].rstrip("\0")
            end += 1
        if _open_brackets(pieces) != 0:
            continue
        issues.append(Issue(code="SC017", place=children[key].value, values={"key": key, "formula": pieces}))
        data[key] = pieces
        for piece in keys[at:end]:
            del data[piece], children[piece]
        at = end
    return issues


def _open_brackets(text: str) -> int:
    return sum(text.count(mark) for mark in "([") - sum(text.count(mark) for mark in ")]")
