"""`scorecard init`: complete definitions to start from."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from scorecard.cli.options import Settings, settings, shared_options
from scorecard.errors import OutputError, UsageError
from scorecard.model.issue import Issue
from scorecard.model.text import Text

TEMPLATES = ("b2b-software", "key-account-projects", "retail-loyalty", "service-desk", "sales-team", "supplier", "demo")
"""each a folder beside this module, with all the files it consists of"""
SUFFIX = ".scorecard.yaml"
SCHEMA = "scorecard.schema.json"
"""what the first line of every template names, so that editors complete and check"""
_COMMAND = "#   "


@click.command(name="init")
@click.argument("name", required=False)
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@shared_options
def command(name: str | None, folder: Path) -> None:
    """Write a complete definition that runs at once. Without NAME, list what there is.

    It goes to NAME.scorecard.yaml in FOLDER, this one unless given, and brings made-up records; beside it goes the schema for
    editors. A definition that is there already is left as it is.
    """
    chosen = settings()
    if name is None:
        for line in _listing(chosen):
            click.echo(line)
        return
    if name not in TEMPLATES:
        raise UsageError([Issue(code="SC722", values={"name": name, "did_you_mean": get_close_matches(name, TEMPLATES, n=2)})])
    _write(name, folder, chosen)
    for line in _next(name, folder / f"{name}{SUFFIX}"):
        click.echo(line)


def _listing(chosen: Settings) -> Iterator[str]:
    from scorecard.definition.read import read_text

    width = max(map(len, TEMPLATES))
    for name in TEMPLATES:
        document, _ = read_text(_definition(name), name)
        assert document is not None
        yield f"{name.ljust(width)}  {Text(document.data['description']).into(chosen.language)}"
    yield ""
    yield chosen.say("init.more")


def _write(name: str, folder: Path, chosen: Settings) -> None:
    """All files of a template, or none where one is there already, and the schema where there is none yet."""
    from scorecard.definition.schema import schema_text

    texts = {folder / each.name: each.read_text("utf-8") for each in _folder(name).iterdir() if each.name.endswith(SUFFIX)}
    for target in texts:
        if target.exists():
            raise UsageError([Issue(code="SC719", values={"file": str(target)})])
    if not (folder / SCHEMA).exists():
        texts[folder / SCHEMA] = schema_text(chosen.registry())
    for target, text in texts.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            raise OutputError([Issue(code="SC717", values={"file": str(target), "error": error.strerror or str(error)})]) from error
        click.echo(chosen.say("written.file", file=target), err=True)


def _next(name: str, written: Path) -> list[str]:
    """The commands to type next: the first two that the template's own comments name."""
    said = [line.removeprefix(_COMMAND) for line in _definition(name).splitlines() if line.startswith(f"{_COMMAND}scorecard ")]
    return [line.replace(written.name, str(written)) for line in said[:2]]


def _definition(name: str) -> str:
    return (_folder(name) / f"{name}{SUFFIX}").read_text("utf-8")


def _folder(name: str) -> Traversable:
    return files("scorecard.cli").joinpath("templates", name)
