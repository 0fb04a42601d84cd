"""Issues on stderr: place, code, what, and the line with a caret."""

from __future__ import annotations

from collections.abc import Iterable

import click

from scorecard.describe import render
from scorecard.model.issue import Issue, Level

_COLORS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}


def show_issues(issues: Iterable[Issue], language: str | None = None) -> None:
    """Prints each issue; the code is colored on a terminal."""
    from scorecard.cli.options import Settings

    context = click.get_current_context(silent=True)
    spoken = language or (context.find_root().ensure_object(Settings).language if context else Settings().language)
    for issue in issues:
        head, _, rest = render(issue, spoken).partition(f"{issue.code} ")
        click.echo(f"{head}{click.style(issue.code, fg=_COLORS[issue.level], bold=True)} {rest}", err=True)
