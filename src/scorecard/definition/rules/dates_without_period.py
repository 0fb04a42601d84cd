"""Dated rules and exemptions of a scorecard without periods."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC426: `from` and `until` are judged on the period's last day, and there is no period."""
    if scorecard.period is not None:
        return
    for section, entries in (("rules", scorecard.rules), ("exemptions", scorecard.exemptions)):
        for id, entry in entries.items():
            for key, day in (("from", entry.valid_from), ("until", entry.valid_until)):
                if day is not None:
                    yield issue(scorecard, "SC426", (section, id, key), key=key)
