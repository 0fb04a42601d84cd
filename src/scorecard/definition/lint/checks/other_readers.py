"""Words without quotes that are text here, and true, false or a number to other programs that read YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.definition.document import Where
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC855"
LEVEL = Level.INFO
LOOKS_OTHERWISE = re.compile(
    r"(?i:y|n|yes|no|on|off)|[-+]?(?:0[0-9_]+|0o[0-7]+|0x[0-9a-fA-F_]+|[0-9]+(?:_[0-9]+)+(?:\.[0-9_]*)?)|[0-9]{1,2}(?::[0-5]?[0-9]){1,2}"
).fullmatch
"""what YAML 1.1, which many programs still speak, reads as a truth, a number or minutes"""


def find(subject: Subject) -> Iterator[Issue]:
    for where, value in _words(subject.data):
        if isinstance(value, str) and LOOKS_OTHERWISE(value) and not subject.root.at(where).event.style:
            of = where[1:2] if len(where) > 1 else where[:1]
            yield subject.issue(CODE, LEVEL, where, *(str(step) for step in of), value=value)


def _words(data: Mapping[str, Any]) -> Iterator[tuple[Where, Any]]:
    """The values that may be any word: what codes are mapped to, labels, owners and titles."""
    for id, source in data.get("sources", {}).items():
        for name, codes in source.get("values", {}).items():
            yield from ((("sources", id, "values", name, code), word) for code, word in codes.items())
        for name, column in source.get("columns", {}).items():
            if isinstance(column, dict):
                inside = ("sources", id, "columns", name)
                yield (*inside, "otherwise"), column.get("otherwise")
                yield from (((*inside, "values", code), word) for code, word in column.get("values", {}).items())
    for section in ("bands", "groups", "metrics", "segments"):
        for id, entry in data.get(section, {}).items():
            yield (section, id, "title"), entry.get("title")
            yield (section, id, "owner"), entry.get("owner")
    for id, entry in data.get("metrics", {}).items():
        for at, choice in enumerate(entry.get("choose", ())):
            yield ("metrics", id, "choose", at, "label"), choice.get("label")
            yield ("metrics", id, "choose", at, "otherwise"), choice.get("otherwise")
