"""Which issues of lint a person wants to see, and which of them fail the command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import click

from scorecard.cli.days import DAY
from scorecard.cli.leaving import FINE, ISSUES
from scorecard.errors import UsageError
from scorecard.model.issue import Issue, Level

F = TypeVar("F", bound=Callable[..., Any])
FAMILY = tuple(f"SC8{tens}" for tens in range(8))
"""how the codes of lint begin, that with data among them; errors of reading have others and cannot be left out"""
UNKNOWN = "SC859"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked of lint: the beginnings of codes to show, or not to show."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    notes: bool
    today: date

    def wanted(self, issues: Iterable[Issue]) -> list[Issue]:
        """The issues without those of lint that were not asked for."""
        return [issue for issue in issues if not is_lint(issue) or self._wants(issue.code)]

    def shown(self, issues: Iterable[Issue]) -> list[Issue]:
        """The issues to print one by one: notes are only counted, unless they were asked for."""
        return [issue for issue in issues if self._shows_notes or not _is_note(issue)]

    def left_out(self, issues: Iterable[Issue]) -> str:
        """How many notes of each code are not shown: `SC843 ×7, SC845`; nothing where there is none."""
        found = Counter(issue.code for issue in issues if _is_note(issue) and not self._shows_notes)
        return ", ".join(f"{code} ×{count}" if count > 1 else code for code, count in sorted(found.items()))

    def code(self, issues: Iterable[Issue]) -> int:
        """The exit code of issues among which there is no error."""
        return ISSUES if self.strict and any(issue.level is Level.WARNING for issue in issues) else FINE

    @property
    def _shows_notes(self) -> bool:
        return self.notes or bool(self.select)

    def _wants(self, code: str) -> bool:
        return (not self.select or code.startswith(self.select)) and not (self.ignore and code.startswith(self.ignore))


def is_lint(issue: Issue) -> bool:
    return issue.code.startswith(FAMILY)


def _is_note(issue: Issue) -> bool:
    return is_lint(issue) and issue.level is Level.INFO


def lint_options(command: F) -> F:
    """Adds `--select`, `--ignore`, `--strict`, `--notes` and `--as-of`."""
    codes = "Codes, or how they begin, with commas between: SC811,SC84."
    for option in (
        click.option("--as-of", type=DAY, metavar="DATE", help="The day on which what has a date is over or not; today by default."),
        click.option("--notes", is_flag=True, help="Show every note, which else are only counted."),
        click.option("--strict", is_flag=True, help="Fail on warnings too."),
        click.option("--ignore", multiple=True, metavar="CODES", help=f"Leave out these warnings and notes. {codes}"),
        click.option("--select", multiple=True, metavar="CODES", help=f"Show only these warnings and notes. {codes}"),
    ):
        command = option(command)
    return command


def asked(select: Sequence[str], ignore: Sequence[str], *, strict: bool, notes: bool, as_of: date | None) -> Asked:
    """What the options say. Raises UsageError for a code that no check has."""
    return Asked(select=_codes(select), ignore=_codes(ignore), strict=strict, notes=notes, today=as_of or date.today())


def _codes(written: Sequence[str]) -> tuple[str, ...]:
    names = [name.strip().upper() for names in written for name in names.split(",") if name.strip()]
    wrong = [issue for name in names if (issue := _unknown(name)) is not None]
    if wrong:
        raise UsageError(wrong)
    return tuple(names)


def _unknown(name: str) -> Issue | None:
    from difflib import get_close_matches

    from scorecard.language import catalogue

    every = catalogue.codes()
    known = [code for code in every if code.startswith(FAMILY) and code != UNKNOWN]
    if any(code.startswith(name) for code in known):
        return None
    reason = "error" if any(code.startswith(name) for code in every) else None
    near = get_close_matches(name, known, n=2, cutoff=0.7) if reason is None else []
    return Issue(code=UNKNOWN, values={"name": name, "reason": reason, "did_you_mean": near, "allowed": [] if reason else known})
