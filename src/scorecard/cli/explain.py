"""`scorecard explain`: why one entity's score is what it is."""

from __future__ import annotations

from collections.abc import Sequence

import click

from scorecard.cli.leaving import FAILED, FINE, INCONCLUSIVE
from scorecard.cli.options import Asked, data_options, settings, shared_options, wrong
from scorecard.cli.progress import working
from scorecard.errors import UsageError
from scorecard.model.issue import Issue


@click.command(name="explain")
@click.argument("file")
@click.option(
    "-e",
    "--entity",
    "parts",
    multiple=True,
    metavar="KEY=VALUE",
    help="Which entity; repeat it, or put commas, for a key of several parts.",
)
@data_options()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@shared_options
def command(file: str, parts: tuple[str, ...], asked: Asked, form: str) -> int:
    """Say why one entity's score is what it is.

    \b
    scorecard explain acme.scorecard.yaml -e customer_id=C042
    scorecard explain acme.scorecard.yaml -e customer_id=C042,project_id=P7 --period 2026-Q2
    """
    from scorecard.advice.hindered import hindered_of
    from scorecard.advice.levers import levers_of
    from scorecard.advice.since import since
    from scorecard.app import evaluate
    from scorecard.cli.definitions import definitions
    from scorecard.evaluation.explain import explain

    chosen = settings()
    key = key_of(parts)
    name = one_of(definitions([file]))
    with working(chosen.say("progress.scoring", name=name)):
        evaluation = evaluate(name, **asked._asdict(), before=1, plugins=chosen.registry())
        explanation = explain(evaluation, key)
        changes = since(evaluation, key)
        levers = levers_of(evaluation, key)
        hindered = hindered_of(evaluation, key, {lever.metric for lever in levers})
    if form == "json":
        from scorecard.report.explanation import explanation_text

        click.echo(explanation_text(evaluation, explanation, levers, chosen.language, hindered, changes))
    else:
        from scorecard.cli.story import tell
        from scorecard.report.reasons import Teller
        from scorecard.report.since import SinceTeller

        teller = Teller(evaluation.scorecard, explanation, chosen.language)
        split = None if changes is None else SinceTeller(evaluation.scorecard, changes, teller.decimals, chosen.language)
        tell(teller, levers, hindered, split)
    if evaluation.failures:
        return FAILED
    return FINE if explanation.total.score is not None else INCONCLUSIVE


def key_of(parts: Sequence[str]) -> dict[str, str]:
    """`customer_id=C042,project_id=P7` as a mapping; a comma without a `=` behind it belongs to the value."""
    key: dict[str, str] = {}
    for text in parts:
        pieces: list[str] = []
        for piece in text.split(","):
            if "=" in piece or not pieces:
                pieces.append(piece)
            else:
                pieces[-1] += f",{piece}"
        for piece in pieces:
            name, equals, value = piece.partition("=")
            if not equals or not name.strip():
                example = f"customer_id={piece if piece and not equals else 'C042'}"
                raise UsageError([Issue(code="SC718", values={"text": piece, "example": example})])
            key[name.strip()] = value.strip()
    return key


def one_of(files: Sequence[str]) -> str:
    """The one definition that is meant."""
    if len(files) > 1:
        raise wrong("usage.one_definition", count=len(files), names=", ".join(files[:5]))
    return files[0]
