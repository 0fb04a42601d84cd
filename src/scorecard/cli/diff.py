"""`scorecard diff`: what another definition does to everybody."""

from __future__ import annotations

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.explain import one_of
from scorecard.cli.leaving import FAILED, FINE, INCONCLUSIVE, ISSUES
from scorecard.cli.options import Asked, data_options, settings, shared_options
from scorecard.cli.progress import working
from scorecard.model.issue import Level

_POINTS = click.FloatRange(min=0)


@click.command(name="diff")
@click.argument("old")
@click.argument("new", required=False)
@data_options()
@click.option("--max-band-changes", "bands", metavar="N|N%", help="Fail where more entities, or a greater share of them, change band.")
@click.option("--max-shift", "shift", type=_POINTS, metavar="POINTS", help="Fail where the score of any entity moves further.")
@click.option("--max-mean-shift", "mean_shift", type=_POINTS, metavar="POINTS", help="Fail where the mean of all scores moves further.")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json", "csv"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .md, .json or .csv. May be repeated.")
@shared_options
def command(
    old: str,
    new: str | None,
    asked: Asked,
    bands: str | None,
    shift: float | None,
    mean_shift: float | None,
    form: str,
    outputs: tuple[str, ...],
) -> int:
    """Say what a change of a definition does to everybody, and by what: weights, targets, curves, rules, missing data, metrics.

    OLD and NEW are files, or revisions as git writes them; a revision alone is compared with the file at hand. Both are scored on the
    same data.

    \b
    scorecard diff main:configs/acme.scorecard.yaml
    scorecard diff old.scorecard.yaml new.scorecard.yaml --max-band-changes 5% --max-shift 10
    scorecard diff main:configs/acme.scorecard.yaml --format markdown > comment.md

    Exit code 1: a limit is exceeded; 4: nothing could be compared, or a limit cannot be judged.
    """
    from scorecard.advice.impact.limits import Limits, Verdict, band_changes, judge
    from scorecard.app import compare
    from scorecard.cli.issues import show_issues
    from scorecard.definition.changes.written import at_hand
    from scorecard.report import tabular
    from scorecard.report.impact.files import as_json, as_rows
    from scorecard.report.impact.markdown import as_markdown
    from scorecard.report.impact.teller import Teller

    chosen = settings()
    files = files_for(outputs)
    most, of_all = band_changes(bands) if bands is not None else (None, False)
    names = _named(old), _named(new) if new is not None else at_hand(old)
    with working(chosen.say("progress.scoring", name=names[1])):
        impact = compare(*names, **asked._asdict(), plugins=chosen.registry())
    judged = list(judge(impact, Limits(band_changes=most, of_all=of_all, shift=shift, mean_shift=mean_shift)))
    teller = Teller(impact, judged, chosen.language)
    if form == "text":
        from scorecard.cli.impacted import show

        show(teller)
    forms = {
        "json": lambda: as_json(teller),
        "csv": lambda: tabular.as_csv(*as_rows(impact)),
        "markdown": lambda: as_markdown(teller),
    }
    answer(forms, form, files, chosen)
    if failed := [note for each in impact.evaluations for note in each.notes if note.level is Level.ERROR]:
        show_issues(failed, chosen.language)
        return FAILED
    if any(one.verdict is Verdict.FAILED for one in judged):
        return ISSUES
    is_open = not impact.compared.any() or any(one.verdict is Verdict.OPEN for one in judged)
    return INCONCLUSIVE if is_open else FINE


def _named(name: str) -> str:
    """A revision as it is, or the one definition that a name stands for. Raises UsageError."""
    from scorecard.cli.definitions import definitions
    from scorecard.definition.layers import FOLDERS
    from scorecard.definition.revision import opened

    return one_of(definitions([name])) if opened(name).tree is FOLDERS else name
