"""An Excel workbook from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scorecard.report import destinations

DEMO = str(Path(__file__).parents[3] / "configs" / "demo" / "demo.scorecard.yaml")


def test_the_suffix_says_that_a_workbook_is_wanted(run, tmp_path: Path) -> None:
    target = tmp_path / "报告.xlsx"
    assert run("run", DEMO, "--period", "2026-Q3", "--lang", "zh", "--out", str(target)).code == 0
    assert load_workbook(target, read_only=True).sheetnames[0] == "概览"
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".yaml"] == ["报告.xlsx"]


@pytest.mark.parametrize("way", [("--out", "scores.xlsx"), ("--format", "excel")])
def test_without_the_package_it_says_what_to_install(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: tuple[str, str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(destinations, "find_spec", lambda name: None)
    result = run("run", DEMO, *way)
    assert result.code == 2
    assert "SC713" in result.err
    assert "pip install 'kpi-scorecard[excel]'" in result.err
    assert not (tmp_path / "scores.xlsx").exists()
