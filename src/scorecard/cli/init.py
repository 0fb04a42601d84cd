"""`scorecard init`: a small definition to start from."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click

from scorecard.cli.options import settings, shared_options
from scorecard.errors import OutputError, UsageError
from scorecard.model.issue import Issue

TEMPLATES = ("demo",)
SUFFIX = ".scorecard.yaml"
_NAME = re.compile(r"\w[\w-]*")


@click.command(name="init")
@click.argument("name", default="demo")
@click.option("--template", type=click.Choice(TEMPLATES), default=TEMPLATES[0], show_default=True)
@shared_options
def command(name: str, template: str) -> None:
    """Write a small definition that runs at once.

    It goes to NAME.scorecard.yaml in this folder and brings made-up records. A file that is there already is left as it is.
    """
    stem = name.removesuffix(SUFFIX)
    if not _NAME.fullmatch(stem):
        raise UsageError([Issue(code="SC722", values={"name": name})])
    target = Path(f"{stem}{SUFFIX}")
    text = files("scorecard.cli").joinpath("templates", f"{template}{SUFFIX}").read_text("utf-8").replace("NAME", stem)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise UsageError([Issue(code="SC719", values={"file": str(target)})]) from None
    except OSError as error:
        raise OutputError([Issue(code="SC717", values={"file": str(target), "error": error.strerror or str(error)})]) from error
    chosen = settings()
    click.echo(chosen.say("written.file", file=target), err=True)
    click.echo(f"scorecard run {target}")
