"""An answer in the form that is asked for, on stdout and in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from scorecard.cli.options import Settings
from scorecard.errors import OutputError, UsageError
from scorecard.model.issue import Issue
from scorecard.report.destinations import unwritable
from scorecard.report.files import refused, write_file

Forms = Mapping[str, Callable[[], str]]
"""by form, what makes the text"""
SUFFIXES = {".json": "json", ".csv": "csv", ".md": "markdown"}
_MARK = "\ufeff"
"""tells a spreadsheet that the file is UTF-8"""


def files_for(names: Sequence[str], suffixes: Mapping[str, str] = SUFFIXES) -> list[tuple[Path, str]]:
    """The files to write, with their forms. Raises UsageError, before anything is computed, for one that cannot be written."""
    issues: list[Issue] = []
    found: list[tuple[Path, str]] = []
    for name in names:
        path = Path(name)
        form = suffixes.get(path.suffix.lower())
        if form is None:
            issues.append(Issue(code="SC712", values={"file": name, "allowed": sorted(suffixes)}))
        elif (problem := unwritable(path)) is not None:
            issues.append(Issue(code="SC713", values={"file": name, "reason": problem, "folder": str(path.parent)}))
        else:
            found.append((path, form))
    if issues:
        raise UsageError(issues)
    return found


def answer(forms: Forms, form: str, files: Sequence[tuple[Path, str]], chosen: Settings) -> None:
    """Prints a form, unless it is shown as text, and writes the files. Raises OutputError."""
    for path, own in files:
        mark = _MARK if own == "csv" else ""
        try:
            write_file(path, [(mark + forms[own]()).encode()])
        except OSError as error:
            raise OutputError([refused(str(path), error)]) from error
        click.echo(chosen.say("written.file", file=str(path)), err=True)
    if form in forms:
        click.echo(forms[form](), nl=False)
