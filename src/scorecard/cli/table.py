"""The table that `run` shows: one line for each entity, worst first, then what is to be said about all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from scorecard.cli.columns import ATTRIBUTE, GAP, Column, Justify, Room, as_line, fitting
from scorecard.cli.screen import band_style, band_text, bar, console, is_terminal
from scorecard.describe import headline
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import Judged
from scorecard.language.words import say
from scorecard.model.period import Period
from scorecard.report import figure_columns, figures
from scorecard.report.data_lines import data_lines
from scorecard.report.heading import counts, gate_lines, heading
from scorecard.report.labels import attribute_of, band_of, cost_of, fact_of
from scorecard.report.points import change_of
from scorecard.report.rows import Row, Rows, Sort, order, sections, shown
from scorecard.scoring.score import PeriodScores

ROWS = 25
"""rows of a table on a terminal, unless more are asked for"""
_BLOCK = 5_000
"""rows that are held as texts at a time, where a pipe takes them"""
_BAR = 10
_COUNT_BAR = 24
_LEAST_COST, _LEAST_KEY = 32, 20
_OPEN = "~"
"""before bounds that are not guaranteed"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the table is to show; `most` None shows all rows."""

    most: int | None
    sort: Sort
    only: tuple[str, ...] | None
    language: str


def show(evaluation: Evaluation, judged: tuple[Judged, ...], wish: Wish) -> None:
    """Prints the table of every period, the latest first, then the notes and the gates."""
    screen = console()
    for period, scores in sections(evaluation):
        _section(screen, evaluation, period, scores, wish)
    _data(screen, evaluation, wish.language)
    for note in evaluation.notes:
        _put(screen, Text(f"! {headline(note, wish.language)}", style="yellow"))
    for passed, line in gate_lines(judged, wish.language):
        mark, style = ("✓", "green") if passed else ("✗", "red")
        _put(screen, Text(f"{mark if is_terminal() else '-'} {line}", style=style))
    if evaluation.notes or judged:
        _put(screen, Text(""))


def _section(screen: Console, evaluation: Evaluation, period: Period, scores: PeriodScores, wish: Wish) -> None:
    title, facts = heading(evaluation, period, scores, wish.language)
    _put(screen, Text(""))
    _put(screen, Text(title, style="bold"))
    if facts:
        _put(screen, Text(facts, style="bright_black"))
    _put(screen, Text(""))
    rows = order(evaluation, scores, wish.sort, wish.only)
    cut = rows if wish.most is None else rows[: wish.most]
    if len(cut):
        if not _rows(screen, evaluation, scores, cut, wish.language):
            _put(screen, Text(say("table.not_guaranteed", wish.language), style="bright_black"))
    elif wish.only is not None:
        bands = say("list.comma", wish.language).join(band_of(evaluation.scorecard, band, wish.language) for band in wish.only)
        _put(screen, Text(say("table.nobody_in_band", wish.language, band=bands)))
    if len(cut) < len(rows):
        _put(
            screen, Text(say("table.hidden", wish.language, count=figures.count(len(rows) - len(cut), wish.language)), style="bright_black")
        )
    _put(screen, Text(""))
    _counts(screen, evaluation, scores, wish.language)


def _data(screen: Console, evaluation: Evaluation, language: str) -> None:
    lines = list(data_lines(evaluation, language))
    width = max((cell_len(source) for source, _ in lines), default=0)
    for source, line in lines:
        _put(screen, Text(f"{source}{' ' * (width - cell_len(source))}  {line}", style="bright_black"))
    if lines:
        _put(screen, Text(""))


def _rows(screen: Console, evaluation: Evaluation, scores: PeriodScores, rows: Rows, language: str) -> bool:
    """Prints these rows, to a pipe block by block once all are measured; whether all the bounds that they show are guaranteed."""
    most = len(rows) if is_terminal() else _BLOCK
    blocks = [rows[start : start + most] for start in range(0, len(rows), most)]
    columns: list[Column] = []
    rooms: list[Room] = []
    guaranteed = True
    for block in blocks:
        found = shown(evaluation, scores, block)
        columns = _columns(evaluation, found, language)
        own = [column.room for column in columns]
        rooms = [room.also(other) for room, other in zip(rooms, own, strict=True)] if rooms else own
        guaranteed = guaranteed and not any(_OPEN in text for text in _between(evaluation, found, language))
    widths = fitting(screen.width, rooms)
    if is_terminal():
        screen.print(_table(columns, widths))
        return guaranteed
    screen.file.write(as_line((Text(columns[place].head), width, columns[place].justify) for place, width in widths))
    for block in blocks:
        if len(blocks) > 1:
            columns = _columns(evaluation, shown(evaluation, scores, block), language)
        for row in range(len(block)):
            screen.file.write(as_line((columns[place].cell(row, width), width, columns[place].justify) for place, width in widths))
    return guaranteed


