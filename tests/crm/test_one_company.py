"""One company in five CRMs: one definition gives the same scores from the exports and the web API of each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

import scorecard
from scorecard.standin import StandIn

CRM = Path(__file__).parents[2] / "configs" / "crm"
YEAR = "2026-Q1..2026-Q4"
SYSTEMS = {"zoho": "csv", "salesforce": "xlsx", "hubspot": "csv", "fxiaoke": "csv", "kingdee": "xlsx"}
TIMES = {
    "accounts": {},
    "surveys": {"time": "answered_at"},
    "opportunities": {"time": "closed_at"},
    "tickets": {"time": "opened_at"},
    "orders": {"time": "ordered_at"},
    "activities": {"time": "planned_at"},
}
"""of each source of the worked definition what is the same for all systems"""


Result = tuple[pd.DataFrame, pd.DataFrame, list[tuple[Any, ...]]]


def evaluated(path: Path) -> Result:
    """Scores, metrics, and what was found out about the records: so many of a source without a time."""
    evaluation = scorecard.evaluate(path, period=YEAR)
    notes = [(issue.code, issue.values.get("source"), issue.values.get("count")) for issue in evaluation.notes]
    return evaluation.scores, evaluation.metrics, notes


def same(found: Result, due: Result) -> None:
    pd.testing.assert_frame_equal(found[0], due[0])
    pd.testing.assert_frame_equal(found[1], due[1])
    assert found[2] == due[2]


@pytest.fixture(scope="session")
def expected() -> Result:
    """What the worked definition gives as it is."""
    return evaluated(CRM / "customers.scorecard.yaml")


def test_the_worked_definition_measures_five_objects(expected: Result) -> None:
    scores, metrics, notes = expected
    assert {code for code, *_ in notes} == {"SC614"}
    assert len(scores) == 4 * 30
    assert scores["score"].notna().mean() > 0.9
    assert scores["score"].nunique() > 50
    measured = metrics[metrics["value"].notna()].groupby("metric")["value"].nunique()
    assert set(measured.index) == {"nps", "win_rate", "revenue", "sla", "critical", "cadence"}
    assert (measured >= 3).all()


def test_the_exports_are_those_that_the_company_writes(written: Path) -> None:
    for path in sorted((CRM / "exports").rglob("*.csv")):
        assert path.read_bytes() == (written / path.relative_to(CRM / "exports")).read_bytes()


def test_the_worked_definition_says_no_more_of_a_system_than_type_and_path() -> None:
    sources = yaml.safe_load((CRM / "customers.scorecard.yaml").read_text("utf-8"))["sources"]
    assert sources == {
        shape: {"type": "zoho", "object": shape, "path": f"exports/zoho/{shape}.csv", **time} for shape, time in TIMES.items()
    }


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_exports_of_every_system_give_the_same(
    system: str, written: Path, defined: Callable[[Mapping[str, Any]], Path], expected: Result
) -> None:
    sources = {
        shape: {"type": system, "object": shape, "path": str(written / system / f"{shape}.{SYSTEMS[system]}"), **time}
        for shape, time in TIMES.items()
    }
    same(evaluated(defined(sources)), expected)


def test_the_web_api_of_every_system_gives_the_same(
    api: tuple[str, Any],
    records: Mapping[str, list[Any]],
    defined: Callable[[Mapping[str, Any]], Path],
    expected: Result,
) -> None:
    system, its = api
    with StandIn(its.holding(records)) as server:
        sources = {
            shape: {"type": system, "object": shape, **its.settings(server.url), **its.kept[shape].settings, "per_second": 10_000, **time}
            for shape, time in TIMES.items()
        }
        found = evaluated(defined(sources))
    same(found, expected)


def test_no_table_of_names_is_imported_before_a_definition_uses_it() -> None:
    """`scorecard validate` imports the entry module of every installed plugin at each start."""
    systems = [*SYSTEMS, "worktile"]
    imports = "\n".join(f"import scorecard_{system}" for system in systems)
    code = f"{imports}\nimport sys\nprint(*sorted(name for name in sys.modules if name.startswith(('scorecard_', 'scorecard.crm'))))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert found == sorted(f"scorecard_{system}" for system in systems)
