"""Rules that change no score whatever the data: a cap above all scores, a raise below them, an addition of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.domains import Stretch
from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import fixed, written
from scorecard.model.definition import Rule, RuleKind
from scorecard.model.issue import Issue, Level

CODE = "SC804"
LEVEL = Level.WARNING
_NEUTRAL = {RuleKind.ADD: 0.0, RuleKind.MULTIPLY: 1.0}


def find(subject: Subject) -> Iterator[Issue]:
    for rule in subject.scorecard.rules.values():
        amount = fixed(rule.amount)
        where = ("rules", rule.id, rule.kind.value)
        if rule.kind in _NEUTRAL and amount == _NEUTRAL[rule.kind]:
            yield subject.issue(CODE, LEVEL, where, rule.id, reason="neutral", name=rule.id)
        elif rule.kind in (RuleKind.CAP, RuleKind.RAISE_TO) and not subject.scorecard.scale.open:
            scores = _scores(subject, rule)
            limit = _limit(subject, rule) if rule.band is not None else amount
            if limit is not None and (limit >= scores.high if rule.kind is RuleKind.CAP else limit <= scores.low):
                values = {"name": rule.id, "node": rule.of, "low": written(scores.low), "high": written(scores.high)}
                yield subject.issue(CODE, LEVEL, where, rule.id, reason=rule.kind.value, **values)


def _scores(subject: Subject, rule: Rule) -> Stretch:
    """What the rule may find: the node's scores before its rules, or the whole scale where another rule moves them first."""
    scores = subject.possible.scores
    moved = any(other.id != rule.id and other.kind is not RuleKind.BAND for other in scores.rules[rule.of])
    return scores.scale if moved else scores.unruled(rule.of)


def _limit(subject: Subject, rule: Rule) -> float | None:
    """The limit of a rule that names the band at the end it pushes towards; None for any other band."""
    starts = [band.id for band in subject.scorecard.bands if band.start is not None]
    scale = subject.scorecard.scale
    if rule.kind is RuleKind.CAP:
        return scale.high if rule.band == starts[-1] else None
    return scale.low if rule.band == starts[0] else None
