"""Definitions to lint, on a day that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from scorecard.definition.check import Outcome
from scorecard.definition.lint import linted
from scorecard.hooks.registry import Registry

TODAY = date(2026, 11, 22)


@pytest.fixture
def lint(check: Callable[[str], Outcome], registry: Registry) -> Callable[[str], Outcome]:
    """The outcome of a fragment, lint included."""
    return lambda fragment: linted(check(fragment), registry, TODAY)


@pytest.fixture
def found(lint: Callable[[str], Outcome]) -> Callable[[str, str], list[dict[str, object]]]:
    """The values of a fragment's issues with one code."""

    def found(fragment: str, code: str) -> list[dict[str, object]]:
        outcome = lint(fragment)
        assert outcome.scorecard is not None, [(issue.code, dict(issue.values)) for issue in outcome.issues]
        return [dict(issue.values) for issue in outcome.issues if issue.code == code]

    return found
