"""Groups that contain each other."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC211: following `group:` upwards from a group leads back to it."""
    told: set[str] = set()
    for id in scorecard.groups:
        way = [id]
        while (parent := scorecard.groups[way[-1]].parent) in scorecard.groups and parent not in way:
            way.append(str(parent))
        if parent == id and id not in told:
            told.update(way)
            yield issue(scorecard, "SC211", ("groups", id, "group"), circle=" -> ".join([*way, id]))
