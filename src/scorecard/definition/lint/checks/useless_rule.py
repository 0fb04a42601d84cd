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
_COMPETING = (RuleKind.CAP, RuleKind.RAISE_TO, RuleKind.BAND)


def find(subject: Subject) -> Iterator[Issue]:
    rules = [rule for rule in subject.scorecard.rules.values() if rule.kind in _COMPETING]
    holding = Holding(subject.possible) if len(rules) > 1 else None
    for at, rule in enumerate(rules):
        for place, other in enumerate(rules):
            if holding is None or other is rule or (other.of, other.kind) != (rule.of, rule.kind) or not _lasts(rule, other):
                continue
            if _outdone(subject, rule, other, later=place > at) and holding.follows(rule.when.tree, other.when.tree):
                yield subject.issue(CODE, LEVEL, ("rules", rule.id), rule.id, name=rule.id, other=other.id)
                break


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
