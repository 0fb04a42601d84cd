"""`scorecard run`: score every entity, show or write the result, judge the gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import click

from scorecard.cli.issues import show_issues
from scorecard.cli.leaving import FAILED, FINE, INCONCLUSIVE, ISSUES, worst
from scorecard.cli.options import Asked, Settings, data_options, settings, shared_options, wrong
from scorecard.cli.progress import working
from scorecard.errors import ScorecardError

if TYPE_CHECKING:
    from scorecard.evaluation.baseline import Baseline
    from scorecard.evaluation.evaluation import Evaluation
    from scorecard.evaluation.gates import Judged
    from scorecard.evaluation.limits import Least
    from scorecard.evaluation.run import Request
    from scorecard.hooks.registry import Registry
    from scorecard.model.definition import Scorecard
    from scorecard.report.rows import Sort

TABLE = "table"


@click.command(name="run")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@data_options("A label such as 2026-Q3, 'latest' (default), or first..last.")
@click.option(
    "--format", "form", default=TABLE, show_default=True, metavar="FORMAT", help="table, json, jsonl, csv, markdown, or a plugin's."
)
@click.option(
    "--out",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="Write a file as well; its suffix says the form, and {period}, {band} or an attribute in its name how many. May be repeated.",
)
@click.option(
    "--template", "templates", multiple=True, metavar="FILE", help="What a .docx or .pptx is written on: the firm's own. May be repeated."
)
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Show the first N rows.")
@click.option("--all", "everything", is_flag=True, help="Show all rows; a terminal shows 25.")
@click.option("--sort", type=click.Choice(["score", "key"]), default="score", show_default=True, help="Worst first, or by key.")
@click.option(
    "--only",
    "texts",
    multiple=True,
    metavar="[NAME=]VALUE",
    help="Only these entities: red, or region=North. Several names go together, several values of one are alternatives.",
)
@click.option("--split-by", "split", multiple=True, metavar="NAME", help="A file for each value of an attribute, a key part or the band.")
@click.option("--quiet", is_flag=True, help="Show no table; write the files and say what is wrong.")
@click.option(
    "--fail-under", "under", multiple=True, metavar="[NODE=]SCORE", help="Fail where a score is lower: 60, or csat=50. May be repeated."
)
@click.option("--fail-on", "bands", multiple=True, metavar="BAND", help="Fail where anybody is in this band. May be repeated.")
@click.option("--baseline", metavar="FILE", help="Fail where a score is lower than in this earlier result, a .json of --out.")
@click.option("--tolerance", type=click.FloatRange(min=0), default=0.0, metavar="POINTS", help="By how many points it may be lower.")
@click.option("--max-age", type=click.IntRange(min=0), metavar="DAYS", help="How old the baseline may be.")
@shared_options
def command(
    files: tuple[str, ...],
    asked: Asked,
    form: str,
    outputs: tuple[str, ...],
    templates: tuple[str, ...],
    top: int | None,
    everything: bool,
    sort: Sort,
    texts: tuple[str, ...],
    split: tuple[str, ...],
    quiet: bool,
    under: tuple[str, ...],
    bands: tuple[str, ...],
    baseline: str | None,
    tolerance: float,
    max_age: int | None,
) -> int:
    """Score every entity of a definition and show it, the worst first.

    FILE may be several definitions, patterns, or folders with *.scorecard.yaml.
    """
    from scorecard.cli.definitions import definitions
    from scorecard.cli.handing import hand_over
    from scorecard.evaluation.limits import least
    from scorecard.evaluation.run import Request
    from scorecard.report.destinations import destinations, to_stdout

    if everything and top is not None:
        raise wrong("usage.all_and_top")
    if form != TABLE and (everything or top or quiet or sort != "score"):
        raise wrong("usage.table_only")
    if split and not outputs:
        raise wrong("usage.split_by")
    if baseline is None and (tolerance or max_age is not None):
        raise wrong("usage.baseline")
    from scorecard.report.handover.only import chosen as entities_of
    from scorecard.report.handover.only import only

    chosen = settings()
    limits = Limits(tuple(map(least, under)), bands, baseline, tolerance, max_age)
    found = definitions(files)
    plugins = chosen.registry()
    targets = destinations(outputs, plugins, templates, split)
    printer = None if form == TABLE else to_stdout(form, plugins)
    if len(found) > 1 and (targets or printer is not None):
        raise wrong("usage.several")
    reporters = [one.reporter for one in (*targets, *([printer] if printer is not None else []))]
    before, traced = max((one.before for one in reporters), default=0), any(one.traced for one in reporters)
    request = Request(**asked._asdict(), before=before, traced=traced)
    codes = []
    written: list[str] = []
    for file in found:
        try:
            evaluation, judged = _evaluated(file, request, plugins, limits, chosen)
            wanted = only(texts, evaluation)
            written += hand_over(entities_of(evaluation, wanted), targets, chosen)
        except ScorecardError as error:
            if len(found) == 1:
                raise
            show_issues(error.issues, chosen.language)
            codes.append(error.exit_code)
            continue
        if printer is not None:
            printer.write(entities_of(evaluation, wanted), chosen.language)
        elif not quiet:
            shown = entities_of(evaluation, wanted.beside_bands)
            _show(shown, judged, chosen, sort=sort, only=wanted.bands, most=_most(top, everything))
            _followed(evaluation, file, chosen)
            _raisable(evaluation, judged, limits, chosen)
        else:
            _complained(judged, chosen)
        codes.append(code_of(evaluation, judged))
    for line in written:
        click.echo(line, err=True)
    return worst(codes)


def _complained(judged: tuple[Judged, ...], chosen: Settings) -> None:
    """Says which gates do not hold, where nothing else is shown."""
    from scorecard.report.heading import gate_lines

    for passed, line in gate_lines(judged, chosen.language):
        if not passed:
            click.echo(line, err=True)


class Limits(NamedTuple):
    """What is asked of the scores beside the gates of the definition."""

    least: tuple[Least, ...]
    bands: tuple[str, ...]
    baseline: str | None
    tolerance: float
    max_age: int | None


def _evaluated(file: str, request: Request, plugins: Registry, limits: Limits, chosen: Settings) -> tuple[Evaluation, tuple[Judged, ...]]:
    """Evaluates a definition and judges its gates."""
    from scorecard.app import load
    from scorecard.evaluation.gates import judge
    from scorecard.evaluation.limits import with_limits
    from scorecard.evaluation.run import Run

    scorecard = with_limits(load(file, plugins), limits.least, limits.bands)
    baseline = _baseline(limits, scorecard)
    with working(chosen.say("progress.scoring", name=file)):
        evaluation = replace(Run(scorecard, plugins, request).evaluation(), baseline=baseline)
        return evaluation, judge(evaluation)


def _baseline(limits: Limits, scorecard: Scorecard) -> Baseline | None:
    if limits.baseline is None:
        return None
    from scorecard.report.baseline import read_baseline

    most = timedelta(days=limits.max_age) if limits.max_age is not None else None
    return read_baseline(limits.baseline, scorecard, limits.tolerance, most, datetime.now().astimezone())


def _raisable(evaluation: Evaluation, judged: Sequence[Judged], limits: Limits, chosen: Settings) -> None:
    """Says which limits everybody keeps with room to spare."""
    from scorecard.evaluation.limits import could_be

    for one in could_be(evaluation, limits.least, judged):
        node = "" if one.node == "total" else f"{one.node}="
        click.echo(chosen.say("gate.could_be", limit=f"--fail-under {node}{one.score:g}"))


def _most(top: int | None, everything: bool) -> int | None:
    """How many rows are shown; a pipe gets all of them."""
    from scorecard.cli.screen import is_terminal
    from scorecard.cli.table import ROWS

    return None if everything else top if top is not None or not is_terminal() else ROWS


def _show(
    evaluation: Evaluation, judged: tuple[Judged, ...], chosen: Settings, *, sort: Sort, only: tuple[str, ...] | None, most: int | None
) -> None:
    from scorecard.cli.table import Wish, show

    show(evaluation, judged, Wish(most=most, sort=sort, only=only, language=chosen.language))


def _followed(evaluation: Evaluation, file: str, chosen: Settings) -> None:
    """What became of the recommendations that were taken, in one line; what is wrong with their file is said and stops nothing."""
    from scorecard.report.followup.book import path_of, read_book

    book = path_of(file)
    if not book.exists():
        return
    from scorecard.advice.followup import progress
    from scorecard.report.followup.told import counts

    try:
        entries = read_book(book, evaluation.scorecard.entity.key).entries
    except ScorecardError as error:
        show_issues(error.issues, chosen.language)
        return
    if entries:
        click.echo(chosen.say("follow.line", counts=counts(progress(evaluation, entries), chosen.language), file=file))


def code_of(evaluation: Evaluation, judged: Sequence[Judged]) -> int:
    """The exit code of an evaluation: failed calculations, failed gates, open gates, no score for anybody or an empty source, or fine."""
    from scorecard.evaluation.notes import EMPTY_SOURCE
    from scorecard.report.rows import unscored

    if evaluation.failures:
        return FAILED
    if any(one.fails for one in judged):
        return ISSUES
    if any(note.code == EMPTY_SOURCE for note in evaluation.notes):
        return INCONCLUSIVE
    scored = any(sum(unscored(scores).values()) < len(scores) for _, scores in evaluation.periods)
    return FINE if scored and all(one.passed for one in judged) else INCONCLUSIVE
