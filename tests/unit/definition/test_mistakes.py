"""Mistakes that authors really make: each told at its place with its way out, all of a file in one pass, and nothing else.

A file of `tests/cases/definition/invalid` says at its end what is expected of it: line, column, code and a part of the sentence.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scorecard.cli.main import run

FOLDER = Path(__file__).parents[2] / "cases" / "definition" / "invalid"
FILES = sorted(FOLDER.glob("*.scorecard.yaml"))
EXPECTED = re.compile(r"^# expect: (\d+):(\d+) (SC\d{3}) (.+)$", re.MULTILINE)
WITH_SOURCES = "# scorecard validate --with-sources\n"
TODAY = "2026-07-01"

Told = tuple[int, int, str, str]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """What `scorecard validate` tells of a file, notes left out."""

    def told(file: Path, language: str) -> list[Told]:
        monkeypatch.chdir(FOLDER)
        more = ["--with-sources"] if WITH_SOURCES in file.read_text("utf-8") else []
        arguments = ["--lang", language, "validate", file.name, "--format", "json", "--as-of", TODAY, *more]
        assert run(arguments) in (0, 1)
        issues = [issue for issue in json.loads(capsys.readouterr().out) if issue["level"] != "info"]
        assert {issue["file"] for issue in issues} == {file.name}
        return [(issue["line"], issue["column"], issue["code"], issue["message"]) for issue in issues]

    return told


def expected(file: Path) -> list[Told]:
    return [(int(line), int(column), code, part) for line, column, code, part in EXPECTED.findall(file.read_text("utf-8"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_every_mistake_is_told_at_its_place_with_its_way_out(told, file: Path) -> None:
    found, wanted = told(file, "en"), expected(file)
    assert [issue[:3] for issue in found] == [issue[:3] for issue in wanted]
    assert [part for (*_, sentence), (*_, part) in zip(found, wanted, strict=True) if part not in sentence] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_the_places_are_the_same_in_chinese(told, file: Path) -> None:
    assert [issue[:3] for issue in told(file, "zh")] == [issue[:3] for issue in expected(file)]


def test_there_are_enough_of_them_and_some_files_have_several() -> None:
    counts = [len(expected(file)) for file in FILES]
    assert len(FILES) >= 20
    assert all(counts)
    assert sum(count > 1 for count in counts) >= 10
