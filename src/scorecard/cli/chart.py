"""`scorecard chart`: one chart as a picture."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.leaving import FAILED, FINE
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working
from scorecard.definition.called import named, titles_of_attributes, titles_of_nodes
from scorecard.errors import InconclusiveError, OutputError, UsageError
from scorecard.model.issue import Issue, Level
from scorecard.model.text import Text

if TYPE_CHECKING:
    from scorecard.model.definition import Scorecard
    from scorecard.report.charts.picture import Picture

CHARTS = ("bands", "scores", "waterfall", "trend", "heat", "levers")
OF_ONE = frozenset({"waterfall", "trend", "levers"})
"""charts that can be of one entity"""
SUFFIXES = {".svg": "svg", ".png": "png", ".json": "json"}
_BEFORE = 7
"""periods before the one asked for that a trend begins with"""
_WIDTH = 640
_PACKAGE, _INSTALL = "vl_convert", "kpi-scorecard[html]"


@click.command(name="chart")
@click.argument("file")
@click.argument("what", type=click.Choice(CHARTS))
@click.option("-e", "--entity", "parts", multiple=True, metavar="KEY=VALUE", help="Of which entity; as for explain.")
@click.option("--of", "node", metavar="NODE", help="What a trend is of: a metric or a group; the score by default.")
@click.option("--by", metavar="ATTRIBUTE", help="The attribute whose values are the rows of a heat map, or segment; entities by default.")
@data_options()
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="For which background.")
@click.option("--width", type=click.IntRange(320, 4000), default=_WIDTH, show_default=True, help="In pixels; a PNG has twice as many.")
@click.option(
    "--out", "outputs", multiple=True, metavar="FILE", help="The picture: .svg or .png; .json for its Vega-Lite spec. May be repeated."
)
@shared_options
def command(
    file: str,
    what: str,
    parts: tuple[str, ...],
    node: str | None,
    by: str | None,
    asked: Asked,
    theme: str,
    width: int,
    outputs: tuple[str, ...],
) -> int:
    """Draw one chart as a picture: SVG or PNG. Without --out the SVG goes to where the output is sent.

    \b
    scorecard chart acme.scorecard.yaml bands --period 2025-Q4..2026-Q3 --out bands.svg
    scorecard chart acme.scorecard.yaml waterfall -e customer_id=C042 --out C042.png
    scorecard chart acme.scorecard.yaml trend -e customer_id=C042 --of csat --theme dark --out csat.png
    scorecard chart acme.scorecard.yaml heat --by region --out regions.svg
    """
    from scorecard.app import evaluate, load
    from scorecard.cli.answering import files_for
    from scorecard.cli.definitions import definitions
    from scorecard.cli.explain import key_of, one_of
    from scorecard.cli.issues import show_issues
    from scorecard.evaluation.found import found
    from scorecard.report.charts.draw import shows
    from scorecard.report.charts.picture import PICTURES, Wish
    from scorecard.report.charts.theme import THEMES
    from scorecard.report.portfolio import portfolio

    chosen = settings()
    files = files_for(outputs, SUFFIXES)
    if not files and sys.stdout.isatty():
        raise UsageError([Issue(code="SC715", values={"name": "svg", "suffix": ".svg"})])
    if find_spec(_PACKAGE) is None:
        first = str(files[0][0]) if files else "stdout"
        raise UsageError([Issue(code="SC713", values={"file": first, "reason": "package", "package": _PACKAGE, "install": _INSTALL})])
    name, key = one_of(definitions([file])), key_of(parts)
    plugins = chosen.registry()
    scorecard = load(name, plugins)
    node, by = _named(scorecard, what, node, by, of_one=bool(key))
    with working(chosen.say("progress.scoring", name=name)):
        before = _BEFORE if what == "trend" else 0
        evaluation = evaluate(scorecard, **asked._asdict(), before=before, plugins=plugins)
        shown, scores = list(evaluation.periods)[-1]
        row = found(evaluation, key)[1] if key else None
        wish = Wish(
            portfolio=portfolio(evaluation, shown, scores),
            language=chosen.language,
            row=row,
            node=node or "total",
            by=by,
            theme=THEMES[theme],
            width=width,
        )
        picture = PICTURES[what](wish)
    if not picture.rows:
        raise InconclusiveError([Issue(code="SC733", values={"chart": what})])
    if any(form == "png" for _, form in files) and not shows(json.dumps(picture.rows, ensure_ascii=False)):
        show_issues([Issue(code="SC734", level=Level.WARNING)], chosen.language)
    for path, form in files:
        _write(path, _drawn(picture, form))
        click.echo(chosen.say("written.file", file=str(path)), err=True)
    if not files:
        click.echo(_drawn(picture, "svg"), nl=False)
    return FAILED if evaluation.failures else FINE


def _named(scorecard: Scorecard, what: str, node: str | None, by: str | None, *, of_one: bool) -> tuple[str | None, str | None]:
    """The node and the attribute by their ids. Raises UsageError for what no chart of this definition can be."""
    attributes = titles_of_attributes(scorecard) | ({"segment": Text()} if scorecard.segments else {})
    issue = None
    if of_one and what not in OF_ONE:
        issue = Issue(code="SC732", values={"chart": what, "reason": "everybody", "allowed": sorted(OF_ONE)})
    elif node is not None and what != "trend":
        issue = Issue(code="SC732", values={"option": "--of", "chart": "trend", "reason": "option"})
    elif by is not None and what != "heat":
        issue = Issue(code="SC732", values={"option": "--by", "chart": "heat", "reason": "option"})
    elif what == "bands" and not scorecard.bands:
        issue = Issue(code="SC732", values={"reason": "bands"})
    elif what == "trend" and scorecard.period is None:
        issue = Issue(code="SC732", values={"reason": "periods"})
    if issue is not None:
        raise UsageError([issue])
    of = None if node is None else named(node, titles_of_nodes(scorecard), "SC731")
    return of, None if by is None else named(by, attributes, "SC732", reason="attribute")


def _drawn(picture: Picture, form: str) -> bytes:
    from scorecard.report.charts.draw import draw, filled

    if form == "json":
        return (json.dumps(filled(picture.spec, picture.rows), ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
    return draw(picture.spec, picture.rows, "png" if form == "png" else "svg")


def _write(path: Path, content: bytes) -> None:
    from scorecard.report.files import refused, write_file

    try:
        write_file(path, [content])
    except OSError as error:
        raise OutputError([refused(str(path), error)]) from error
