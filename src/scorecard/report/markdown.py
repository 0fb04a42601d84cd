"""The scores as a Markdown table, for a report or a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import judge
from scorecard.language.catalogue import sentence
from scorecard.language.words import say
from scorecard.model.definition import Scorecard
from scorecard.model.period import Period
from scorecard.report import figure_columns, figures
from scorecard.report.data_lines import data_lines
from scorecard.report.heading import Count, counts, gate_lines, heading
from scorecard.report.labels import band_of, cost_of
from scorecard.report.rows import Row, order, sections, shown
from scorecard.scoring.score import PeriodScores

BLOCK = 1_024
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&|~#!$])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def write(evaluation: Evaluation, options: Mapping[str, Any]) -> Iterator[bytes]:
    """A section per period, the latest first, the worst score first; then notes and gates."""
    language = str(options.get("language", "en"))
    for place, (period, scores) in enumerate(sections(evaluation)):
        if place:
            yield b"\n"
        for lines in _section(evaluation, period, scores, language):
            yield ("\n".join(lines) + "\n").encode()
    last = [f"- {escaped(f'{source}: {line}' if source else line)}" for source, line in data_lines(evaluation, language)]
    last += [f"- {escaped(sentence(note.code, note.values, language))} ({note.code})" for note in evaluation.notes]
    last += [f"- {'✓' if passed else '✗'} {escaped(line)}" for passed, line in gate_lines(judge(evaluation), language)]
    if last:
        yield ("\n" + "\n".join(last) + "\n").encode()


def escaped(text: str) -> str:
    """A text that Markdown prints as it is: no emphasis, no link, no cell border, no HTML."""
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[1], f"\\{found[1]}"), figures.clean(text))


def _section(evaluation: Evaluation, period: Period, scores: PeriodScores, language: str) -> Iterator[list[str]]:
    scorecard = evaluation.scorecard
    title, facts = heading(evaluation, period, scores, language)
    entity = scorecard.entity
    head = [*entity.key, *entity.attributes, say("column.score", language)]
    if scorecard.bands:
        head.append(say("column.band", language))
    head += [say("column.coverage", language), say("column.cost", language)]
    if scorecard.total.rank is not None:
        head.insert(-1, say("column.rank", language))
    about = [escaped(facts), ""] if facts else []
    yield [f"## {escaped(title)}", "", *about, _line(escaped(name) for name in head), _line("---" for _ in head)]
    rows = order(evaluation, scores)
    for start in range(0, len(rows), BLOCK):
        yield [_line(cells) for cells in _cells(evaluation, shown(evaluation, scores, rows[start : start + BLOCK]), language)]
    summary = [_counted(evaluation, one, language) for one in counts(evaluation, scores, language)]
    yield ["", *summary]


def _counted(evaluation: Evaluation, one: Count, language: str) -> str:
    name = band_of(evaluation.scorecard, one.band, language) or say("footer.no_score", language)
    why = f" ({one.why})" if one.why else ""
    return f"- {escaped(name)}: {one.count:,}{why}"


def _cells(evaluation: Evaluation, rows: Sequence[Row], language: str) -> Iterator[tuple[str, ...]]:
    """The rows as texts, made column by column."""
    scorecard = evaluation.scorecard
    columns: list[Iterable[str]] = list(zip(*(row.key for row in rows), strict=True))
    for facts in zip(*(row.attributes for row in rows), strict=True):
        columns.append([figures.value(fact, language=language) for fact in facts])
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
    points = iter(figure_columns.points([-cost.points for row in rows for cost in row.costs], decimals, language))
    comma = say("list.comma", language)
    for row in rows:
        costs = comma.join(f"{next(points)} {cost_of(scorecard, cost, language)}" for cost in row.costs)
        yield costs if row.score is not None else say(f"reason.{row.reason.name.lower()}", language)


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"
