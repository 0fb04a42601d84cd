"""The worked scorecards from the command line, as their readers are told to run them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from scorecard.cli.main import main; main()"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "LANG": "en_US.UTF-8", **environment},
    )


def test_the_demonstration_runs_and_ends_well(configs: Path) -> None:
    done = run("run", str(configs / "demo" / "demo.scorecard.yaml"), "--period", "2026-Q3")
    assert done.returncode == 0, done.stderr
    assert "Customer project score · 2026-Q3" in done.stdout
    assert "Taihu Shipyard" in done.stdout
    assert done.stderr == ""


def test_the_demonstration_speaks_chinese(configs: Path) -> None:
    done = run("run", str(configs / "demo" / "demo.scorecard.yaml"), "--period", "2026-Q3", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    for words in ("客户管理项目评分", "预警", "关注", "健康", "客户满意度"):
        assert words in done.stdout


def test_the_readme_names_a_project_that_can_be_explained(configs: Path) -> None:
    readme = (configs / "demo" / "README.md").read_text(encoding="utf-8")
    [line] = [line.split() for line in readme.splitlines() if line.strip().startswith("scorecard explain")]
    done = run("explain", str(configs / "demo" / line[2]), *line[3:], "--period", "2026-Q3")
    assert done.returncode == 0, done.stderr
    assert "Yaguang Ceramics" in done.stdout
    assert "What costs points" in done.stdout


def test_an_exported_table_has_a_row_for_each_project(configs: Path, tmp_path: Path) -> None:
    target = tmp_path / "scores.csv"
    done = run("run", str(configs / "demo" / "demo.scorecard.yaml"), "--period", "2025-Q4..2026-Q3", "--out", str(target))
    assert done.returncode in (0, 1), done.stderr
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 1 + 50 + 50 + 52 + 55


def test_a_client_with_a_strategic_project_at_risk_fails_its_gate(configs: Path) -> None:
    client = configs / "clients" / "yunfan" / "customer-projects.scorecard.yaml"
    done = run("run", str(client), "--period", "2026-Q3", "--lang", "zh", ERP_URL="sqlite:///data/erp.db")
    assert done.returncode == 1, done.stderr
    assert "战略客户没有预警项目" in done.stdout
    assert "C002 P-002" in done.stdout


@pytest.mark.parametrize("name", ["customers", "portfolio"])
def test_the_telecom_scorecards_run(configs: Path, shared: Path, name: str) -> None:
    done = run("run", str(configs / "telco" / f"{name}.scorecard.yaml"), "--top", "5", SCORECARD_SHARED=str(shared))
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_all_worked_definitions_are_fine(configs: Path) -> None:
    done = run("validate", str(configs))
    assert done.returncode == 0, done.stderr
