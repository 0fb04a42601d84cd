"""`scorecard test`: runs the cases of definitions, and says what none of them shows."""

from __future__ import annotations

import click

from scorecard.cli.answering import answer, files_for
from scorecard.cli.issues import show_issues
from scorecard.cli.leaving import FINE, INCONCLUSIVE, ISSUES, worst
from scorecard.cli.options import settings, shared_options
from scorecard.errors import DefinitionError, UsageError
from scorecard.model.issue import Issue


@click.command(name="test")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-k", "--case", "names", multiple=True, metavar="NAME", help="Run only this case. May be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json", "junit", "markdown"]), default="text", show_default=True)
@click.option("--out", "outputs", multiple=True, metavar="FILE", help="Write a file as well: .xml (JUnit), .json or .md. May be repeated.")
@shared_options
def command(files: tuple[str, ...], names: tuple[str, ...], form: str, outputs: tuple[str, ...]) -> int:
    """Run the cases of definitions, and say what no case shows.

    A case is written under `cases:` in a definition, or beside acme.scorecard.yaml in acme.cases.yaml:
    values of metrics or rows of sources in; score, band, rules and recommendations out.
    """
    from scorecard.app import load
    from scorecard.cases import told
    from scorecard.cases.junit import as_junit
    from scorecard.cases.run import run
    from scorecard.cases.uncovered import coverage
    from scorecard.cli.definitions import definitions

    chosen = settings()
    targets = files_for(outputs, {".xml": "junit", ".json": "json", ".md": "markdown"})
    found = definitions(files)
    plugins = chosen.registry()
    scorecards, codes = [], []
    for file in found:
        try:
            scorecards.append(load(file, plugins))
        except DefinitionError as error:
            show_issues(error.issues, chosen.language)
            codes.append(ISSUES)
    known = list(dict.fromkeys(id for scorecard in scorecards for id in scorecard.cases))
    _refuse_unknown(names, known)
    suites = []
    for scorecard in scorecards:
        tried = tuple(run(scorecard, plugins, names))
        suites.append(told.Suite(scorecard, tried, () if names else coverage(scorecard, tried)))
        codes += [FINE if one.passed else ISSUES for one in tried]
    if not known:
        show_issues([Issue(code="SC916", values={"files": ", ".join(found)})], chosen.language)
        codes.append(INCONCLUSIVE)
    if form == "text":
        for line, style in told.lines(suites, chosen.language):
            click.echo(click.style(line, **style))
    forms = {
        "json": lambda: told.as_json(suites, chosen.language),
        "junit": lambda: as_junit(suites, chosen.language),
        "markdown": lambda: told.as_markdown(suites, chosen.language),
    }
    answer(forms, form, targets, chosen)
    return worst(codes)


def _refuse_unknown(names: tuple[str, ...], known: list[str]) -> None:
    from scorecard.definition.wording import hints

    if unknown := [name for name in names if name not in known]:
        raise UsageError([Issue(code="SC917", values={"name": unknown[0], **hints(unknown[0], known)})])
