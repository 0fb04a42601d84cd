"""The worked definitions are good ones: lint warns of none of them, or they say why they are as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import scorecard
from scorecard.cli.definitions import definitions
from scorecard.model.issue import Level

ROOT = Path(__file__).parents[2]
FILES = definitions([str(ROOT / "configs"), str(ROOT / "src" / "scorecard" / "cli" / "templates")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).relative_to(ROOT).as_posix())
def test_there_is_nothing_to_warn_of(file: str) -> None:
    outcome = scorecard.lint(file, today=date(2026, 11, 22))
    assert [(issue.code, str(issue.place), dict(issue.values)) for issue in outcome.issues if issue.level is not Level.INFO] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file).relative_to(ROOT).as_posix())
def test_notes_are_few(file: str) -> None:
    outcome = scorecard.lint(file, today=date(2026, 11, 22))
    assert len(outcome.issues) <= 12
