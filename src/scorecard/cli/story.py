"""An explanation on the screen: a tree, then the two columns that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from scorecard.advice.hindered import Hindered
from scorecard.advice.levers import Lever
from scorecard.cli.screen import band_style, band_text, console, is_terminal
from scorecard.model.definition import Scorecard
from scorecard.report import figures
from scorecard.report.moves import hindrances, moves
from scorecard.report.reasons import Column, Teller, Told
from scorecard.report.since import SinceTeller

_INDENT = "   "
_FAINT = "bright_black"


def tell(teller: Teller, levers: Sequence[Lever] = (), hindered: Sequence[Hindered] = (), since: SinceTeller | None = None) -> None:
    """Prints who it is about, the tree, what the score is made of, what costs points, what changed, and what would bring some."""
    screen = console()
    tree = teller.tree()
    for line in _head(teller):
        _put(screen, line)
    if since is not None:
        _put(screen, Text(since.line(), style=_FAINT))
    _put(screen, Text(""))
    for line in _tree(teller.scorecard, tree, teller.language, "", ""):
        _put(screen, line)
    made, lost = teller.ledger(), teller.lost()
    if made is not None:
        _column(screen, teller.say("ledger.heading"), made)
        if lost is None:
            _put(screen, Text("\n" + teller.say("lost.unknown")))
        elif lost.entries:
            _column(screen, teller.say("lost.heading"), lost)
        else:
            _put(screen, Text("\n" + teller.say("lost.heading"), style="bold"))
            _put(screen, Text(teller.say("lost.none")))
    if since is not None and (changes := since.column()) is not None:
        _column(screen, teller.say("since.heading", period=since.since.period), changes)
    if levers:
        _moves(screen, teller, levers)
    if hindered:
        _put(screen, Text("\n" + teller.say("hindered.heading"), style="bold"))
        for why in hindrances(teller.scorecard, hindered, teller.language):
            _put(screen, Text(why))
    _put(screen, Text(""))


def _moves(screen: Console, teller: Teller, levers: Sequence[Lever]) -> None:
    """What each metric alone would bring, to its target and to its next band."""
    _put(screen, Text("\n" + teller.say("moves.heading"), style="bold"))
    told = list(moves(teller.scorecard, levers, teller.costs, teller.language))
    names, values = (max(cell_len(text) for text in texts) for texts in zip(*((move.name, move.value) for move in told), strict=True))
    for move in told:
        line = Text(f"{_padded(move.name, names)}  {_padded(move.value, values)}")
        for said, points in move.goals:
            line.append(f"  {said} ", style=_FAINT).append(points, style="green")
        _put(screen, line)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _head(teller: Teller) -> Iterator[Text]:
    from scorecard.report.labels import facts_of, period_of, segment_of, title_of

    explanation, scorecard = teller.explanation, teller.scorecard
    who = " ".join(figures.clean(part) for part in explanation.key.values()) or teller.say("column.portfolio")
    yield Text("")
    title = f"{title_of(scorecard, teller.language)} · {period_of(explanation.period, teller.language)}"
    yield Text.assemble((who, "bold"), "  ", (title, _FAINT))
    facts = [f"{name} {value}" for name, value in facts_of(scorecard, explanation.attributes, teller.language)]
    if explanation.segments:
        names = (segment_of(scorecard, id, teller.language) for id in explanation.segments)
        facts.append(teller.say("explain.segments", names=teller.say("list.comma").join(names)))
    if facts:
        yield Text(teller.say("list.pause").join(facts), style=_FAINT)
    ends = figures.bounds(explanation.low, explanation.high, teller.decimals, teller.language)
    about = []
    if (rank := teller.rank()) is not None:
        about.append(rank)
    if ends is not None:
        key = "explain.bounds" if explanation.guaranteed else "explain.bounds.not_guaranteed"
        about.append(teller.say(key, low=ends[0], high=ends[1]))
    if about:
        yield Text(teller.say("list.pause").join(about), style=_FAINT)


def _tree(scorecard: Scorecard, node: Told, language: str, first: str, rest: str) -> Iterator[Text]:
    """The lines of a node and of those under it; `first` stands before its first line, `rest` before all others."""
    head = Text.assemble((first, _FAINT), (node.name, "bold"), "  ", (node.score, band_style(scorecard, node.band)))
    if node.band is not None:
        head = Text.assemble(head, "  ", band_text(scorecard, node.band, language))
    if node.facts:
        head = Text.assemble(head, "  ", ("  ".join(node.facts), _FAINT))
    yield head
    below = ("│" if node.children else " ") + _INDENT if is_terminal() else _INDENT
    for line in node.lines:
        yield Text.assemble((rest + below, _FAINT), line)
    for child in node.children:
        last = child is node.children[-1]
        if is_terminal():
            yield from _tree(scorecard, child, language, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))
        else:
            yield from _tree(scorecard, child, language, rest + _INDENT, rest + _INDENT)


def _column(screen: Console, heading: str, column: Column) -> None:
    _put(screen, Text(""))
    _put(screen, Text(heading, style="bold"))
    lines = (*column.entries, column.total)
    labels = max(cell_len(line.label) for line in lines)
    numbers = max(cell_len(line.points) for line in lines)
    for line in lines:
        total = line is column.total
        blanks = " " * (labels - cell_len(line.label) + 2 + numbers - cell_len(line.points))
        if total:
            _put(screen, Text(("─" if is_terminal() else "-") * (labels + 2 + numbers), style=_FAINT))
        _put(screen, Text(f"{line.label}{blanks}{line.points}", style="bold" if total else ""))


def _put(screen: Console, line: Text) -> None:
    if is_terminal():
        screen.print(line, overflow="fold")
    else:
        screen.file.write(line.plain.rstrip() + "\n")
