"""The scores as a Markdown table, for a report or a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import judge
from scorecard.language.catalogue import sentence
from scorecard.language.words import say
from scorecard.model.period import Period
from scorecard.report import figures
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
    last = [f"- {escaped(sentence(note.code, note.values, language))} ({note.code})" for note in evaluation.notes]
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
        yield [_line(_cells(evaluation, row, language)) for row in shown(evaluation, scores, rows[start : start + BLOCK])]
    summary = [_counted(evaluation, one, language) for one in counts(evaluation, scores, language)]
    yield ["", *summary]


def _counted(evaluation: Evaluation, one: Count, language: str) -> str:
    name = band_of(evaluation.scorecard, one.band, language) or say("footer.no_score", language)
    why = f" ({one.why})" if one.why else ""
    return f"- {escaped(name)}: {one.count:,}{why}"


def _cells(evaluation: Evaluation, row: Row, language: str) -> Sequence[str]:
    scorecard = evaluation.scorecard
    score = figures.score(row.score, row.band, scorecard.total, scorecard)
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    ends = figures.bounds(row.low, row.high, max(decimals - 1, 0)) if row.score is not None else None
    cells = [*row.key, *(figures.value(value, language=language) for value in row.attributes)]
    cells.append(f"{score} ({'' if row.guaranteed else '~'}{ends[0]}–{ends[1]})" if ends else score or "–")
    if scorecard.bands:
        cells.append(band_of(scorecard, row.band, language))
    cells.append(figures.share(row.coverage))
    if scorecard.total.rank is not None:
        cells.append("" if row.rank is None else figures.plain(row.rank))
    if row.score is None:
        cells.append(say(f"reason.{row.reason.name.lower()}", language))
    else:
        costs = (f"{figures.points(-cost.points, decimals)} {cost_of(scorecard, cost, language)}" for cost in row.costs)
        cells.append(say("list.comma", language).join(costs))
    return [escaped(cell) for cell in cells]


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"
