"""Recommendations on the screen: for each entity what to do, why, who, by when, and what it would bring."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from scorecard.cli.screen import band_style, console
from scorecard.evaluation.evaluation import Evaluation
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report import figures, locale
from scorecard.report.advice import Step, Told
from scorecard.report.labels import band_of, period_of, title_of

_FAINT = "bright_black"


def show(evaluation: Evaluation, given: Sequence[tuple[Told, ...]], most: int, language: str) -> None:
    """The first `most` entities, 0 for all of them."""
    screen = console()
    period, _ = list(evaluation.periods)[-1]
    screen.print()
    screen.print(Text(f"{title_of(evaluation.scorecard, language)} · {period_of(period, language)}", style="bold"))
    if not given:
        screen.print(Text(say("advise.nothing" if _has_any(evaluation.scorecard) else "advise.none_written", language)))
        screen.print()
        return
    count = sum(line.state is None for lines in given for line in lines)
    taken = sum(map(len, given)) - count
    entities = say("heading.entities.one" if len(given) == 1 else "heading.entities", language, count=figures.count(len(given), language))
    screen.print(
        Text(
            say("advise.count.one" if count == 1 else "advise.count", language, count=figures.count(count, language), entities=entities),
            style=_FAINT,
        )
    )
    if taken:
        screen.print(
            Text(say("advise.taken.one" if taken == 1 else "advise.taken", language, count=figures.count(taken, language)), style=_FAINT)
        )
    for lines in given[: most or None]:
        screen.print()
        _entity(evaluation, lines, language)
    if most and len(given) > most:
        screen.print()
        screen.print(Text(say("advise.more", language, count=figures.count(len(given) - most, language)), style=_FAINT))
    screen.print()


def _has_any(scorecard: Scorecard) -> bool:
    """Whether there is anything that could be recommended."""
    return bool(scorecard.recommendations) or any(metric.actions for metric in scorecard.metrics.values())


def _entity(evaluation: Evaluation, lines: tuple[Told, ...], language: str) -> None:
    scorecard, first = evaluation.scorecard, lines[0]
    who = " ".join(first.key) or say("column.portfolio", language)
    score = "–" if first.score is None else figures.score(first.score, first.band, scorecard.total, scorecard, language)
    style = band_style(scorecard, first.band)
    console().print(Text.assemble((who, "bold"), "  ", (score, style), "  ", (band_of(scorecard, first.band, language), style)))
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    for place, line in enumerate(lines, start=1):
        new = line.state is None
        console().print(Text(f"  {place}. {line.action}" if new else f"  - {line.action}", style="" if new else _FAINT))
        followed = (
            []
            if new or line.taken is None
            else [say(f"standing.{line.state}", language), say("follow.taken", language, day=locale.day(line.taken, language))]
        )
        facts = [line.about if line.value is None else f"{line.about} {line.value}"]
        if line.target is not None:
            facts = [say("advise.gap", language, metric=line.about, value=line.value, target=line.target)]
        if new and line.gain is not None:
            facts.append(say("advise.brings", language, points=figures.gained(line.gain, decimals, language)))
        if line.owner:
            facts.append(line.owner)
        if line.due:
            facts.append(say("advise.by", language, day=locale.day(line.due, language)))
        if line.effort is not None:
            facts.append(say("advise.effort", language, effort=figures.plain(line.effort, language=language)))
        console().print(Text(f"     {say('list.pause', language).join([*followed, *facts])}  ({line.recommendation})", style=_FAINT))
        for step in line.tasks:
            console().print(Text.assemble(f"     - {step.what}", (_who_and_when(step, language), _FAINT)))


def _who_and_when(step: Step, language: str) -> str:
    facts = [*([step.owner] if step.owner else []), *([say("advise.by", language, day=locale.day(step.due, language))] if step.due else [])]
    return f"  {say('list.pause', language).join(facts)}"
