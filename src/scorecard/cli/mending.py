"""What `validate --fix` writes and `--diff` prints: definitions with what is safe to mend mended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorecard.cli.options import Settings
from scorecard.errors import OutputError

if TYPE_CHECKING:
    from scorecard.definition.fixes.fix import Fix
    from scorecard.hooks.registry import Registry


def mend_files(files: Sequence[str], named: Sequence[str], plugins: Registry, chosen: Settings, *, write: bool) -> None:
    """Writes what is changed in definitions, and in layers that are `named`, or prints the unified diff; says every fix on stderr.

    Raises OutputError.
    """
    from scorecard.definition.fixes.mend import mend
    from scorecard.definition.patch.edits import folder_of, unified
    from scorecard.report.files import refused, write_file

    mended = mend(files, plugins, named)
    for file, text in mended.texts.items():
        if not write:
            click.echo(unified(file, folder_of(mended.texts), text.before, text.after), nl=False)
            continue
        try:
            write_file(Path(file), [text.after.encode()])
        except OSError as error:
            raise OutputError([refused(file, error)]) from error
    for fix in mended.made:
        _say("fix.made" if write else "fix.possible", fix, chosen)
    for fix in mended.elsewhere:
        _say("fix.elsewhere", fix, chosen)
    for fix in mended.useless:
        _say("fix.useless", fix, chosen)


def _say(how: str, fix: Fix, chosen: Settings) -> None:
    said = chosen.say(how, file=fix.file, what=fix.description(chosen.language))
    click.echo(f"{fix.issue.place}: {fix.issue.code} {said}", err=True)
