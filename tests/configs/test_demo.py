"""The demonstration: made-up data that look real, scored the same on every engine."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import scorecard
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import judge

LATEST = "2026-Q3"


@pytest.fixture
def demo(configs: Path) -> Path:
    return configs / "demo"


@pytest.fixture
def evaluation(demo: Path, engine: str) -> Evaluation:
    return scorecard.evaluate(demo / "demo.scorecard.yaml", period=LATEST, engine=engine)  # type: ignore[arg-type]


def cells(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_it_gives_what_it_gave(evaluation: Evaluation, demo: Path, same_as_golden: Callable[[Evaluation, Path], None]) -> None:
    same_as_golden(evaluation, demo / "golden" / f"{LATEST}.json")


def test_its_gates_hold_so_that_the_demonstration_ends_well(evaluation: Evaluation) -> None:
    assert [judged.passed for judged in judge(evaluation)] == [True]
    assert evaluation.notes == ()


def test_it_shows_every_band_and_why_some_have_no_score(evaluation: Evaluation) -> None:
    scores = evaluation.scores
    counts = scores["band"].value_counts()
    assert 50 <= len(scores) <= 70
    assert all(counts[band] >= 0.15 * len(scores) for band in ("red", "amber", "green"))
    assert (scores.loc[scores["band"] == "insufficient", "reason"] == "coverage_too_low").all()
    assert counts["insufficient"] >= 1


def test_an_open_critical_ticket_keeps_a_project_from_being_healthy(evaluation: Evaluation) -> None:
    wide = evaluation.to_pandas()
    open_critical = wide[wide["open_critical.value"] > 0]
    assert len(open_critical) >= 3
    assert (open_critical["score"].dropna() <= 79.9).all()
    assert (open_critical["score"] == 79.9).any()


def test_metrics_of_the_customer_are_the_same_on_all_its_projects(evaluation: Evaluation) -> None:
    metrics = evaluation.metrics
    values = metrics[metrics["metric"].isin(["clv", "renewal"])].groupby(["customer_id", "metric"])["value"]
    assert (values.nunique() <= 1).all()
    growth = metrics[(metrics["metric"] == "growth") & (metrics["state"] == "measured")]
    assert (growth.groupby("customer_id")["value"].nunique() == 1).all()


def test_young_projects_have_no_growth_and_do_not_pay_for_it(evaluation: Evaluation) -> None:
    metrics = evaluation.metrics.merge(evaluation.scores[["customer_id", "project_id", "started_on"]], on=["customer_id", "project_id"])
    growth = metrics[metrics["metric"] == "growth"]
    young = growth["started_on"] > pd.Timestamp("2024-10-01")
    assert (growth.loc[young, "state"] == "not_applicable").all()
    assert (growth.loc[young, "lost"].dropna() == 0).all()
    assert (growth.loc[~young, "state"] == "measured").all()


def test_the_exempt_customer_is_not_asked_until_its_exemption_ends(demo: Path) -> None:
    evaluation = scorecard.evaluate(demo / "demo.scorecard.yaml", period="2026-Q2..2026-Q3")
    metrics = evaluation.metrics
    states = metrics[(metrics["customer_id"] == "C018") & (metrics["metric"] == "csat")].groupby("period")["state"].first()
    assert states[LATEST] == "excluded"
    assert states["2026-Q2"] != "excluded"


def test_the_data_are_what_the_script_makes(demo: Path, tmp_path: Path) -> None:
    runpy.run_path(str(demo / "generate.py"))["write"](tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in (demo / "data").iterdir())
    for name in made:
        if name.endswith(".csv"):
            assert (tmp_path / name).read_bytes() == (demo / "data" / name).read_bytes(), name
        else:
            assert cells(tmp_path / name) == cells(demo / "data" / name), name


def test_the_data_stay_small(demo: Path) -> None:
    assert sum(path.stat().st_size for path in (demo / "data").iterdir()) < 600_000


def test_the_reader_is_told_that_everything_is_made_up(demo: Path) -> None:
    assert "Everything here is made up" in (demo / "README.md").read_text(encoding="utf-8")


def test_trap_17_a_threshold_of_zero_is_a_threshold(evaluation: Evaluation) -> None:
    explained = evaluation.explain(customer_id="C018", project_id="P026").total
    [satisfaction] = [group for group in explained.children if group.id == "satisfaction"]
    thresholds = {metric.id: dict(metric.thresholds) for metric in satisfaction.children}
    assert thresholds["nps"] == {"amber": 0.0, "green": 35.0}
    assert thresholds["momentum"] == {"amber": -5.0, "green": 0.0}


def test_every_project_can_be_explained_and_its_parts_add_up(evaluation: Evaluation) -> None:
    for key, score in evaluation.scores.set_index(["customer_id", "project_id"])["score"].items():
        explanation = evaluation.explain(customer_id=key[0], project_id=key[1])
        if not pd.isna(score):
            assert sum(line.amount for line in explanation.ledger) == pytest.approx(score, abs=1e-9)
            assert sum(line.amount for line in explanation.lost) == pytest.approx(100 - score, abs=1e-9)
