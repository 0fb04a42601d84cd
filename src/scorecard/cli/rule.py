"""`scorecard rule`: what an issue code means."""

from __future__ import annotations

import click

from scorecard.cli.options import settings, shared_options
from scorecard.errors import UsageError
from scorecard.model.issue import Issue


@click.command(name="rule")
@click.argument("code", required=False)
@shared_options
def command(code: str | None) -> None:
    """Explain an issue code: what it is, why it matters, an example and how to mend it.

    Without a code, lists all of them.
    """
    from scorecard.language.pages import codes, page

    language, known = settings().language, codes()
    if code is None:
        for each in known:
            click.echo(page(each, language).splitlines()[0].removeprefix("# "))
        return
    asked = code.strip().upper()
    if asked not in known:
        from difflib import get_close_matches

        raise UsageError([Issue(code="SC721", values={"name": code, "did_you_mean": get_close_matches(asked, known, n=3, cutoff=0.6)})])
    click.echo(page(asked, language), nl=False)
