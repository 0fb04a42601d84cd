"""`scorecard reach`: the cheapest way to a better band, and what a budget is best spent on."""

from __future__ import annotations

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.explain import key_of, one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working
from scorecard.errors import UsageError
from scorecard.model.issue import Issue

MOST = 20
SUFFIXES = {".json": "json", ".csv": "csv"}


@click.command(name="reach")
@click.argument("file")
@click.option("-e", "--entity", "parts", multiple=True, metavar="KEY=VALUE", help="Only this entity; as for explain.")
@click.option("--band", help="The band to reach; the next better one by default.")
@click.option(
    "--budget", type=click.FloatRange(min=0, min_open=True), help="Spend this effort over all entities so that it brings the most points."
)
@click.option("--worth", metavar="ATTRIBUTE", help="With --budget: what a point of an entity is worth.")
@click.option("--most", type=click.IntRange(min=0), default=MOST, show_default=True, help="How many entities are shown; 0 is every one.")
@data_options()
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .json or .csv. May be repeated.")
@shared_options
def command(
    file: str,
    parts: tuple[str, ...],
    band: str | None,
    budget: float | None,
    worth: str | None,
    most: int,
    asked: Asked,
    form: str,
    outputs: tuple[str, ...],
) -> int:
    """Find the cheapest way to a better band, or what a budget is best spent on.

    \b
    scorecard reach acme.scorecard.yaml -e customer_id=C042
    scorecard reach acme.scorecard.yaml --band green --format csv > ways.csv
    scorecard reach acme.scorecard.yaml --budget 200 --worth contract_value

    A metric says what moving it takes: effort (of one unit of its value), max_change, fixed, moves_with. Rules, caps and groups
    of every kind are taken into account; every way is checked by scoring it.
    """
    from scorecard.app import evaluate
    from scorecard.cli.definitions import definitions
    from scorecard.report import reach

    if budget is not None and (parts or band is not None):
        raise UsageError([Issue(code="SC772", values={"option": "-e" if parts else "--band"})])
    if budget is None and worth is not None:
        raise UsageError([Issue(code="SC772", values={"option": "--worth", "reason": "alone"})])
    chosen = settings()
    files = files_for(outputs, SUFFIXES)
    name = one_of(definitions([file]))
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, **asked._asdict(), plugins=chosen.registry())
        ways = reach.ways_of(evaluation, key_of(parts), band) if budget is None else reach.spending(evaluation, budget, worth)
    if form == "text":
        from scorecard.cli.ways import show, show_spending, tell

        if budget is not None:
            show_spending(evaluation, ways, budget, worth, most, chosen.language)
        elif parts:
            tell(evaluation, ways, chosen.language)
        else:
            show(evaluation, ways, most, chosen.language)
    answer({"json": lambda: f"{reach.as_json(evaluation, ways)}\n", "csv": lambda: reach.as_csv(evaluation, ways)}, form, files, chosen)
    return FINE
