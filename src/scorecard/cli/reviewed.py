"""A review on the screen: a line per metric, then what was found, what moved, and what cannot be judged."""

from __future__ import annotations

from rich.cells import set_cell_size
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scorecard.advice.review.outcome import Outcome
from scorecard.cli.screen import console
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report import figures
from scorecard.report.labels import period_of, title_of
from scorecard.report.review import Teller, Told, advice, cells, heads, remarks

_FAINT = "bright_black"
_STYLES = {"keep": "green", "adjust": "yellow", "replace": "dark_orange", "drop": "red"}
_WIDTH = 9
_MOST = 20
"""moves that are shown"""


def show(evaluation: Evaluation, teller: Teller, outcome: Outcome | None) -> None:
    """The whole review."""
    screen = console()
    _head(evaluation, teller, outcome)
    screen.print(_table(teller))
    for remark in remarks(teller):
        screen.print(Text(remark, style=_FAINT))
    found = list(teller.findings())
    screen.print()
    if not found:
        screen.print(Text(teller.say("review.nothing") + "\n"))
    for told in found:
        _finding(teller, told)
    _moves(teller)
    lines = list(teller.unjudged())
    if lines:
        screen.print(Text(teller.say("review.cannot"), style="bold"))
        for line in lines:
            screen.print(Padding(Text(line, style=_FAINT), (0, 0, 0, 2), expand=False))
    screen.print()


def _head(evaluation: Evaluation, teller: Teller, outcome: Outcome | None) -> None:
    screen = console()
    first, last = (period_of(evaluation.shown[place], teller.language) for place in (0, -1))
    screen.print()
    span = first if first == last else teller.say("list.span", first=first, last=last)
    screen.print(Text(teller.say("review.head", title=title_of(evaluation.scorecard, teller.language), span=span), style="bold"))
    what = "rows" if first != last else "entity" if len(evaluation) == 1 else "entities"
    facts = [teller.say(f"review.{what}", count=figures.count(len(evaluation), teller.language))]
    if outcome is not None:
        scored = evaluation.shown[outcome.scored].label
        key = "outcome" if outcome.known_in is None else "outcome_in" if scored == outcome.known_in else "outcome_then"
        facts.append(teller.say(f"review.{key}", name=outcome.name, period=outcome.known_in, scored=scored))
    screen.print(Text(" · ".join(facts), style=_FAINT))
    screen.print()


def _table(teller: Teller) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style=_FAINT)
    for place, head in enumerate(heads(teller)):
        table.add_column(head, justify="left" if place < 2 else "right", no_wrap=True)
    for own in teller.review.figures:
        name, advised, *rest = cells(teller, own)
        table.add_row(Text(name), Text(advised, style=_STYLES[advice(own.advice)]), *(Text(cell) for cell in rest))
    return table


def _finding(teller: Teller, told: Told) -> None:
    advised = set_cell_size(teller.say(f"advice.{told.advice}"), _WIDTH)
    console().print(Text.assemble((advised, _STYLES[told.advice]), (told.name, "bold"), f"  {told.evidence}"))
    console().print(Padding(Text(f"→ {told.proposal}", style=_FAINT), (0, 0, 0, _WIDTH), expand=False))
    console().print()


def _moves(teller: Teller) -> None:
    moves = teller.review.moves
    if not moves:
        return
    console().print(Text(teller.say("review.moved_in", period=moves[0].period.label), style="bold"))
    for move in moves[:_MOST]:
        style = _FAINT if move.better is None else "green" if move.better else "red"
        console().print(Padding(Text(teller.move(move), style=style), (0, 0, 0, 2), expand=False))
    if len(moves) > _MOST:
        console().print(
            Padding(Text(teller.say("review.more", count=figures.count(len(moves) - _MOST, teller.language)), style=_FAINT), (0, 0, 0, 2))
        )
    console().print()
