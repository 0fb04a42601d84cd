"""What was found out about the data on the way: counted, and said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from scorecard.engine.measure import Measurer
from scorecard.engine.prepare import Records
from scorecard.engine.roster import Roster
from scorecard.evaluation.keep import undecided
from scorecard.model.definition import Scorecard
from scorecard.model.issue import Issue, Level
from scorecard.model.period import Period
from scorecard.model.state import Fired
from scorecard.scoring.score import PeriodScores

LEFT_OUT = {"no_time": "SC614", "unknown_where": "SC615", "no_key": "SC616"}
EMPTY_SOURCE = "SC642"
UNDECIDED = {"node": "SC640", "exemption": "SC641"}


def notes_of(
    scorecard: Scorecard,
    records: Mapping[str, Records],
    roster: Roster,
    measurer: Measurer,
    results: Mapping[str, PeriodScores],
    shown: tuple[Period, ...],
) -> tuple[Issue, ...]:
    """Records left out and why, records of nobody, unknown conditions of segments and rules, metric types that raised."""
    return tuple(_notes(scorecard, records, roster, measurer, [results[one.label] for one in shown]))


def _notes(
    scorecard: Scorecard, records: Mapping[str, Records], roster: Roster, measurer: Measurer, results: list[PeriodScores]
) -> Iterator[Issue]:
    for id, one in records.items():
        place = scorecard.sources[id].place
        yield from one.opened.absent
        yield from one.unexpected
        if not one.read and not one.opened.absent:
            yield Issue(code=EMPTY_SOURCE, place=place, level=Level.WARNING, values={"source": id})
        left_out = dict(one.left_out)
        if id == scorecard.entity.roster:
            for reason, count in roster.left_out.items():
                left_out[reason] = left_out.get(reason, 0) + count
        for reason, count in left_out.items():
            if count and reason in LEFT_OUT:
                yield Issue(code=LEFT_OUT[reason], place=place, level=Level.WARNING, values={"source": id, "count": count})
        for to, count in one.alone.items():
            if count:
                yield Issue(code="SC483", place=place, level=Level.WARNING, values={"source": id, "to": to, "count": count})
        if nobody := measurer.belonging.nobody.get(id):
            told: dict[str, object] = {"source": id, "count": nobody, "read": one.made, "keys": measurer.belonging.strangers[id]}
            yield Issue(code="SC610", place=place, level=Level.WARNING, values=told)
    for metric in scorecard.metrics.values():
        if metric.source is not None and (count := measurer.undecided(metric.id)):
            values: dict[str, object] = {"reason": "metric", "metric": metric.id, "count": count}
            yield Issue(code="SC615", place=metric.place, level=Level.WARNING, values=values)
    for id, said in measurer.failures.items():
        yield Issue(code="SC617", place=scorecard.metrics[id].place, values={"metric": id, "error": said})
    for segment in scorecard.segments.values():
        if count := sum(scores.unknown_segments.get(segment.id, 0) for scores in results):
            yield Issue(code="SC618", place=segment.place, level=Level.WARNING, values={"segment": segment.id, "count": count})
    for rule in scorecard.rules.values():
        fired = [np.asarray(scores.cells[f"rule.{rule.id}.#fired"]) for scores in results]
        if count := sum(int((one == Fired.UNKNOWN).sum()) for one in fired):
            yield Issue(code="SC619", place=rule.place, level=Level.WARNING, values={"rule": rule.id, "count": count})
    for name, kind, id in undecided(scorecard):
        if count := sum(int(np.asarray(scores.cells[name]).sum()) for scores in results):
            place = scorecard.exemptions[id].place if kind == "exemption" else scorecard.node(id).place
            yield Issue(code=UNDECIDED[kind], place=place, level=Level.WARNING, values={kind: id, "count": count})
