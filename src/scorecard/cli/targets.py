"""`scorecard targets`: whether targets are right, from how often they were met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.explain import one_of
from scorecard.cli.leaving import FINE, INCONCLUSIVE
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working

if TYPE_CHECKING:
    from scorecard.advice.targets.target import Targets
    from scorecard.report.target_words import Teller

PATCH = "patch"


@click.command(name="targets")
@click.argument("file")
@click.option("--period", default="history", metavar="A..B", help="By default every quarter (month, ...) that the data cover, at least 8.")
@click.option(
    "--best", type=click.FloatRange(1, 99), default=25, show_default=True, help="A target by peers is met by the best so many percent."
)
@click.option(
    "--stretch",
    type=click.FloatRange(0, 100),
    default=10,
    show_default=True,
    help="Percent of the way from worst to target added to the baseline.",
)
@click.option("--patch", "as_patch", is_flag=True, help="Print the changes to the definition as a unified diff.")
@data_options(None)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "markdown"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .json, .csv or .md. May be repeated.")
@shared_options
def command(
    file: str,
    best: float,
    stretch: float,
    as_patch: bool,
    asked: Asked,
    form: str,
    outputs: tuple[str, ...],
) -> int:
    """Say whether the targets are right, and what else to aim at: from how often they were met and where the figures go.

    \b
    scorecard targets acme.scorecard.yaml
    scorecard targets acme.scorecard.yaml --period 2025-Q1..2026-Q3 --out targets.csv
    scorecard targets acme.scorecard.yaml --patch > targets.patch

    With fewer than five periods of values it says what is missing. Exit code 4: no target could be judged.
    """
    from scorecard.advice.targets import targets_of
    from scorecard.advice.targets.propose import Wish
    from scorecard.advice.targets.target import Kind
    from scorecard.app import evaluate
    from scorecard.cli.definitions import definitions
    from scorecard.report import tabular
    from scorecard.report.target_words import Teller
    from scorecard.report.targets import as_markdown, as_records, as_rows

    chosen = settings()
    name = one_of(definitions([file]))
    files = files_for(outputs)
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, **asked._asdict(), plugins=chosen.registry())
        found = targets_of(evaluation, Wish(best=best / 100, stretch=stretch / 100))
    teller = Teller(evaluation, chosen.language)
    forms = {
        "json": lambda: tabular.as_json(list(as_records(teller, found))),
        "csv": lambda: tabular.as_csv(*as_rows(teller, found)),
        "markdown": lambda: as_markdown(teller, found),
    }
    if as_patch:
        _patch(teller, found)
    elif form == "text":
        from scorecard.cli.aimed import show

        show(evaluation, teller, found)
    answer(forms, PATCH if as_patch else form, files, chosen)
    return FINE if any(target.verdict.kind is not Kind.UNKNOWN for target in found.targets) else INCONCLUSIVE


def _patch(teller: Teller, found: Targets) -> None:
    """The diff on stdout; on stderr what is not changed and why."""
    from scorecard.advice.targets.changes import changes
    from scorecard.definition.patch.edits import patch

    wanted = changes(found)
    made = patch(teller.scorecard, wanted.values)
    click.echo(made.text, nl=False)
    for target, reason in wanted.left:
        left = teller.say(f"left.{reason}")
        click.echo(teller.say("patch.left", name=teller.name(target), verdict=teller.verdict(target), reason=left), err=True)
    if not wanted.values:
        click.echo(teller.say("patch.nothing"), err=True)
    for layer in made.shared:
        click.echo(teller.say("patch.shared", layer=layer), err=True)
