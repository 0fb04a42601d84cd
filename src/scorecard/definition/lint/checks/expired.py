"""Rules and exemptions whose last day is over."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC852"
LEVEL = Level.INFO


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    for section, entries in (("rules", card.rules), ("exemptions", card.exemptions)):
        for id, entry in entries.items():
            if entry.valid_until is not None and entry.valid_until < subject.today:
                yield subject.issue(CODE, LEVEL, (section, id, "until"), id, name=id, day=entry.valid_until.isoformat())
