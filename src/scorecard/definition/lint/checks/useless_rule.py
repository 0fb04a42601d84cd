"""Rules that another rule always outdoes: a higher cap beside a lower one whose condition holds whenever the first one's does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.definition.lint.holding import Holding
from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import fixed
from scorecard.model.definition import Rule, RuleKind
from scorecard.model.issue import Issue, Level

CODE = "SC805"
LEVEL = Level.WARNING
MOST = 100
"""rules of one kind on one node that are held against each other"""
_COMPETING = (RuleKind.CAP, RuleKind.RAISE_TO, RuleKind.BAND)


def find(subject: Subject) -> Iterator[Issue]:
    holding = Holding(subject.possible)
    for rules in subject.possible.scores.rules.values():
        for kind in _COMPETING:
            alike = [rule for rule in rules if rule.kind is kind][:MOST]
            for at, rule in enumerate(alike):
                rivals = [
                    other
                    for place, other in enumerate(alike)
                    if other is not rule and _lasts(rule, other) and _outdone(subject, rule, other, later=place > at)
                ]
                first = holding.first_following(rule.when.tree, [rival.when.tree for rival in rivals])
                if first is not None:
                    yield subject.issue(CODE, LEVEL, ("rules", rule.id), rule.id, name=rule.id, other=rivals[first].id)


def _outdone(subject: Subject, rule: Rule, other: Rule, *, later: bool) -> bool:
    """Whether the other rule, where both hold, leaves nothing for this one to do; of two equal ones the first stays."""
    if rule.kind is RuleKind.BAND:
        return later
    own, its = _height(subject, rule), _height(subject, other)
    if own is None or its is None or own[0] != its[0]:
        return False
    if own == its:
        return not later
    return its < own if rule.kind is RuleKind.CAP else its > own


def _height(subject: Subject, rule: Rule) -> tuple[str, float] | None:
    """How high a limit lies, among those that are written alike: as numbers, or as bands."""
    if rule.band is None:
        amount = fixed(rule.amount)
        return None if amount is None else ("number", amount)
    starts = [band.id for band in subject.scorecard.bands if band.start is not None]
    return ("band", float(starts.index(rule.band)))


def _lasts(rule: Rule, other: Rule) -> bool:
    """Whether the other rule is there on every day that this one is."""
    begins = other.valid_from is None or (rule.valid_from or date.min) >= other.valid_from
    return begins and (other.valid_until is None or (rule.valid_until or date.max) <= other.valid_until)
