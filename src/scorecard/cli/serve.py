"""`scorecard serve`: a local page to look at a definition and its result, and to try changes."""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec

import click

from scorecard.cli.explain import one_of
from scorecard.cli.leaving import FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working
from scorecard.errors import UsageError
from scorecard.model.issue import Issue

_NEEDED = ("jinja2", "starlette", "uvicorn", "vl_convert")


@click.command(name="serve")
@click.argument("file")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, show_default=True, help="Which port; 0 takes one that is free.")
@click.option("--no-open", "quiet", is_flag=True, help="Do not open the browser.")
@data_options()
@shared_options
def command(file: str, port: int, quiet: bool, asked: Asked) -> int:
    """Look at a definition and its result in the browser, and try changes.

    The page is for this machine alone, behind a token in its address. It checks the text as it is typed, scores it, and lets weights,
    targets and thresholds be tried with sliders. Nothing is written unless you save; then only the definition is.

    \b
    scorecard serve acme.scorecard.yaml
    scorecard serve acme.scorecard.yaml --period 2026-Q3 --port 8800 --no-open
    """
    for package in _NEEDED:
        if find_spec(package) is None:
            raise UsageError([Issue(code="SC766", values={"package": package, "install": "kpi-scorecard[serve]"})])

    from scorecard.cli.definitions import definitions
    from scorecard.evaluation.run import Request
    from scorecard.report.charts.bundle import bundle
    from scorecard.report.labels import title_of
    from scorecard.serve.guard import Door
    from scorecard.serve.open import listening, serving
    from scorecard.serve.session import Session

    chosen = settings()
    name = one_of(definitions([file]))
    request = Request(**asked._asdict(), before=1)
    session = Session(name, chosen.registry(), request)
    with working(chosen.say("progress.scoring", name=name)):
        session.open()
    with listening(port) as own:
        door = Door(own.getsockname()[1])

        def ready() -> None:
            title = name if session.now is None else title_of(session.now.evaluation.scorecard, chosen.language)
            click.echo(chosen.say("serve.open", title=title, address=door.address))
            click.echo(chosen.say("serve.stop"), err=True)
            if not quiet:
                click.launch(door.address)
            bundle()

        with suppress(KeyboardInterrupt):
            serving(session, door, chosen.language, ready).run(sockets=[own])
    click.echo(chosen.say("serve.ended"), err=True)
    return FINE
