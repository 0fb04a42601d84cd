"""`scorecard whatif`: scores again as if values, weights or targets were others."""

from __future__ import annotations

from datetime import date

import click

from scorecard.cli.days import DAY
from scorecard.cli.explain import key_of, one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import settings, shared_options
from scorecard.cli.progress import working
from scorecard.errors import UsageError
from scorecard.model.issue import Issue


@click.command(name="whatif")
@click.argument("file")
@click.option(
    "-s",
    "--set",
    "texts",
    multiple=True,
    required=True,
    metavar="NAME=NUMBER",
    help="csat=85, weight.csat=3, target.nps=50, worst.nps=0, threshold.csat.amber=60; csat=70..95/5 tries every fifth number.",
)
@click.option("-e", "--entity", "parts", multiple=True, metavar="KEY=VALUE", help="Which entity; as for explain.")
@click.option("--for-all", is_flag=True, help="Every entity, and how the bands change.")
@click.option("--period", help="A label such as 2026-Q3; the latest by default.")
@click.option("--as-of", type=DAY, metavar="DATE", help="Read the data as they stood: records from this day on are not read.")
@click.option("--engine", type=click.Choice(["pandas", "polars"]), help="What measures the records.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@shared_options
def command(
    file: str,
    texts: tuple[str, ...],
    parts: tuple[str, ...],
    for_all: bool,
    period: str | None,
    as_of: date | None,
    engine: str | None,
    form: str,
) -> int:
    """Score again as if values, weights or targets were others. The definition and the data stay as they are.

    \b
    scorecard whatif acme.scorecard.yaml -e customer_id=C042 --set csat=85 --set weight.csat=3
    scorecard whatif acme.scorecard.yaml -e customer_id=C042 --set csat=70..95/5
    scorecard whatif acme.scorecard.yaml --for-all --set threshold.csat.amber=60
    """
    from scorecard.advice.suppositions import suppositions
    from scorecard.advice.whatif import what_ifs
    from scorecard.app import evaluate
    from scorecard.cli import supposed as screen
    from scorecard.cli.definitions import definitions
    from scorecard.report import supposed as report

    chosen = settings()
    if bool(parts) == for_all:
        raise UsageError([Issue(code="SC730", values={"reason": "nobody"})])
    name = one_of(definitions([file]))
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, period=period, as_of=as_of, engine=engine, plugins=chosen.registry())  # type: ignore[arg-type]
        outcomes = what_ifs(evaluation, suppositions(texts, evaluation.scorecard))
    if form == "json":
        click.echo(report.everybody_json(evaluation, outcomes) if for_all else report.entity_json(evaluation, outcomes, key_of(parts)))
    elif for_all:
        screen.everybody(evaluation, outcomes, chosen.language)
    elif len(outcomes) == 1:
        screen.entity(evaluation, outcomes[0], key_of(parts), chosen.language)
    else:
        screen.sweep(evaluation, outcomes, key_of(parts), chosen.language)
    return FINE
