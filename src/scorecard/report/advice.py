"""What is recommended, for whom, why, by when and what it would bring: as records, ready to be printed or written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorecard.advice.playbook import Advice, advice
from scorecard.evaluation.details import details
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.explain import found
from scorecard.model.definition import Metric
from scorecard.model.period import ALL_TIME, Period
from scorecard.report.csv import harmless
from scorecard.report.digits import one
from scorecard.report.facts import Facts
from scorecard.report.labels import node_of
from scorecard.report.texts import NOTHING
from scorecard.scoring.score import PeriodScores


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One recommendation for one entity in words. `gain` is in points of the total, None where it cannot be told."""

    key: tuple[str, ...]
    period: str | None
    score: float | None
    band: str | None
    recommendation: str
    about: str
    value: str | None
    target: str | None
    action: str
    gain: float | None
    owner: str | None
    due: str | None
    effort: float | None


def told(evaluation: Evaluation, period: Period, scores: PeriodScores, rows: NDArray[np.intp], language: str) -> Iterator[tuple[Told, ...]]:
    """For each row that has some, what is recommended, in the order of `advice`; of two that say the same the first."""
    given = advice(evaluation, period, scores, rows)
    for detail in details(evaluation.plan, scores, np.unique(given.row)):
        facts = Facts(evaluation, scores, detail, language)
        starts, ends = (np.searchsorted(given.row, detail.rows, side=side) for side in ("left", "right"))
        for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            different: dict[tuple[str, str], Told] = {}
            for line in range(start, end):
                said = _told(evaluation, period, facts, given, line, at, language)
                different.setdefault((said.about, said.action), said)
            yield tuple(different.values())


def _told(evaluation: Evaluation, period: Period, facts: Facts, given: Advice, line: int, at: int, language: str) -> Told:
    """A line of the advice in words, for the row at a place among the facts."""
    scorecard, which = evaluation.scorecard, int(given.which[line])
    said, due = given.recommendations[which], given.due[which]
    metric = isinstance(scorecard.node(said.of), Metric)
    total, gain = float(facts.total[at]), float(given.gain[line])
    return Told(
        key=tuple(facts.fact(part)[at] for part in scorecard.entity.key),
        period=None if period is ALL_TIME else period.label,
        score=None if np.isnan(total) else total,
        band=facts.bands[at],
        recommendation=said.id,
        about=node_of(scorecard, said.of, language),
        value=_there(facts.fact(f"{said.of}.value" if metric else f"{said.of}.score")[at]),
        target=_there(facts.fact(f"{said.of}.target")[at]) if metric else None,
        action=facts.told(said.action, at),
        gain=None if np.isnan(gain) else gain,
        owner=facts.told(said.owner, at) or None,
        due=due.isoformat() if due else None,
        effort=said.effort,
    )


def _there(text: str) -> str | None:
    return None if text == NOTHING else text


def given(evaluation: Evaluation, key: Mapping[str, str], language: str) -> Iterator[tuple[Told, ...]]:
    """The recommendations of the last period, for each entity that has some, or for one; the most promising entity first.

    Raises UsageError where the key names no entity, or several.
    """
    period, scores = list(evaluation.periods)[-1]
    rows = np.arange(len(scores)) if not key else np.array([found(evaluation, key)[1]])
    own = told(evaluation, period, scores, rows.astype(np.intp), language)
    yield from sorted(own, key=lambda lines: -sum(abs(line.gain or 0.0) for line in lines))


def as_records(evaluation: Evaluation, lines: list[Told]) -> Iterator[dict[str, Any]]:
    """A mapping per recommendation, with the key parts by name."""
    for line in lines:
        record = asdict(line)
        key = dict(zip(evaluation.scorecard.entity.key, record.pop("key"), strict=True))
        yield {"key": key, **record, "score": one(line.score), "gain": one(line.gain)}


def as_json(evaluation: Evaluation, lines: list[Told]) -> str:
    return json.dumps(list(as_records(evaluation, lines)), ensure_ascii=False, indent=2, allow_nan=False)


def as_csv(evaluation: Evaluation, lines: list[Told]) -> str:
    """A line per recommendation, the key parts first. A text that a spreadsheet would take for a formula gets a quote in front."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    fields = [name for name in Told.__dataclass_fields__ if name != "key"]
    writer.writerow([*evaluation.scorecard.entity.key, *fields])
    for record in as_records(evaluation, lines):
        writer.writerow([_cell(cell) for cell in (*record["key"].values(), *(record[name] for name in fields))])
    return stream.getvalue()


def _cell(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else cell
