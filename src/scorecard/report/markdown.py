"""The scores in Markdown, for a ticket, a chat or a merge request: what they come to, then the worst, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import judge
from scorecard.language.catalogue import sentence
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.report import figure_columns, figures
from scorecard.report.advised import to_many
from scorecard.report.data_lines import data_lines
from scorecard.report.heading import Count, counts, gate_lines, heading
from scorecard.report.headline import Headline
from scorecard.report.labels import attribute_of, band_of, cost_of, fact_of
from scorecard.report.points import change_of
from scorecard.report.portfolio import Portfolio, portfolio
from scorecard.report.rows import Row, order, sections, shown
from scorecard.scoring.score import PeriodScores

MOST = 30
"""entities that are listed of a period, the worst; a comment has only so much room"""
_ADVISED = 5
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&|~#!$])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """A section per period, the latest first; then what is recommended in the latest, what became of the records, and notes."""
    language = str(options.get("language", "en"))
    told = [portfolio(evaluation, period, scores) for period, scores in sections(evaluation)]
    gates = [f"- {'✓' if passed else '✗'} {escaped(line)}" for passed, line in gate_lines(judge(evaluation), language)]
    for place, one in enumerate(told):
        lines = _section(one, language, gates if place == 0 else [])
        yield ("\n" * (place > 0) + "\n".join(lines) + "\n").encode()
    last = [f"- {escaped(f'{source}: {line}' if source else line)}" for source, line in data_lines(evaluation, language)]
    last += [f"- {escaped(sentence(note.code, note.values, language))} ({note.code})" for note in evaluation.notes]
    for head, lines in (("office.recommended", list(_recommended(told[0], language)) if told else []), ("markdown.data", last)):
        if lines:
            yield ("\n" + "\n".join([f"**{say(head, language)}**", "", *lines]) + "\n").encode()


def escaped(text: str) -> str:
    """A text that Markdown prints as it is: no emphasis, no link, no cell border, no HTML."""
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[1], f"\\{found[1]}"), figures.clean(text))


def _section(portfolio: Portfolio, language: str, gates: Sequence[str]) -> list[str]:
    evaluation, scores = portfolio.evaluation, portfolio.scores
    title, facts = heading(evaluation, portfolio.period, scores, language)
    sentences = [f"- {escaped(line)}" for line in Headline(portfolio, language).sentences()]
    lacking = [_lacking(one, language) for one in counts(evaluation, scores, language) if one.band is None]
    about = [escaped(facts), ""] if facts else []
    return [f"## {escaped(title)}", "", *about, *gates, *sentences, *lacking, "", *_table(evaluation, scores, language)]


def _lacking(one: Count, language: str) -> str:
    """Why some have no score."""
    return f"- {escaped(say('list.colon', language, head=say('footer.no_score', language), rest=one.why))}"


def _recommended(portfolio: Portfolio, language: str) -> Iterator[str]:
    """What is recommended to the most promising, a line each."""
    decimals = figures.decimals_of(portfolio.evaluation.scorecard.total, portfolio.evaluation.scorecard.scale)
    for one in portfolio.advised[:_ADVISED]:
        said = to_many(portfolio, one, decimals, language)
        to_whom = say("markdown.to_whom", language, about=said.about, count=said.count)
        facts = say("list.comma", language).join(fact for fact in (to_whom, said.owner, said.due) if fact)
        yield f"- {escaped(say('list.colon', language, head=said.what, rest=facts))}"


def _table(evaluation: Evaluation, scores: PeriodScores, language: str) -> list[str]:
    """The worst entities, and how many more there are."""
    scorecard = evaluation.scorecard
    attributes = (attribute_of(scorecard, name, language) for name in scorecard.entity.attributes)
    head = [*scorecard.entity.key, *attributes, say("column.score", language)]
    if scorecard.bands:
        head.append(say("column.band", language))
    head += [say("column.coverage", language), say("column.cost", language)]
    if scorecard.total.rank is not None:
        head.insert(-1, say("column.rank", language))
    rows = order(evaluation, scores)
    lines = [_line(escaped(name) for name in head), _line("---" for _ in head)]
    lines += [_line(cells) for cells in _cells(evaluation, shown(evaluation, scores, rows[:MOST]), language)]
    more = len(rows) - MOST
    return [*lines, "", escaped(say("markdown.more", language, count=figures.count(more, language)))] if more > 0 else lines


def _cells(evaluation: Evaluation, rows: Sequence[Row], language: str) -> Iterator[tuple[str, ...]]:
    """The rows as texts, made column by column."""
    scorecard = evaluation.scorecard
    columns: list[Iterable[str]] = list(zip(*(row.key for row in rows), strict=True))
    for place, name in enumerate(scorecard.entity.attributes):
        columns.append([fact_of(scorecard, name, row.attributes[place], language) for row in rows])
    columns.append(_scores(scorecard, rows, language))
    if scorecard.bands:
        columns.append([band_of(scorecard, row.band, language) for row in rows])
    columns.append([figures.share(row.coverage, language) for row in rows])
    if scorecard.total.rank is not None:
        columns.append(["" if row.rank is None else figures.plain(row.rank, language=language) for row in rows])
    columns.append(_costs(scorecard, rows, language))
    return zip(*([escaped(cell) for cell in column] for column in columns), strict=True)


def _scores(scorecard: Scorecard, rows: Sequence[Row], language: str) -> Iterator[str]:
    scores = figure_columns.scores([row.score for row in rows], [row.band for row in rows], scorecard.total, scorecard, language)
    decimals = max(figures.decimals_of(scorecard.total, scorecard.scale) - 1, 0)
    bounds = figure_columns.bounds([row.low for row in rows], [row.high for row in rows], decimals, language)
    for row, score, ends in zip(rows, scores, bounds, strict=True):
        yield f"{score} ({'' if row.guaranteed else '~'}{ends[0]}–{ends[1]})" if ends and score else score or "–"


def _costs(scorecard: Scorecard, rows: Sequence[Row], language: str) -> Iterator[str]:
    """What costs the most points; of a row without a score the reason."""
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    changes = [change_of(cost.points, scorecard.scale) for row in rows for cost in row.costs]
    points = iter(figure_columns.gained(changes, decimals, language))
    comma = say("list.comma", language)
    for row in rows:
        costs = comma.join(f"{next(points)} {cost_of(scorecard, cost, language)}" for cost in row.costs)
        yield costs if row.score is not None else say(f"reason.{row.reason.name.lower()}", language)


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"
