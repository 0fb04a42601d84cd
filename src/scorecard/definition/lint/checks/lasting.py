"""Exemptions whose end is so far off that they are for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from scorecard.definition.lint.subject import Subject
from scorecard.model.issue import Issue, Level

CODE = "SC853"
LEVEL = Level.WARNING
LONGEST = timedelta(days=3 * 366)
"""from today on; an exemption that is to last longer is reviewed before"""


def find(subject: Subject) -> Iterator[Issue]:
    for id, entry in subject.scorecard.exemptions.items():
        if entry.valid_until is not None and entry.valid_until - subject.today > LONGEST:
            where = ("exemptions", id, "until")
            yield subject.issue(CODE, LEVEL, where, id, name=id, day=entry.valid_until.isoformat())
