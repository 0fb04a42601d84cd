"""Every check of lint has a page whose bad example shows what it finds, alone, and whose good one does not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from scorecard.definition.check import Outcome
from scorecard.definition.lint import LEVELS
from scorecard.language import catalogue, pages
from scorecard.model.issue import Level

SHOWN_AGAIN = {"SC857": {"SC843"}}
"""what an entry of `ignore` that is over does not hide any more"""
Lint = Callable[[str], Outcome]


def example(code: str, kind: str) -> str:
    (found,) = re.findall(rf"^```yaml {kind}\n(.*?)^```$", pages.page(code), re.MULTILINE | re.DOTALL)
    return found


def codes(outcome: Outcome, level: Level | None = None) -> set[str]:
    return {issue.code for issue in outcome.issues if level in (None, issue.level)}


@pytest.mark.parametrize("code", LEVELS)
def test_a_bad_example_shows_its_issue_and_no_other(code: str, lint: Lint) -> None:
    bad, good = lint(example(code, "bad")), lint(example(code, "good"))
    assert bad.scorecard is not None
    assert good.scorecard is not None
    assert codes(bad) - codes(good) == {code} | SHOWN_AGAIN.get(code, set())
    assert codes(bad, Level.WARNING) | codes(good, Level.WARNING) <= {code}
    assert {issue.level for issue in bad.issues if issue.code == code} == {LEVELS[code]}


@pytest.mark.parametrize("code", LEVELS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sentence_leaves_no_placeholder_open(code: str, language: str, lint: Lint) -> None:
    for issue in lint(example(code, "bad")).issues:
        said = catalogue.sentence(issue.code, issue.values, language)
        assert not re.search(r"\{[a-z_]+\}", said), said


@pytest.mark.parametrize("code", LEVELS)
def test_an_issue_stands_where_its_value_does(code: str, lint: Lint) -> None:
    for issue in lint(example(code, "bad")).issues:
        assert issue.place is not None
        assert issue.source_line is not None
        assert issue.source_line.strip()
