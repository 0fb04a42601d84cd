"""README says what is true: its definitions check clean, its commands and names exist, its plugin loads."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import scorecard
from scorecard.app import registry
from scorecard.cli.main import COMMANDS
from scorecard.definition.check import check_text
from scorecard.evaluation.evaluation import Evaluation
from scorecard.hooks.discover import look_into
from scorecard.hooks.registry import Plugin

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PLUGIN_README = sorted((ROOT / "plugins").glob("*/README.md"))


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


PAGES = [README, *(page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize("text", [block for page in PAGES for block in blocks("yaml", page) if block.startswith("schema:")])
def test_a_definition_checks_clean(text: str) -> None:
    outcome = check_text(text, "readme.scorecard.yaml", registry())
    assert [(issue.code, str(issue.place), dict(issue.values)) for issue in outcome.issues] == []


def test_there_is_a_definition_to_check() -> None:
    assert any(block.startswith("schema:") for block in blocks("yaml"))


def test_every_command_is_shown_and_every_command_shown_is_there() -> None:
    typed = [*blocks("sh"), *re.findall(r"`(scorecard [^`]*)`", README)]
    shown = set(re.findall(r"^scorecard ([a-z]+)\b(?! *:)", "\n".join(typed), re.MULTILINE))
    assert shown == set(COMMANDS)


def test_every_option_shown_is_there() -> None:
    rows = [row for row in README.splitlines() if row.startswith("| `scorecard")]
    assert rows
    for row in rows:
        commands = re.findall(r"`scorecard ([a-z]+)", row)
        have = {option for name in commands for each in import_module(f"scorecard.cli.{name}").command.params for option in each.opts}
        assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)) <= have


def test_the_names_of_the_python_example_exist() -> None:
    (example,) = [block for block in blocks("python") if "scorecard.evaluate" in block]
    assert set(re.findall(r"scorecard\.(\w+)\(", example)) <= set(scorecard.__all__)
    members = {name for name, _ in inspect.getmembers(Evaluation)} | set(Evaluation.__dataclass_fields__)
    assert set(re.findall(r"evaluation\.(\w+)", example)) <= members
    arguments = set(re.findall(r"(\w+)=", re.search(r"scorecard\.evaluate\((.*?)\)\s+#", example)[1]))
    assert arguments <= set(inspect.signature(scorecard.evaluate).parameters)


def test_the_python_page_says_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its examples run, on the demo; but for those that need a template or a repository, whose names exist."""
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks("python", page):
        assert set(re.findall(r"scorecard\.(\w+)\(", block)) <= set(scorecard.__all__)
        lines = (line for line in block.splitlines() if not re.search(r"templates=|\.compare\(", line))
        exec("\n".join(lines).replace("acme.scorecard.yaml", str(ROOT / "configs" / "demo" / "demo.scorecard.yaml")), names)
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "report.xlsx"}


def test_the_plugin_example_is_one() -> None:
    (example,) = [block for block in blocks("python") if "hookimpl" in block]
    module = ModuleType("readme_plugin")
    exec(compile(example, "README.md", "exec"), module.__dict__)
    offered, issues = look_into(module, Plugin(name="readme", version="0", origin="README.md"))
    assert issues == []
    assert [record.id for record in offered["scorecard_metric_types"]] == ["share_late"]


def test_every_recipe_that_is_shown_is_there() -> None:
    rules = re.findall(r"^([a-z ]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    recipes = {name for rule in rules for name in rule.split()}
    assert set(re.findall(r"make ([a-z]+)", README)) <= recipes


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"\b((?:configs|plugins|schemas|docs)/[\w./-]*\w)", README)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
