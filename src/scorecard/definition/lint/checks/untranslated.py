"""Texts in several languages that lack one which most of the others have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.definition.document import Where
from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC847"
LEVEL = Level.INFO
_TEXTS = ("title", "description", "objective", "reason", "action", "unit")
_SECTIONS = ("bands", "groups", "metrics", "segments", "rules", "exemptions", "recommendations", "gates")


def find(subject: Subject) -> Iterator[Issue]:
    texts = list(_texts(subject.data))
    spoken = Counter(language for _, text in texts for language in text)
    usual = {language for language, count in spoken.items() if 2 * count > len(texts)}
    for where, text in texts:
        if missing := sorted(usual - text.keys()):
            of = where[2:3] if where[0] == "entity" else where[1:2] if len(where) > 2 else where[:1]
            yield subject.issue(CODE, LEVEL, where, *(str(step) for step in of), languages=missing, have=sorted(text))


def _texts(data: Mapping[str, Any]) -> Iterator[tuple[Where, Mapping[str, str]]]:
    """Every text that is written in several languages, or in one that it names."""
    entries: list[tuple[Where, Mapping[str, Any]]] = [((), data), (("total",), data.get("total", {}))]
    entries += [((section, id), entry) for section in _SECTIONS for id, entry in data.get(section, {}).items()]
    attributes = data["entity"].get("attributes")
    for name, entry in attributes.items() if isinstance(attributes, dict) else ():
        here = ("entity", "attributes", name)
        entries.append((here, entry))
        yield from (((*here, "values", value), text) for value, text in entry.get("values", {}).items() if isinstance(text, dict))
    for where, entry in entries:
        for key in _TEXTS:
            if isinstance(text := entry.get(key), dict):
                yield (*where, key), text
