"""The command line in another language: its help, its usage errors, and what click says itself."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from inspect import cleandoc
from typing import Any, TypeVar

import click

from scorecard.errors import UsageError
from scorecard.language.translation import DOMAIN, ENGLISH, LOCALE, translated
from scorecard.language.words import LANGUAGES, known
from scorecard.model.issue import Issue

HELP = "help"
"""the context of help texts in the catalogues"""
RAW = "\b"
"""the line that click puts above a paragraph that keeps its lines"""
_OPTION = "--lang"
_SWITCH = "LANGUAGE"
_Command = TypeVar("_Command", bound=click.Command)


class Language(click.Choice[str]):
    """A language that there is a catalogue of, also as environments write it: zh, zh_CN, zh-TW."""

    def __init__(self) -> None:
        super().__init__(list(LANGUAGES))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if found := known(str(value)):
            return found
        raise UsageError([Issue(code="SC791", values={"name": value, "allowed": list(LANGUAGES)})])


def asked(arguments: Sequence[str]) -> str | None:
    """The language that the arguments ask for, wherever they do; None where they name none that is known.

    It is looked for before they are parsed, so that help and what is wrong with the arguments are said in it too.
    """
    found = None
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, text = argument.partition("=")
        if name == _OPTION:
            found = text if equals else next(iter(arguments[place + 1 :]), "")
    return known(found) if found is not None else None


@contextmanager
def click_speaks(language: str) -> Iterator[None]:
    """Lets click take its own texts from our catalogue. It asks gettext, and gettext the environment."""
    if language == ENGLISH:
        yield
        return
    before, domain = os.environ.get(_SWITCH), gettext.textdomain()
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    os.environ[_SWITCH] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop(_SWITCH)
        if before is not None:
            os.environ[_SWITCH] = before


def into(command: _Command, language: str) -> _Command:
    """A command whose help is said in a language; one of its own, since click keeps the help of `--help` that it made first."""
    made = copy(command)
    if language == ENGLISH:
        return made
    from scorecard.cli.wide import WideContext

    made.context_class = WideContext
    made.help = _told(command.help, language)
    made.params = [_with_help(param, language) for param in command.params]
    if isinstance(made, click.Group):
        made.commands = {name: into(each, language) for name, each in made.commands.items()}
    return made


def paragraphs(help: str) -> list[str]:
    """The paragraphs of a help text, each in one line, but for those that keep their lines."""
    parts = cleandoc(help).partition("\f")[0].split("\n\n")
    return [part if part.startswith(RAW) else " ".join(part.split()) for part in parts]


def _told(help: str | None, language: str) -> str | None:
    return help and "\n\n".join(translated(part, HELP, language) for part in paragraphs(help))


def _with_help(param: click.Parameter, language: str) -> click.Parameter:
    if not isinstance(param, click.Option):
        return param
    made = copy(param)
    made.help = _told(param.help, language)
    return made
