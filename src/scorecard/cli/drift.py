"""`scorecard drift`: where clients have drifted from the base that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.options import settings, shared_options

if TYPE_CHECKING:
    from scorecard.report.drift import Told


@click.command(name="drift")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--base", metavar="FILE", help="The layer to compare with; by default the layers that all of them extend.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "markdown"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .json, .csv or .md. May be repeated.")
@shared_options
def command(files: tuple[str, ...], base: str | None, form: str, outputs: tuple[str, ...]) -> None:
    """Say where clients that share a base have drifted from it: what they override, in vain, or far from one another.

    FILE may be several definitions, patterns, or folders with *.scorecard.yaml.

    \b
    scorecard drift clients/
    scorecard drift clients/*/*.scorecard.yaml --base industry/b2b-software.scorecard.yaml --out drift.md
    """
    from scorecard.cli.definitions import definitions
    from scorecard.definition.drift import drift
    from scorecard.report.drift import Told, as_records
    from scorecard.report.tabular import as_csv, as_json, as_markdown

    chosen = settings()
    written = files_for(outputs)
    told = Told(drift(definitions(files), base), chosen.language)
    forms = {
        "json": lambda: as_json(as_records(told.drift)),
        "csv": lambda: as_csv(told.heads, told.rows()),
        "markdown": lambda: "\n".join(
            [*told.facts(), "", as_markdown(told.heads, told.rows()), as_markdown(told.client_heads, told.clients())]
        ),
    }
    if form == "text":
        _show(told)
    answer(forms, form, written, chosen)


def _show(told: Told) -> None:
    from rich.table import Table
    from rich.text import Text

    from scorecard.cli.screen import console

    screen = console()
    for fact in told.facts():
        screen.print(Text(fact))
    for heads, rows in ((told.heads, told.rows()), (told.client_heads, told.clients())):
        table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), show_edge=False, header_style="bright_black")
        for head in heads:
            table.add_column(Text(head), overflow="fold")
        for row in rows:
            table.add_row(*(Text(str(cell)) for cell in row))
        if table.row_count:
            screen.print()
            screen.print(table)
