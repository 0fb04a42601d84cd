"""Which sources a scorecard reads."""

from __future__ import annotations

from scorecard.model.definition import Scorecard


def measured_sources(scorecard: Scorecard) -> frozenset[str]:
    """The sources of metrics and the roster."""
    named = (scorecard.entity.roster, *(metric.source for metric in scorecard.metrics.values()))
    return frozenset(id for id in named if id is not None and id in scorecard.sources)


def sources_read(scorecard: Scorecard) -> frozenset[str]:
    """The sources of metrics and the roster, and those they join."""
    found: set[str] = set()
    pending = list(measured_sources(scorecard))
    while pending:
        id = pending.pop()
        if id not in found:
            found.add(id)
            pending += [join.to for join in scorecard.sources[id].join]
    return frozenset(found)
