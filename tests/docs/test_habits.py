"""Habits of the house: everything that has a name is documented, tested, and says nothing of the machine it was written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scorecard.expression.functions import FUNCTIONS, INTERNAL
from scorecard.hooks.spec import HOOKS, Hooks
from scorecard.language import catalogue, pages
from scorecard.model.text import Text
from scorecard.scoring.aggregations import AGGREGATIONS
from scorecard.scoring.curves import CURVES

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted([*(ROOT / "tests").rglob("*.py"), *(ROOT / "tests").rglob("*.yaml"), *(ROOT / "plugins").rglob("test*.py")])
TESTED = "\n".join(path.read_text("utf-8") for path in TESTS if path != Path(__file__))
EMITTING = [path for path in SOURCES if "word_lists" not in path.parts]
EMITTED = sorted({code for path in EMITTING for code in re.findall(r"SC\d{3}", path.read_text("utf-8"))})


@pytest.mark.parametrize("code", EMITTED)
def test_an_issue_code_has_a_sentence_and_a_page(code: str) -> None:
    assert code in catalogue.codes()
    text = pages.page(code)
    assert text.startswith(f"# {code}: ")
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["What", "Why", "Example", "Fix"]


def test_every_page_is_of_a_code_that_can_be_met() -> None:
    assert set(pages.codes()) <= set(EMITTED)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_is_documented_and_tested(hook: str) -> None:
    assert (getattr(Hooks, hook).__doc__ or "").strip()
    assert f"def {hook}(" in TESTED


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - INTERNAL))
def test_a_function_is_documented_and_tested(name: str) -> None:
    assert FUNCTIONS[name].doc.strip().endswith(".")
    assert re.search(rf"(?<![\w.]){name}\(", TESTED)
    assert f"| `{name}(" in (ROOT / "docs" / "formulas.md").read_text("utf-8")


@pytest.mark.parametrize("record", [*CURVES.values(), *AGGREGATIONS.values()], ids=lambda record: record.id)
def test_a_curve_or_aggregation_is_documented_in_both_languages_and_tested(record) -> None:
    for text in (record.title, record.doc):
        assert isinstance(text, Text)
        assert all(text.by_language[language].strip() for language in ("en", "zh"))
        assert re.search(r"[\u4e00-\u9fff]", text.by_language["zh"])
    assert record.id in TESTED


FOREIGN = re.compile(r"(?<![\w.~])/(?:work|tmp|home|root|Users)/\w|[A-Z]:\\\\\w")
TEXTS = sorted(
    path
    for part in ("src", "tests", "docs", "configs", "plugins", "schemas", "benchmarks")
    for path in (ROOT / part).rglob("*")
    if path.suffix in (".py", ".md", ".yaml", ".json", ".toml", ".txt") and not {"__pycache__", "node_modules"} & {*path.parts}
)


def test_nothing_names_a_path_of_somebodys_machine() -> None:
    found = {str(path.relative_to(ROOT)): FOREIGN.findall(path.read_text("utf-8")) for path in TEXTS}
    assert {name: places for name, places in found.items() if places} == {}
