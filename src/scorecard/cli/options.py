"""Options that every command takes, before or behind its name, and what they add up to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from scorecard.cli.days import DAY
from scorecard.cli.spoken import Language
from scorecard.language.words import language_of, say

if TYPE_CHECKING:
    from datetime import date

    from scorecard.engine.backend import Engine
    from scorecard.hooks.registry import Registry

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Settings:
    """What was asked for on either side of the command's name."""

    folders: list[str] = field(default_factory=list)
    language: str = field(default_factory=lambda: language_of(os.environ))

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    def registry(self) -> Registry:
        """Everything the plugins offer. Says on stderr what is wrong with any; a folder that is none is a UsageError."""
        from scorecard.app import registry
        from scorecard.cli.issues import show_issues
        from scorecard.errors import UsageError

        found = registry(self.folders)
        absent = [issue for issue in found.issues if issue.code == NO_FOLDER]
        if absent:
            raise UsageError(absent)
        show_issues(found.issues, self.language)
        return found


NO_FOLDER = "SC514"
LATEST = "A label such as 2026-Q3; the latest by default."


def settings() -> Settings:
    """The settings of the command that is running."""
    return click.get_current_context().find_root().ensure_object(Settings)


def wrong(key: str, /, **values: object) -> click.UsageError:
    """What is wrong with the arguments, said in the language that they ask for."""
    return click.UsageError(settings().say(key, **values))


def _add_folders(ctx: click.Context, _: click.Parameter, folders: tuple[str, ...]) -> None:
    ctx.find_root().ensure_object(Settings).folders += folders


def _set_language(ctx: click.Context, _: click.Parameter, language: str | None) -> None:
    if language is not None:
        ctx.find_root().ensure_object(Settings).language = language


class Asked(NamedTuple):
    """What of the data is to be scored: which period, as they stood when, and what measures them."""

    period: str | None
    as_of: date | None
    engine: Engine | None


def data_options(period: str | None = LATEST) -> Callable[[F], F]:
    """Adds `--period` (with this help; None where a command has its own), `--as-of` and `--engine`; the command takes them as `asked`."""

    def added(command: F) -> F:
        @wraps(command)
        def asking(*, period: str | None, as_of: date | None, engine: Engine | None, **others: Any) -> Any:
            return command(asked=Asked(period, as_of, engine), **others)

        as_of = "Read the data as they stood: records from this day on are not read."
        asking = click.option("--engine", type=click.Choice(["pandas", "polars"]), help="What measures the records.")(asking)
        asking = click.option("--as-of", type=DAY, metavar="DATE", help=as_of)(asking)
        return cast(F, click.option("--period", help=period)(asking) if period is not None else asking)

    return added


def shared_options(command: F) -> F:
    """Adds `--plugins` and `--lang`."""
    for option in (
        click.option(
            "--lang",
            type=Language(),
            callback=_set_language,
            expose_value=False,
            help="Language of the output.",
        ),
        click.option(
            "--plugins",
            multiple=True,
            metavar="DIR",
            callback=_add_folders,
            expose_value=False,
            help="A folder with plugins; may be given several times.",
        ),
    ):
        command = option(command)
    return command
