"""The ways out of the program: each carries the issues that say what to mend."""

from __future__ import annotations

import os
from collections.abc import Iterable

from scorecard.language.words import language_of
from scorecard.model.issue import Issue


class ScorecardError(Exception):
    """Something a person can mend stopped the work; `issues` says what and where, and the text says it in words."""

    exit_code = 1

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        super().__init__(self.issues)

    def __str__(self) -> str:
        """Every issue as the command line shows it, in the language of the environment."""
        from scorecard.describe import render

        return "\n".join(render(issue, language_of(os.environ)) for issue in self.issues)


class DefinitionError(ScorecardError):
    """The definition has errors."""

    exit_code = 1


class UsageError(ScorecardError):
    """The request does not fit the definition: an unknown period, an unknown entity."""

    exit_code = 2


class DataError(ScorecardError):
    """A source could not be read, or its records contradict the definition."""

    exit_code = 3


class PluginError(ScorecardError):
    """A plugin could not be loaded or did not keep its contract."""

    exit_code = 3


class InconclusiveError(DataError):
    """Everything could be read, and there is nothing to score."""

    exit_code = 4


class OutputError(ScorecardError):
    """A report could not be written."""

    exit_code = 3
