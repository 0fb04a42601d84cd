"""`scorecard review`: which metrics tell something, which do not, and what moved oddly."""

from __future__ import annotations

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.explain import one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working


@click.command(name="review")
@click.argument("file")
@click.option("--period", default="history", metavar="A..B", help="By default every quarter (month, ...) that the data cover, at least 8.")
@click.option(
    "--outcome",
    metavar="NAME=VALUE",
    help="What became of the entities: an attribute, or a metric with weight: 0; a NAME alone may be figures.",
)
@click.option("--wanted", is_flag=True, help="The outcome is what should happen, such as a renewal.")
@data_options(None)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "markdown"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .json, .csv or .md. May be repeated.")
@shared_options
def command(
    file: str,
    outcome: str | None,
    wanted: bool,
    asked: Asked,
    form: str,
    outputs: tuple[str, ...],
) -> int:
    """Say which metrics tell something, and what moved oddly, each with its figures and what to do.

    \b
    scorecard review acme.scorecard.yaml
    scorecard review acme.scorecard.yaml --outcome status=churned
    scorecard review acme.scorecard.yaml --period 2025-Q1..2026-Q3 --out review.md

    With several periods the scores of the last but one are compared with the outcome of the last.
    """
    from scorecard.advice.review import review
    from scorecard.advice.review.outcome import outcome_for
    from scorecard.app import evaluate
    from scorecard.cli.definitions import definitions
    from scorecard.report import tabular
    from scorecard.report.review import Teller, as_markdown, as_record, as_rows

    chosen = settings()
    name = one_of(definitions([file]))
    files = files_for(outputs)
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, **asked._asdict(), plugins=chosen.registry())
        compared = None if outcome is None else outcome_for(evaluation, outcome, wanted=wanted)
        teller = Teller(evaluation, review(evaluation, compared), chosen.language)
    forms = {
        "json": lambda: tabular.as_json(as_record(teller)),
        "csv": lambda: tabular.as_csv(*as_rows(teller)),
        "markdown": lambda: as_markdown(teller),
    }
    if form == "text":
        from scorecard.cli.reviewed import show

        show(evaluation, teller, compared)
    answer(forms, form, files, chosen)
    return FINE
