"""`scorecard advise`: what to do, for whom, why, by when, and what it would bring."""

from __future__ import annotations

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.explain import key_of, one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working

MOST = 20
FEW = 3
SUFFIXES = {".json": "json", ".csv": "csv"}


@click.command(name="advise")
@click.argument("file")
@click.option("-e", "--entity", "parts", multiple=True, metavar="KEY=VALUE", help="Only this entity; as for explain.")
@click.option("--most", type=click.IntRange(min=0), default=MOST, show_default=True, help="How many entities are shown; 0 is every one.")
@click.option(
    "--most-actions",
    type=click.IntRange(min=0),
    default=FEW,
    show_default=True,
    help="Up to how many per entity the library adds to what the definition recommends; 0 is all that it has.",
)
@data_options()
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .json or .csv. May be repeated.")
@shared_options
def command(
    file: str,
    parts: tuple[str, ...],
    most: int,
    most_actions: int,
    asked: Asked,
    form: str,
    outputs: tuple[str, ...],
) -> int:
    """Say what to do, for whom, and what it would bring.

    These are the definition's recommendations where their conditions hold, and for metrics that it has none about what their
    types bring where a target is missed and reaching it would bring points (library: off leaves that out).

    \b
    scorecard advise acme.scorecard.yaml
    scorecard advise acme.scorecard.yaml -e customer_id=C042
    scorecard advise acme.scorecard.yaml --format csv > todo.csv

    Entities whose advice would bring the most come first. JSON and CSV hold every one. What was taken with scorecard follow
    says how far it is, and is not counted again.
    """
    from scorecard.app import evaluate
    from scorecard.cli.definitions import definitions
    from scorecard.report import advice
    from scorecard.report.followup.book import path_of, read_book

    chosen = settings()
    files = files_for(outputs, SUFFIXES)
    name = one_of(definitions([file]))
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, **asked._asdict(), traced=not parts, plugins=chosen.registry())
        own = list(
            advice.given(
                evaluation, key_of(parts), chosen.language, most_actions, read_book(path_of(name), evaluation.scorecard.entity.key).entries
            )
        )
    lines = [line for entity in own for line in entity]
    if form == "text":
        from scorecard.cli.todo import show

        show(evaluation, own, most, chosen.language)
    answer({"json": lambda: f"{advice.as_json(evaluation, lines)}\n", "csv": lambda: advice.as_csv(evaluation, lines)}, form, files, chosen)
    return FINE
