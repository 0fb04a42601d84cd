"""Proposed weights on the screen."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from scorecard.cli.screen import console
from scorecard.report.labels import title_of
from scorecard.report.weighing.told import Facts, Told, warnings

_FAINT = "bright_black"
_HEADS = ("today", "share", "proposed", "share", "points")


def show(told: Told) -> None:
    """Each group with its nodes, today's weights and the proposed ones; then what they rest on, and what to be careful about."""
    screen = console()
    screen.print()
    screen.print(Text(title_of(told.scorecard, told.language), style="bold"))
    screen.print(Text(told.method))
    for each in told.proposals:
        screen.print()
        table = _table(told.name(each.group), *(told.say(f"weighing.{head}") for head in _HEADS))
        for line in each.lines:
            table.add_row(*(Text(cell) for cell in told.cells(line)))
        screen.print(table)
    for facts in told.facts:
        screen.print()
        screen.print(_facts(facts))
    screen.print()
    for note in (*told.notes, *warnings(told)):
        screen.print(Text(note, style=_FAINT))
    screen.print()


def _facts(facts: Facts) -> Table:
    table = _table(*facts.heads)
    for row in facts.rows:
        table.add_row(*map(Text, row))
    return table


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), show_edge=False, header_style=_FAINT)
    for place, head in enumerate(heads):
        table.add_column(Text(head), justify="right" if place else "left", no_wrap=True)
    return table
