"""Rules and exemptions that end before they begin."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC423: `until` is the last day, so it cannot lie before `from`."""
    for section, entries in (("rules", scorecard.rules), ("exemptions", scorecard.exemptions)):
        for id, entry in entries.items():
            start, end = entry.valid_from, entry.valid_until
            if start is not None and end is not None and end < start:
                yield issue(scorecard, "SC423", (section, id, "until"), start=start.isoformat(), end=end.isoformat())
