"""Caps by a band on a score that is not rounded."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import issue
from scorecard.model.definition import RuleKind, Scorecard
from scorecard.model.issue import Issue


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC420: the highest score shown as a band is known only where the node says how it rounds."""
    for rule in scorecard.rules.values():
        capped = rule.kind is RuleKind.CAP and rule.band is not None
        if capped and scorecard.node(rule.of).round is None:
            yield issue(scorecard, "SC420", ("rules", rule.id, "cap"), name=rule.id, of=rule.of, band=rule.band)
