"""A roster that need not be there."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC472: without the roster nobody is scored."""
    roster = scorecard.sources.get(scorecard.entity.roster or "")
    if roster is not None and not roster.required:
        yield issue(scorecard, "SC472", ("sources", roster.id, "required"), ("sources", roster.id), source=roster.id)
