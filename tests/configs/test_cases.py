"""The cases of the worked scorecards come out as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.app import load, registry
from scorecard.cases.run import run
from scorecard.cases.told import Suite, wrong

CONFIGS = Path(__file__).parents[2] / "configs"


@pytest.mark.parametrize("name", ["demo/demo", "clients/yunfan/customer-projects"])
def test_every_case_comes_out(name: str) -> None:
    plugins = registry()
    scorecard = load(CONFIGS / f"{name}.scorecard.yaml", plugins)
    suite = Suite(scorecard, tuple(run(scorecard, plugins)))
    assert suite.tried
    assert [line for tried in suite.tried if not tried.passed for line in wrong(suite, tried, "en")] == []
