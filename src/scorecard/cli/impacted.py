"""What another definition does, on the screen."""

from __future__ import annotations

from rich.table import Table as Grid
from rich.text import Text

from scorecard.advice.impact.limits import Verdict
from scorecard.cli.screen import console
from scorecard.report import figures
from scorecard.report.impact.teller import Table, Teller

ROWS = 10
"""rows of a table"""
_FAINT = "bright_black"
_SIGNS = {Verdict.PASSED: ("✓", "green"), Verdict.FAILED: ("✗", "red"), Verdict.OPEN: ("?", "yellow")}


def show(teller: Teller) -> None:
    """What changed, how many move and by what, the bands, who is touched most, and the limits."""
    screen = console()
    screen.print()
    screen.print(Text.assemble((teller.title, "bold"), (f"  {teller.names}", _FAINT)))
    screen.print()
    _changes(teller)
    for line in (*teller.headline(), *teller.apart()):
        screen.print(Text(line))
    screen.print()
    for table in (teller.parts(), teller.matrix(), teller.turned(ROWS), teller.movers(ROWS), teller.risers(ROWS)):
        if table is not None:
            _table(teller, table)
    for line in teller.together():
        screen.print(Text(line, style=_FAINT))
    for verdict, line in teller.limits():
        sign, style = _SIGNS[verdict]
        screen.print(Text.assemble((sign, style), f" {line}"))


def _changes(teller: Teller) -> None:
    changes = list(teller.changes())
    if not changes:
        console().print(Text(teller.say("diff.same")))
        console().print()
        return
    console().print(Text(teller.say("diff.changed"), style="bold"))
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for told in changes:
        grid.add_row(Text(told.cause, style=_FAINT), Text(told.line), Text(told.place, style=_FAINT))
    console().print(grid)
    console().print()


def _table(teller: Teller, table: Table) -> None:
    console().print(Text(table.title, style="bold"))
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style=_FAINT)
    for place, head in enumerate(table.heads):
        grid.add_column(head, justify="right" if place else "left", no_wrap=True)
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    console().print(grid)
    if table.more:
        console().print(Text(teller.say("diff.more", count=figures.count(table.more, teller.language)), style=_FAINT))
    console().print()
