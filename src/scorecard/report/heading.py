"""The lines above and below a table: what was scored, how many are in each band, why some have no score, whether gates hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import Judged
from scorecard.evaluation.show import band_counts
from scorecard.language.words import say
from scorecard.model.period import Period
from scorecard.report import figures, locale
from scorecard.report.figures import clean
from scorecard.report.labels import best_first, period_of, title_of
from scorecard.report.rows import unscored
from scorecard.scoring.score import PeriodScores

NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows are in a band; `band` is None for those without a score, then `why` says the reasons."""

    band: str | None
    count: int
    why: str = ""


def heading(evaluation: Evaluation, period: Period, scores: PeriodScores, language: str) -> tuple[str, str]:
    """The title with the period, and one line about the data."""
    count = len(scores)
    facts = []
    if evaluation.scorecard.entity.key:
        facts.append(say("heading.entities.one" if count == 1 else "heading.entities", language, count=figures.count(count, language)))
    if evaluation.data_until is not None:
        last = evaluation.data_until.date()
        facts.append(say("heading.data_until", language, day=str(last.year) if evaluation.data_of_years else locale.day(last, language)))
    if evaluation.provenance.as_of is not None:
        facts.append(say("heading.as_of", language, day=locale.day(evaluation.provenance.as_of[:10], language)))
    return f"{title_of(evaluation.scorecard, language)} · {period_of(period, language)}", " · ".join(facts)


def counts(evaluation: Evaluation, scores: PeriodScores, language: str) -> list[Count]:
    """The bands from the best to the worst, then those without a score and why."""
    found: list[Count] = []
    if evaluation.scorecard.bands:
        by_band = band_counts(evaluation, scores)
        found = [Count(band, by_band[band]) for band in best_first(evaluation.scorecard)]
    reasons = unscored(scores)
    if reasons:
        words = (f"{say(f'reason.{reason.name.lower()}', language)} {count:,}" for reason, count in reasons.items())
        found.append(Count(None, sum(reasons.values()), say("list.comma", language).join(words)))
    return found


def gate_lines(judged: tuple[Judged, ...], language: str) -> Iterator[tuple[bool, str]]:
    """One sentence per gate and outcome, with the period where there are several; whether it is a pass stands before it."""
    several = len({one.period for one in judged}) > 1
    for one in judged:
        for passed, line in _outcomes(one, language):
            yield passed, say("gate.of_period", language, period=period_of(one.period, language), line=line) if several else line


def _outcomes(one: Judged, language: str) -> Iterator[tuple[bool, str]]:
    gate = clean(one.gate.title.into(language)) or one.gate.id
    if one.passed:
        yield (
            True,
            say("gate.passed.one" if one.holds == 1 else "gate.passed", language, gate=gate, count=figures.count(one.holds, language)),
        )
    for key, count, first in (("gate.failed", one.fails, one.failing), ("gate.unknown", one.unknown, one.unjudged)):
        if count:
            yield False, say(key, language, gate=gate, count=figures.count(count, language), names=_names(first, count, language))
    if not (one.holds or one.fails or one.unknown):
        yield False, say("gate.nobody", language, gate=gate)


def _names(first: tuple[str, ...], count: int, language: str) -> str:
    names = say("list.comma", language).join(clean(name) for name in first[:NAMES_SHOWN]) or say("gate.everybody", language)
    more = count - len(first[:NAMES_SHOWN])
    return say("list.more", language, names=names, count=figures.count(more, language)) if more > 0 and first else names
