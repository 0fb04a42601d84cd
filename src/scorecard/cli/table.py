"""The table that `run` shows: one line for each entity, worst first, then what is to be said about all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from scorecard.cli.screen import band_style, band_text, bar, console, is_terminal
from scorecard.describe import headline
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import Judged
from scorecard.language.words import say
from scorecard.model.period import Period
from scorecard.report import figures
from scorecard.report.data_lines import data_lines
from scorecard.report.heading import counts, gate_lines, heading
from scorecard.report.labels import attribute_of, band_of, cost_of, fact_of
from scorecard.report.points import change_of
from scorecard.report.rows import Row, Sort, order, sections, shown
from scorecard.scoring.score import PeriodScores

ROWS = 25
"""rows of a table on a terminal, unless more are asked for"""
_BAR = 10
_COUNT_BAR = 24
_GAP = 2
_LEAST_COST, _LEAST_KEY = 32, 20
_LONG, _SHORT = 32, 20
"""parts of a cell that are longer may be cut, down to the second; below it only the first part is shown"""
_ATTRIBUTE = 10
"""attributes are the first to go"""


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
    found = shown(evaluation, scores, cut)
    if found:
        _put(screen, _table(screen, evaluation, found, wish.language))
        if any(not row.guaranteed and _between(evaluation, row, wish.language) for row in found):
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


def _table(screen: Console, evaluation: Evaluation, rows: Sequence[Row], language: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_edge=False, header_style="bright_black")
    columns = _columns(evaluation, rows, language)
    fitting = _fitting(screen, columns)
    for column, width in fitting:
        table.add_column(column.head, justify=column.justify, no_wrap=True, overflow="ellipsis", width=width)
    for place in range(len(rows)):
        table.add_row(*(column.cell(place, width) for column, width in fitting))
    return table


@dataclass(slots=True, kw_only=True)
class _Column:
    head: str
    cells: list[list[Text]]
    """for each row its parts; the later ones are left out where there is no room for them"""
    justify: Literal["left", "right"] = "left"
    dispensable: int = 0
    """those with the highest number go first where the terminal is narrow; 0 stays"""
    shrinks_to: int | None = None

    @property
    def width(self) -> int:
        """What everything in it takes."""
        return max(cell_len(self.head), *(_joined(parts).cell_len for parts in self.cells))

    @property
    def ample(self) -> int:
        """What all parts take, each cut where it is long."""
        return max(cell_len(self.head), *(_joined(_cut(parts, _LONG)).cell_len for parts in self.cells))

    @property
    def least(self) -> int:
        return self.width if self.shrinks_to is None else min(self.width, self.shrinks_to)

    def cell(self, row: int, width: int) -> Text:
        parts = self.cells[row]
        if _joined(parts).cell_len <= width or not parts:
            return _joined(parts)
        each = (width - _GAP * (len(parts) - 1)) // len(parts)
        return _joined(_cut(parts, each)) if each >= _SHORT else parts[0]


def _cut(parts: Sequence[Text], longest: int) -> list[Text]:
    cut = [part.copy() for part in parts]
    for part in cut:
        part.truncate(longest, overflow="ellipsis")
    return cut


def _joined(parts: Sequence[Text]) -> Text:
    return Text("  ").join(parts)


def _columns(evaluation: Evaluation, rows: Sequence[Row], language: str) -> list[_Column]:
    scorecard = evaluation.scorecard
    faint = "bright_black"

    def column(head: str, cell: Callable[[Row], Text], justify: Literal["left", "right"] = "left", **keys: int) -> None:
        columns.append(_Column(head=head, cells=[[cell(row)] for row in rows], justify=justify, **keys))

    columns: list[_Column] = []
    for place, part in enumerate(scorecard.entity.key):
        column(part, lambda row, place=place: Text(figures.clean(row.key[place])), shrinks_to=_LEAST_KEY)  # type: ignore[misc]
    for place, name in enumerate(scorecard.entity.attributes):
        column(
            attribute_of(scorecard, name, language),
            lambda row, place=place, name=name: Text(  # type: ignore[misc]
                fact_of(scorecard, name, row.attributes[place], language), style=faint
            ),
            dispensable=_ATTRIBUTE + place,
        )
    if is_terminal() and not scorecard.scale.open:
        column("", lambda row: _score_bar(evaluation, row), dispensable=4)
    column(say("column.score", language), lambda row: _score(evaluation, row, language), "right")
    if any(_between(evaluation, row, language) for row in rows):
        column("", lambda row: Text(_between(evaluation, row, language), style=faint), dispensable=2)
    if scorecard.bands:
        column(say("column.band", language), lambda row: _band(evaluation, row, language))
    if any(row.coverage is not None and row.coverage < 1 for row in rows):
        column(say("column.coverage", language), lambda row: Text(figures.share(row.coverage, language)), "right", dispensable=3)
    if scorecard.total.rank is not None:
        column(
            say("column.rank", language),
            lambda row: Text("" if row.rank is None else figures.plain(row.rank, language=language)),
            "right",
            dispensable=1,
        )
    costs = [_costs(evaluation, row, language) for row in rows]
    first = max((parts[0].cell_len for parts in costs if parts), default=0)
    head = say("column.cost", language)
    columns.append(_Column(head=head, cells=costs, shrinks_to=max(min(first, _LEAST_COST), cell_len(head))))
    return columns


def _fitting(screen: Console, columns: list[_Column]) -> list[tuple[_Column, int]]:
    """The columns that the terminal has room for, with their widths; those that can shrink share what is lacking."""
    left = list(columns)
    for room in (_ample, _least):
        while room(left) > screen.width:
            goes = max(left, key=lambda column: column.dispensable)
            if goes.dispensable < (_ATTRIBUTE if room is _ample else 1):
                break
            left.remove(goes)
    lacking = sum(column.width for column in left) + _GAP * len(left) - screen.width
    widths = []
    for column in reversed(left):
        less = min(max(lacking, 0), column.width - column.least)
        lacking -= less
        widths.append(column.width - less)
    return list(zip(left, reversed(widths), strict=True))


def _ample(columns: Sequence[_Column]) -> int:
    """The width at which all that costs points is shown."""
    return sum(column.ample for column in columns) + _GAP * len(columns)


def _least(columns: Sequence[_Column]) -> int:
    return sum(column.least for column in columns) + _GAP * len(columns)


def _score_bar(evaluation: Evaluation, row: Row) -> Text:
    scale = evaluation.scorecard.scale
    if row.score is None or scale.low is None or scale.high is None:
        return Text("")
    return bar((row.score - scale.low) / (scale.high - scale.low), _BAR, band_style(evaluation.scorecard, row.band))


def _score(evaluation: Evaluation, row: Row, language: str) -> Text:
    scorecard = evaluation.scorecard
    if row.score is None:
        return Text("–", style="bright_black")
    return Text(figures.score(row.score, row.band, scorecard.total, scorecard, language), style="bold")


def _between(evaluation: Evaluation, row: Row, language: str) -> str:
    """`(58–71)` where gaps leave the score open."""
    scorecard = evaluation.scorecard
    decimals = max(figures.decimals_of(scorecard.total, scorecard.scale) - 1, 0)
    ends = figures.bounds(row.low, row.high, decimals, language) if row.score is not None else None
    return f"({'' if row.guaranteed else '~'}{ends[0]}–{ends[1]})" if ends else ""


def _band(evaluation: Evaluation, row: Row, language: str) -> Text:
    if row.score is None:
        return Text("–", style="bright_black")
    return band_text(evaluation.scorecard, row.band, language)


def _costs(evaluation: Evaluation, row: Row, language: str) -> list[Text]:
    """What costs the most points, the number first; of a row without a score the reason."""
    scorecard = evaluation.scorecard
    if row.score is None:
        return [Text(say(f"reason.{row.reason.name.lower()}", language), style="bright_black")]
    decimals = figures.decimals_of(scorecard.total, scorecard.scale)
    parts = []
    for cost in row.costs:
        points = figures.gained(change_of(cost.points, scorecard.scale), decimals, language)
        parts.append(Text.assemble((points, "bold"), " ", cost_of(scorecard, cost, language)))
    return parts


def _counts(screen: Console, evaluation: Evaluation, scores: PeriodScores, language: str) -> None:
    found = counts(evaluation, scores, language)
    if not found:
        return
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=False)
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
