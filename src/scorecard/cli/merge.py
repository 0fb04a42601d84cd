"""`scorecard merge`: a base has moved on; what that means to a client, and its file with the changes taken over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.issues import show_issues
from scorecard.cli.leaving import FINE, ISSUES
from scorecard.cli.options import Settings, settings, shared_options, wrong
from scorecard.model.issue import Level

if TYPE_CHECKING:
    from scorecard.definition.revision import Opened
    from scorecard.model.issue import Issue


@click.command(name="merge")
@click.argument("old_base")
@click.argument("new_base")
@click.argument("client")
@click.option("--write", is_flag=True, help="Write the client's file with the changes taken over, instead of printing the diff.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@shared_options
def command(old_base: str, new_base: str, client: str, write: bool, form: str) -> int:
    """Bring what changed in a base to a client: OLD_BASE and NEW_BASE are files, or revisions such as main:configs/base.scorecard.yaml.

    \b
    scorecard merge main:industry/retail.scorecard.yaml industry/retail.scorecard.yaml clients/acme.scorecard.yaml
    scorecard merge retail-2025.scorecard.yaml retail-2026.scorecard.yaml acme.scorecard.yaml > acme.patch

    A CLIENT that extends the base follows by itself: said is which changes reach it, and which of its own values stand before them.
    In one that was made by copying, what only the base changed is taken over, and what both changed is a conflict: exit code 1.
    """
    from scorecard.definition.follow import extends
    from scorecard.definition.revision import opened

    chosen = settings()
    old, new = opened(old_base), opened(new_base)
    if extends(client, old, new):
        if write:
            raise wrong("usage.follows")
        return _follow(client, old, new, form, chosen)
    return _merge(client, old, new, form, chosen, write=write)


def _follow(client: str, old: Opened, new: Opened, form: str, chosen: Settings) -> int:
    from scorecard.definition.follow import follow
    from scorecard.report.merge import FollowingTold, follow_records
    from scorecard.report.tabular import as_json

    following = follow(client, old, new, chosen.registry())
    if form == "json":
        click.echo(as_json(follow_records(following)), nl=False)
    else:
        for line in FollowingTold(following, chosen.language).lines():
            click.echo(line)
    show_issues(following.issues, chosen.language)
    return ISSUES if any(issue.level is Level.ERROR for issue in following.issues) else FINE


def _merge(client: str, old: Opened, new: Opened, form: str, chosen: Settings, *, write: bool) -> int:
    """The diff on stdout, or the file written; on stderr what was taken over and what was not."""
    from scorecard.definition.layers import FOLDERS
    from scorecard.definition.merge import merged
    from scorecard.definition.patch.edits import folder_of, kept_text, unified
    from scorecard.definition.revision import Opened
    from scorecard.report.merge import MergeTold, merge_records
    from scorecard.report.tabular import as_json

    document, _ = Opened(FOLDERS, client).read()
    before = kept_text(client)
    found = merged(old, new, document, before)
    diff = unified(client, folder_of([client]), before, found.text)
    if write and found.text != before:
        _write(client, found.text, chosen)
    if form == "json":
        click.echo(as_json({**merge_records(found), "patch": diff}), nl=False)
    elif not write:
        click.echo(diff, nl=False)
    for line in MergeTold(found, chosen.language).lines():
        click.echo(line, err=True)
    broken = _new_issues(client, before, found.text, chosen)
    show_issues(broken, chosen.language)
    failed = any(issue.level is Level.ERROR for issue in broken)
    return ISSUES if found.conflicts or found.by_hand or failed else FINE


def _new_issues(client: str, before: str, after: str, chosen: Settings) -> list[Issue]:
    """What is wrong with the file once the changes are in it and was not before: a group that went, with a metric of the client's in it."""
    from scorecard.definition.check import check_text, said_anew

    plugins = chosen.registry()
    return said_anew(*(check_text(text, client, plugins).issues for text in (before, after)))


def _write(client: str, text: str, chosen: Settings) -> None:
    from scorecard.errors import OutputError
    from scorecard.report.files import refused, write_file

    try:
        write_file(Path(client), [text.encode()])
    except OSError as error:
        raise OutputError([refused(client, error)]) from error
    click.echo(chosen.say("written.file", file=client), err=True)
