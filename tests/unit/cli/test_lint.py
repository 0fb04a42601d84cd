"""`validate` on the command line: which warnings and notes are shown, and when they fail it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DEFINITION = """\
entity: {key: [c]}
sources: {s: {type: csv, path: s.csv}}
metrics:
  late: {measure: share(late), worst: 100%, target: 0%, unit: percent, due: 2026-06-30}
rules: {r: {when: late.value > 80, add: -5, reason: Too late}}
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.scorecard.yaml").write_text(DEFINITION, encoding="utf-8")
    return "a.scorecard.yaml"


def codes(result: Any) -> list[str]:
    return [line.split()[1] for line in result.err.splitlines() if line.startswith("a.scorecard.yaml:")]


def test_warnings_are_shown_and_notes_counted(run: Any, file: str) -> None:
    result = run("validate", file, "--as-of", "2026-01-01")
    assert (result.code, codes(result)) == (0, ["SC806"])
    assert result.out == "1 definition: 0 errors, 1 warning\nnotes left out: SC842, SC845; --notes shows them\n"
    assert codes(run("validate", file, "--as-of", "2026-01-01", "--notes")) == ["SC842", "SC845", "SC806"]


def test_strict_fails_on_a_warning_and_not_on_a_note(run: Any, file: str) -> None:
    assert run("validate", file, "--strict").code == 1
    assert run("validate", file, "--strict", "--select", "SC84", "--as-of", "2026-01-01").code == 0


def test_the_day_decides_what_is_over(run: Any, file: str) -> None:
    assert codes(run("validate", file, "--as-of", "2026-06-30")) == ["SC806"]
    assert codes(run("validate", file, "--as-of", "2026-07-01")) == ["SC844", "SC806"]


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--select", "SC806"], ["SC806"]),
        (["--select", "SC80,sc842"], ["SC842", "SC806"]),
        (["--select", "SC842", "--select", "SC845"], ["SC842", "SC845"]),
        (["--ignore", "SC8"], []),
        (["--ignore", "SC806", "--notes"], ["SC842", "SC845"]),
        (["--select", "SC84", "--ignore", "SC842"], ["SC845"]),
    ],
)
def test_codes_are_selected_and_ignored(run: Any, file: str, options: list[str], shown: list[str]) -> None:
    assert codes(run("validate", file, "--as-of", "2026-01-01", *options)) == shown


def test_an_error_is_shown_whatever_is_selected(run: Any, file: str) -> None:
    Path(file).write_text(DEFINITION.replace("worst", "wurst"), encoding="utf-8")
    result = run("validate", file, "--select", "SC842", "--ignore", "SC8")
    assert (result.code, codes(result)) == (1, ["SC104"])


@pytest.mark.parametrize(("code", "said"), [("SC899", "no check of lint is called 'SC899'"), ("SC4", "an error cannot be left out")])
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_no_check_has_is_wrong_usage(run: Any, file: str, option: str, code: str, said: str) -> None:
    result = run("validate", file, option, code)
    assert result.code == 2
    assert said in result.err


def test_what_was_meant_is_guessed(run: Any, file: str) -> None:
    assert "did you mean 'SC842'" in run("validate", file, "--ignore", "SC8422").err


def test_json_has_every_level(run: Any, file: str) -> None:
    found = json.loads(run("validate", file, "--format", "json", "--as-of", "2026-01-01").out)
    assert {(issue["code"], issue["level"]) for issue in found} == {("SC806", "warning"), ("SC842", "info"), ("SC845", "info")}


def test_lint_speaks_chinese(run: Any, file: str) -> None:
    result = run("--lang", "zh", "validate", file, "--as-of", "2026-01-01")
    assert "规则“r”的条件永远不成立：late.value 的范围是 0 到 1" in result.err
    assert "未显示的提示：SC842, SC845" in result.out


def test_what_stops_a_command_is_said_in_chinese(run: Any) -> None:
    assert run("--lang", "zh", "run", "nofile.yaml").err == "SC710 没有文件或文件夹“nofile.yaml”\n"
    assert run("run", "nofile.yaml", "--lang", "zh").err == "SC710 没有文件或文件夹“nofile.yaml”\n"
