"""Caps and raises to a band whose ends, as scores are shown, are not known."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.rules.placed import Way, issue
from scorecard.model.definition import Rounding, Rule, RuleKind, Scorecard
from scorecard.model.issue import Issue
from scorecard.scoring.shown import bottom_of, top_of


def find(scorecard: Scorecard) -> Iterator[Issue]:
    """SC420: the highest score shown as a band is known only where the node says how it rounds. SC474: no score is shown as the band."""
    starts = {band.id: band.start for band in scorecard.bands if band.start is not None}
    for rule in scorecard.rules.values():
        if rule.band not in starts or rule.kind is RuleKind.BAND:
            continue
        end, place = top_of if rule.kind is RuleKind.CAP else bottom_of, list(starts).index(rule.band)
        for how, way in _roundings(scorecard, rule):
            if how is None:
                if rule.kind is RuleKind.CAP:
                    yield issue(scorecard, "SC420", way, name=rule.id, of=rule.of, band=rule.band)
                continue
            try:
                end(place, list(starts.values()), how, scorecard.scale)
            except ValueError:
                yield issue(scorecard, "SC474", way, name=rule.id, of=rule.of, band=rule.band, decimals=how.decimals)


def _roundings(scorecard: Scorecard, rule: Rule) -> Iterator[tuple[Rounding | None, Way]]:
    """How the node of a rule rounds, as written and in each segment that says otherwise."""
    yield scorecard.node(rule.of).round, ("rules", rule.id, rule.kind.value)
    for segment in scorecard.segments.values():
        for change in segment.changes:
            if (change.node, change.key) == (rule.of, ("round",)):
                section = "metrics" if rule.of in scorecard.metrics else "groups"
                yield change.value, ("segments", segment.id, section, rule.of, "round")
