"""A review on the screen: a line per metric, then what was found, what moved, and what cannot be judged."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from scorecard.advice.review.outcome import Outcome
from scorecard.cli.screen import console
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.labels import period_of, title_of
from scorecard.report.review import Teller, Told, cells, heads, remarks

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
        screen.print(Text("Nothing was found that speaks against a metric, a band or a threshold.\n"))
    for told in found:
        _finding(told)
    _moves(teller)
    lines = list(teller.unjudged())
    if lines:
        screen.print(Text("Cannot be judged", style="bold"))
        for line in lines:
            screen.print(Padding(Text(line, style=_FAINT), (0, 0, 0, 2), expand=False))
    screen.print()


def _head(evaluation: Evaluation, teller: Teller, outcome: Outcome | None) -> None:
    screen = console()
    first, last = (period_of(evaluation.shown[place], teller.language) for place in (0, -1))
    screen.print()
    span = first if first == last else f"{first} to {last}"
    screen.print(Text(f"{title_of(evaluation.scorecard, teller.language)} · review over {span}", style="bold"))
    what = "entities and periods" if first != last else "entity" if len(evaluation) == 1 else "entities"
    facts = f"{len(evaluation):,} {what}"
    if outcome is not None:
        facts += f" · outcome {outcome.name}"
        if outcome.known_in is not None:
            scored = evaluation.shown[outcome.scored].label
            facts += f" in {outcome.known_in}" + ("" if scored == outcome.known_in else f", scores of {scored}")
    screen.print(Text(facts, style=_FAINT))
    screen.print()


def _table(teller: Teller) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style=_FAINT)
    for place, head in enumerate(heads(teller)):
        table.add_column(head, justify="left" if place < 2 else "right", no_wrap=True)
    for own in teller.review.figures:
        name, advised, *rest = cells(teller, own)
        table.add_row(Text(name), Text(advised, style=_STYLES[advised]), *(Text(cell) for cell in rest))
    return table


def _finding(told: Told) -> None:
    console().print(Text.assemble((f"{told.advice:<{_WIDTH}}", _STYLES[told.advice]), (told.name, "bold"), f"  {told.evidence}"))
    console().print(Padding(Text(f"→ {told.proposal}", style=_FAINT), (0, 0, 0, _WIDTH), expand=False))
    console().print()


def _moves(teller: Teller) -> None:
    moves = teller.review.moves
    if not moves:
        return
    console().print(Text(f"Moved more in {moves[0].period.label} than their own history explains", style="bold"))
    for move in moves[:_MOST]:
        style = _FAINT if move.better is None else "green" if move.better else "red"
        console().print(Padding(Text(teller.move(move), style=style), (0, 0, 0, 2), expand=False))
    if len(moves) > _MOST:
        console().print(Padding(Text(f"{len(moves) - _MOST:,} more; the other formats hold all of them", style=_FAINT), (0, 0, 0, 2)))
    console().print()
