"""Sources that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level
from scorecard.model.sources_read import sources_read

CODE = "SC834"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    """Sources of a shared layer are there for whoever needs them, so only those of the definition itself are looked at."""
    used = sources_read(subject.scorecard)
    for id in subject.scorecard.sources:
        if id not in used and subject.root.at(("sources", id)).file == subject.file:
            yield subject.issue(CODE, LEVEL, ("sources", id), id, name=id)