def _table(columns: Sequence[Column], widths: Sequence[tuple[int, int]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_edge=False, header_style="bright_black")
    for place, width in widths:
        table.add_column(columns[place].head, justify=columns[place].justify, no_wrap=True, overflow="ellipsis", width=width)
    for row in range(len(columns[0].cells)):
        table.add_row(*(columns[place].cell(row, width) for place, width in widths))
    return table


def _columns(evaluation: Evaluation, rows: Sequence[Row], language: str) -> list[Column]:
    scorecard = evaluation.scorecard
    faint = "bright_black"

    def column(head: str, cell: Callable[[Row], Text], justify: Justify = "left", **keys: Any) -> None:
        columns.append(Column(head=head, cells=[[cell(row)] for row in rows], justify=justify, **keys))

    columns: list[Column] = []
    for place, part in enumerate(scorecard.entity.key):
        column(part, lambda row, place=place: Text(figures.clean(row.key[place])), shrinks_to=_LEAST_KEY)  # type: ignore[misc]
    for place, name in enumerate(scorecard.entity.attributes):
        column(
            attribute_of(scorecard, name, language),
            lambda row, place=place, name=name: Text(  # type: ignore[misc]
                fact_of(scorecard, name, row.attributes[place], language), style=faint
            ),
            dispensable=ATTRIBUTE + place,
        )
    if is_terminal() and not scorecard.scale.open:
        column("", lambda row: _score_bar(evaluation, row), dispensable=4)
    texts = [[text] for text in _scores(evaluation, rows, language)]
    columns.append(Column(head=say("column.score", language), cells=texts, justify="right"))
    between = _between(evaluation, rows, language)
    cells = [[Text(text, style=faint)] for text in between]
    columns.append(Column(head="", cells=cells, dispensable=2, needed=any(between)))
    if scorecard.bands:
        column(say("column.band", language), lambda row: _band(evaluation, row, language))
    column(
        say("column.coverage", language),
        lambda row: Text(figures.share(row.coverage, language)),
        "right",
        dispensable=3,
        needed=any(row.coverage is not None and row.coverage < 1 for row in rows),
    )
    if scorecard.total.rank is not None:
        column(
            say("column.rank", language),
            lambda row: Text("" if row.rank is None else figures.plain(row.rank, language=language)),
            "right",
            dispensable=1,
        )
    costs = _costs(evaluation, rows, language)
    first = max((parts[0].cell_len for parts in costs if parts), default=0)
    head = say("column.cost", language)
    columns.append(Column(head=head, cells=costs, shrinks_to=max(min(first, _LEAST_COST), cell_len(head))))
    return columns


def _score_bar(evaluation: Evaluation, row: Row) -> Text:
    scale = evaluation.scorecard.scale
    if row.score is None or scale.low is None or scale.high is None:
        return Text("")
    return bar((row.score - scale.low) / (scale.high - scale.low), _BAR, band_style(evaluation.scorecard, row.band))


def _scores(evaluation: Evaluation, rows: Sequence[Row], language: str) -> list[Text]:
    scorecard = evaluation.scorecard
    texts = figure_columns.scores([row.score for row in rows], [row.band for row in rows], scorecard.total, scorecard, language)
    return [Text(text, style="bold") if text else Text("–", style="bright_black") for text in texts]


def _between(evaluation: Evaluation, rows: Sequence[Row], language: str) -> list[str]:
    """`(58–71)` where gaps leave the score open."""
    scorecard = evaluation.scorecard
    decimals = max(figures.decimals_of(scorecard.total, scorecard.scale) - 1, 0)
    low, high = ([None if row.score is None else getattr(row, end) for row in rows] for end in ("low", "high"))
    both = zip(rows, figure_columns.bounds(low, high, decimals, language), strict=True)
    return [f"({'' if row.guaranteed else _OPEN}{ends[0]}–{ends[1]})" if ends else "" for row, ends in both]


def _band(evaluation: Evaluation, row: Row, language: str) -> Text:
    if row.score is None:
        return Text("–", style="bright_black")
    return band_text(evaluation.scorecard, row.band, language)


def _costs(evaluation: Evaluation, rows: Sequence[Row], language: str) -> list[list[Text]]:
    """What costs the most points, the number first; of a row without a score the reason."""
    scorecard = evaluation.scorecard
    changes = [change_of(cost.points, scorecard.scale) for row in rows for cost in row.costs]
    points = iter(figure_columns.gained(changes, figures.decimals_of(scorecard.total, scorecard.scale), language))
    parts = [[Text.assemble((next(points), "bold"), " ", cost_of(scorecard, cost, language)) for cost in row.costs] for row in rows]
    reasons = {row.reason for row in rows}
    lacking = {reason: Text(say(f"reason.{reason.name.lower()}", language), style="bright_black") for reason in reasons}
    return [own if row.score is not None else [lacking[row.reason]] for row, own in zip(rows, parts, strict=True)]


def _counts(screen: Console, evaluation: Evaluation, scores: PeriodScores, language: str) -> None:
    found = counts(evaluation, scores, language)
    if not found:
        return
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for one in found:
        if one.band is None:
            name = Text(say("footer.no_score", language), style="bright_black")
            table.add_row(
                Text("○ ") + name if is_terminal() else name, figures.count(one.count, language), Text(one.why, style="bright_black")
            )
            continue
        style = band_style(evaluation.scorecard, one.band)
        drawn = _portion(one.count / max(len(scores), 1), style) if is_terminal() else Text("")
        table.add_row(band_text(evaluation.scorecard, one.band, language), figures.count(one.count, language), drawn)
    _put(screen, table)
    _put(screen, Text(""))


def _portion(part: float, style: Style) -> Text:
    drawn = bar(part, _COUNT_BAR, style)
    return Text(drawn.plain.rstrip("·"), style=style)


def _put(screen: Console, what: Table | Text) -> None:
    """Prints to a terminal as it is; to a pipe without the blanks that fill a line."""
    if is_terminal():
        screen.print(what)
        return
    buffer = StringIO()
    Console(file=buffer, width=screen.width, color_system=None, highlight=False, markup=False, emoji=False).print(what)
    for line in buffer.getvalue().splitlines() or [""]:
        screen.file.write(line.rstrip() + "\n")
