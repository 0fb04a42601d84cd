"""`scorecard certainty`: how sure each verdict is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scorecard.cli.explain import key_of, one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working

if TYPE_CHECKING:
    from scorecard.advice.certainty.certainty import Certainty
    from scorecard.report.certainty.hangs import Hangs

MOST = 15


@click.command(name="certainty")
@click.argument("file")
@click.option("-e", "--entity", "parts", multiple=True, metavar="KEY=VALUE", help="Only this entity, with every number; as for explain.")
@click.option("--most", type=click.IntRange(min=0), default=MOST, show_default=True, help="How many verdicts are shown; 0 is every one.")
@click.option("--draws", type=click.IntRange(min=10, max=100_000), default=1_000, show_default=True, help="How many random draws.")
@click.option("--spread", default="25%", show_default=True, metavar="PART", help="How far a weight of average size moves in a draw.")
@click.option("--noise", "noises", multiple=True, metavar="AMOUNT", help="How far values may be off: 5% (default), csat=3%, csat=0.2.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The same seed gives the same draws.")
@data_options()
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@shared_options
def command(
    file: str,
    parts: tuple[str, ...],
    most: int,
    draws: int,
    spread: str,
    noises: tuple[str, ...],
    seed: int,
    asked: Asked,
    form: str,
) -> int:
    """Say how sure each verdict is, and what would turn it: other weights, slightly other values, or one number of the definition.

    \b
    scorecard certainty acme.scorecard.yaml
    scorecard certainty acme.scorecard.yaml -e customer_id=C042
    scorecard certainty acme.scorecard.yaml --noise 3% --noise csat=0.2 --format csv > sure.csv

    The least sure come first. JSON and CSV hold every one; JSON has for the first --most how far each number may be moved.
    This is the robustness, uncertainty and sensitivity analysis that composite indicators are published with.
    """
    import numpy as np

    from scorecard.advice.certainty.asked import noise_of, spread_of
    from scorecard.advice.certainty.certainty import certainty
    from scorecard.advice.certainty.draws import Draws
    from scorecard.app import evaluate
    from scorecard.cli import sure as screen
    from scorecard.cli.definitions import definitions
    from scorecard.evaluation.found import found
    from scorecard.report.certainty import files
    from scorecard.report.certainty.verdicts import Verdicts

    chosen = settings()
    drawn = Draws(count=draws, spread=spread_of(spread), seed=seed)
    name = one_of(definitions([file]))
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, **asked._asdict(), plugins=chosen.registry())
        noise = noise_of(noises, evaluation.plan)
        row = found(evaluation, key_of(parts))[1] if parts else None
        sure = certainty(evaluation, noise, drawn, row)
        verdicts = Verdicts(sure, chosen.language)
        rows = sure.unsure_first if row is None else np.array([row], dtype=np.intp)
        first = rows[: most or None]
        hanging = [] if form == "csv" else _hangs(sure, row, chosen.language)
        numbers = [] if form == "csv" else verdicts.turns(first)
    if form == "csv":
        click.echo(files.as_csv(verdicts, list(verdicts.of(rows))), nl=False)
    elif form == "json":
        click.echo(files.as_json(verdicts, list(verdicts.of(rows)), numbers, hanging or []))
    elif row is None:
        screen.everybody(verdicts, list(verdicts.of(first)), numbers, hanging, len(rows))
    else:
        screen.entity(verdicts, next(verdicts.of(rows)), numbers[0], hanging)
    return FINE


def _hangs(sure: Certainty, row: int | None, language: str) -> list[Hangs] | None:
    """What ranking and score hang on; nothing where there is one choice alone, None without scipy."""
    from scorecard.report.certainty.hangs import hangs
    from scorecard.report.figures import decimals_of

    if row is None and len(sure.rows) == 1:
        row = int(sure.rows[0])
    try:
        found = sure.sensitivity(row)
    except ImportError:
        return None
    scorecard = sure.evaluation.scorecard
    return [] if found is None else hangs(found, decimals_of(scorecard.total, scorecard.scale), language)
