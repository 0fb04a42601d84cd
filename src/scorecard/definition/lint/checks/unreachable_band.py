"""Bands that no total can be in: beyond all scores, between two roundings, or left to a rule that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definition.lint.subject import Subject
from scorecard.definition.rules.placed import written
from scorecard.model.definition import RuleKind
from scorecard.model.issue import Issue, Level

CODE = "SC801"
LEVEL = Level.WARNING


def find(subject: Subject) -> Iterator[Issue]:
    card = subject.scorecard
    given = {rule.band for rule in card.rules.values() if rule.kind is RuleKind.BAND}
    for band in card.bands:
        if band.start is None and band.id not in given:
            yield subject.issue(CODE, LEVEL, ("bands", band.id), band.id, reason="no_rule", name=band.id)
    if card.scale.open:
        return
    scores = subject.possible.scores
    total, reached = scores.of("total"), scores.bands("total")
    starts = [band for band in card.bands if band.start is not None]
    for at, band in enumerate(starts):
        if band.id in reached or band.id in given:
            continue
        start, end = band.start, starts[at + 1].start if at + 1 < len(starts) else card.scale.high
        assert start is not None
        assert end is not None
        where = ("bands", band.id, "from")
        if start <= total.high and end > total.low:
            yield subject.issue(CODE, LEVEL, where, band.id, reason="rounding", name=band.id, start=written(start), end=written(end))
        else:
            values = {"low": written(total.low), "high": written(total.high)}
            yield subject.issue(CODE, LEVEL, where, band.id, name=band.id, **values)
