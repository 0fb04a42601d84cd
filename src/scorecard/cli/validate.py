"""`scorecard validate`: everything that is wrong with some definitions, at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scorecard.cli.apart import each
from scorecard.cli.issues import show_issues
from scorecard.cli.leaving import FAILED, FINE, ISSUES, worst
from scorecard.cli.linting import Asked, asked, lint_options
from scorecard.cli.options import Settings, settings, shared_options, wrong
from scorecard.model.issue import Issue, Level
from scorecard.report.issues import FORMS

if TYPE_CHECKING:
    from scorecard.hooks.registry import Registry


@click.command(name="validate")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--with-sources", is_flag=True, help="Read the data too: are the columns there, targets where values lie, conditions met?")
@click.option("--plan", "show_plan", is_flag=True, help="Print what would be computed, in order; opens the data.")
@click.option(
    "--fix", is_flag=True, help="Write what is safe to mend: misspelt keys, the order of thresholds and sections, the schema's line."
)
@click.option("--diff", "as_diff", is_flag=True, help="Print what --fix would write as a unified diff, and write nothing.")
@lint_options
@click.option("--format", "form", type=click.Choice(["text", *FORMS]), default="text", show_default=True)
@click.option("--out", metavar="FILE", help="Write the format into this file, and show the text.")
@shared_options
def command(
    files: tuple[str, ...],
    with_sources: bool,
    show_plan: bool,
    fix: bool,
    as_diff: bool,
    form: str,
    out: str | None,
    as_of: date | None,
    **lint: Any,
) -> int:
    """Check definitions; report everything that is wrong at once, and what is probably not meant.

    FILE may be several definitions, patterns, or folders with *.scorecard.yaml.
    """
    from scorecard.cli.definitions import definitions

    if as_diff and form != "text":
        raise wrong("usage.diff_alone")
    if out is not None and form == "text":
        raise wrong("usage.out_without_format", names=", ".join(FORMS))
    chosen = settings()
    wish = asked(as_of=as_of, **lint)
    found = definitions(files)
    plugins = chosen.registry()
    if fix or as_diff:
        from scorecard.cli.definitions import named
        from scorecard.cli.mending import mend_files

        mend_files(found, named(files), plugins, chosen, write=not as_diff)
    opens = with_sources or show_plan
    checked = (
        [_checked(file, plugins, wish, opens=opens, reads=with_sources) for file in found]
        if opens
        else each(found, lambda file: _checked(file, plugins, wish))
    )
    codes = [code for code, _ in checked]
    unique: dict[object, Issue] = {}
    for _, own in checked:
        for issue in own:
            unique.setdefault(issue.identity, issue)
    issues = list(unique.values())
    if form != "text":
        _write(found, issues if form == "json" else wish.shown(issues), form, out, chosen)
    if form == "text" or out is not None:
        show_issues(wish.shown(issues), chosen.language)
        click.echo(_summary(found, issues, chosen), err=as_diff)
        if notes := wish.left_out(issues):
            click.echo(chosen.say("validate.notes", codes=notes), err=as_diff)
    if show_plan and worst(codes) == FINE:
        _print_plans(found, plugins, chosen.language)
    return worst(codes)


def _write(files: Sequence[str], issues: Sequence[Issue], form: str, out: str | None, chosen: Settings) -> None:
    """Prints the issues in a form, or writes it into a file. Raises OutputError."""
    from scorecard.cli.answering import answer, files_for
    from scorecard.definition.fixes import documents_of, fixes_of
    from scorecard.report.issues import Checked, written

    root = Path(os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR") or ".").resolve()
    fixes = fixes_of(issues, documents_of(issues)) if form == "sarif" else ()
    text = written(Checked(files=files, issues=issues, fixes=fixes, language=chosen.language, root=root), form)
    if out is None:
        click.echo(text, nl=False)
    else:
        answer({form: lambda: text}, "text", files_for([out], {Path(out).suffix.lower(): form}), chosen)


def _print_plans(files: Sequence[str], plugins: Registry, language: str) -> None:
    from scorecard.app import load, plan
    from scorecard.plan.show import as_text

    for file in files:
        drawn, _ = plan(load(file, plugins), plugins)
        if drawn is not None:
            click.echo(f"\n{file}\n{as_text(drawn, language)}")


def _checked(file: str, plugins: Registry, wish: Asked, *, opens: bool = False, reads: bool = False) -> tuple[int, Sequence[Issue]]:
    """The exit code and the issues of one definition; its data are opened, and read, only where the definition has no error."""
    from scorecard.app import check_sources, lint, lint_with_data
    from scorecard.errors import ScorecardError

    outcome = lint(file, plugins, today=wish.today)
    issues = wish.wanted(outcome.issues)
    if outcome.scorecard is None or outcome.errors:
        return ISSUES, issues
    if not opens:
        return wish.code(issues), issues
    try:
        more = check_sources(outcome.scorecard, plugins)
        if reads and not any(issue.level is Level.ERROR for issue in more):
            more = (*more, *lint_with_data(outcome, plugins, today=wish.today))
    except ScorecardError as error:
        return error.exit_code, [*issues, *error.issues]
    issues += wish.wanted(more)
    errors = [issue for issue in more if issue.level is Level.ERROR]
    data = any(issue.code.startswith("SC6") for issue in errors)
    return FAILED if data else ISSUES if errors else wish.code(issues), issues


def _summary(files: Sequence[str], issues: Sequence[Issue], chosen: Settings) -> str:
    definitions = _counted(chosen, "files", len(files))
    errors, warnings = (sum(issue.level is level for issue in issues) for level in (Level.ERROR, Level.WARNING))
    if not errors and not warnings:
        return chosen.say("validate.fine", files=definitions)
    counts = {"errors": _counted(chosen, "errors", errors), "warnings": _counted(chosen, "warnings", warnings)}
    return chosen.say("validate.count", files=definitions, **counts)


def _counted(chosen: Settings, what: str, count: int) -> str:
    return chosen.say(f"validate.{what}.one" if count == 1 else f"validate.{what}", count=count)
