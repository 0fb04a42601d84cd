"""A definition that measures nothing."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC413: a scorecard without metrics scores nobody."""
    if not scorecard.metrics:
        yield issue(scorecard, "SC413", ("metrics",), ("total",), ("entity",))
