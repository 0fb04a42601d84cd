"""The page about plugins: its file is a plugin, its cases hold, its source is read, and a wrong path is told."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from scorecard.app import evaluate, registry
from scorecard.errors import ScorecardError
from scorecard.testing import check_plugin, read_cases, run_case

PAGE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text("utf-8")
FILES = {name: text for _, name, text in re.findall(r"^```(python|yaml)\n# plugins/(\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)}
DEFINITION = """\
schema: scorecard/1
entity: {key: [customer], roster: done}
sources: {done: {type: pipes, path: done.txt}}
metrics:
  late: {type: share_late, source: done, worst: 50%, target: 0%}
  hours: {source: done, measure: sum(hours), worst: 10, target: 0}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the page, as it names them."""
    (tmp_path / "plugins").mkdir()
    for name, text in FILES.items():
        (tmp_path / "plugins" / name).write_text(text, "utf-8")
    (tmp_path / "done.txt").write_text("customer|due_on|done_on|hours\nA|2026-01-04|2026-01-05|１.5\nA|2026-01-09|2026-01-05|3\n", "utf-8")
    (tmp_path / "x.scorecard.yaml").write_text(DEFINITION, "utf-8")
    return tmp_path


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_its_cases_hold(folder: Path, engine: str) -> None:
    plugins = registry([folder / "plugins"])
    assert plugins.issues == ()
    cases = read_cases(folder / "plugins" / "late.yaml")
    assert len(cases) == 4
    for case in cases:
        run_case(case, plugins, engine)  # type: ignore[arg-type]


def test_its_file_keeps_the_contract() -> None:
    module = ModuleType("late")
    exec(compile(FILES["late.py"], "late.py", "exec"), module.__dict__)
    check_plugin(module)


def test_its_source_is_read_and_what_it_refuses_is_told(folder: Path) -> None:
    plugins = registry([folder / "plugins"])
    evaluation = evaluate(folder / "x.scorecard.yaml", plugins=plugins)
    assert evaluation.metrics["value"].tolist() == [0.5, 4.5]
    (folder / "done.txt").unlink()
    with pytest.raises(ScorecardError, match="SC621"):
        evaluate(folder / "x.scorecard.yaml", plugins=plugins)
