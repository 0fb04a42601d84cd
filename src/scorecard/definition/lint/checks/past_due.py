"""Days by which something was to be reached, and that are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC844"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    for section, entries in (("metrics", card.metrics), ("recommendations", card.recommendations)):
        for id, entry in entries.items():
            if isinstance(entry.due, date) and entry.due < subject.today:
                yield subject.issue(CODE, LEVEL, (section, id, "due"), id, name=id, day=entry.due.isoformat())
