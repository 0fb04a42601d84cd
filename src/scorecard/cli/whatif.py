"""`scorecard whatif`: scores again as if values, weights or targets were others."""

from __future__ import annotations

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.explain import key_of, one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options
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
    metavar="NAME=NUMBER",
    help="csat=85, weight.csat=3, target.nps=50, worst.nps=0, threshold.csat.amber=60, band.amber=65; "
    "csat=70..95/5 tries every fifth number.",
)
@click.option("--scenarios", metavar="FILE", help="Several named ones side by side: a YAML file, as in docs/advice.md.")
@click.option("-e", "--entity", "parts", multiple=True, metavar="KEY=VALUE", help="Which entity; as for explain.")
@click.option("--for-all", is_flag=True, help="Every entity, and how the bands change.")
@data_options()
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "markdown"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .json, .csv or .md. May be repeated.")
@shared_options
def command(
    file: str,
    texts: tuple[str, ...],
    scenarios: str | None,
    parts: tuple[str, ...],
    for_all: bool,
    asked: Asked,
    form: str,
    outputs: tuple[str, ...],
) -> int:
    """Score again as if values, weights or targets were others. The definition and the data stay as they are.

    \b
    scorecard whatif acme.scorecard.yaml -e customer_id=C042 --set csat=85 --set weight.csat=3
    scorecard whatif acme.scorecard.yaml -e customer_id=C042 --set csat=70..95/5
    scorecard whatif acme.scorecard.yaml --for-all --set threshold.csat.amber=60
    scorecard whatif acme.scorecard.yaml --for-all --scenarios plans.yaml
    """
    from scorecard.advice.scenarios import read_scenarios
    from scorecard.advice.suppositions import suppositions
    from scorecard.advice.whatif import what_ifs
    from scorecard.app import evaluate, load
    from scorecard.cli import supposed as screen
    from scorecard.cli.definitions import definitions
    from scorecard.report import supposed as report
    from scorecard.report import tabular
    from scorecard.report.scenarios import EntityTable, EverybodyTable

    chosen = settings()
    if bool(parts) == for_all:
        raise UsageError([Issue(code="SC730", values={"reason": "nobody"})])
    if bool(texts) == (scenarios is not None):
        raise UsageError([Issue(code="SC730", values={"reason": "both" if texts else "nothing"})])
    files = files_for(outputs)
    name, key = one_of(definitions([file])), key_of(parts)
    plugins = chosen.registry()
    scorecard = load(name, plugins)
    plans = read_scenarios(scenarios, scorecard) if scenarios is not None else {}
    every = list(plans.values()) or suppositions(texts, scorecard)
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(scorecard, **asked._asdict(), plugins=plugins)
        outcomes = what_ifs(evaluation, every)
    names = list(plans)
    columns = dict(zip(names or [", ".join(each.text for each in supposed) for supposed in every], outcomes, strict=True))
    entity = None if for_all else EntityTable(evaluation, columns, key, chosen.language)
    table = entity or EverybodyTable(evaluation, columns, chosen.language)

    def as_json() -> str:
        return report.everybody_json(evaluation, outcomes, names) if for_all else report.entity_json(evaluation, outcomes, key, names)

    if form == "text" and names:
        screen.scenarios(evaluation, outcomes[0].period, table, chosen.language)
    elif form == "text" and for_all:
        screen.everybody(evaluation, outcomes, chosen.language)
    elif form == "text" and len(outcomes) == 1:
        screen.entity(evaluation, outcomes[0], key, chosen.language)
    elif form == "text":
        screen.sweep(evaluation, outcomes, key, chosen.language)
    forms = {
        "json": as_json,
        "csv": lambda: tabular.as_csv(*(entity.long() if entity else (table.heads, table.rows()))),
        "markdown": lambda: tabular.as_markdown(table.heads, table.rows()),
    }
    answer(forms, form, files, chosen)
    return FINE
