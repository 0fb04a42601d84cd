"""A client's scorecard in layers, on the files a client sends: two spellings, GBK, blanks that are slashes, a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import scorecard
from scorecard.evaluation.evaluation import Evaluation
from scorecard.evaluation.gates import judge


@pytest.fixture
def client(configs: Path) -> Path:
    return configs / "clients" / "yunfan" / "customer-projects.scorecard.yaml"


@pytest.fixture
def evaluation(client: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> Evaluation:
    monkeypatch.setenv("ERP_URL", "sqlite:///data/erp.db")
    return scorecard.evaluate(client, period="2026-Q3", engine=engine)  # type: ignore[arg-type]


def test_the_layers_add_up_to_one_definition(client: Path) -> None:
    definition = scorecard.load(client)
    assert {Path(file).name for file in definition.files} == {
        "customer-projects.scorecard.yaml",
        "shared.scorecard.yaml",
        "b2b-software.scorecard.yaml",
        "key-account.scorecard.yaml",
        "three-bands.scorecard.yaml",
    }
    assert list(definition.metrics) == ["csat", "growth", "resolution", "open_critical"], "the shared layer takes nps away"
    csat = definition.metrics["csat"]
    assert csat.source == "surveys"
    assert csat.owner == "客户成功部"
    assert csat.params["scale"] == [1, 5]
    assert csat.params["questions"] == {"q1": 2, "q2": 1}
    assert definition.metrics["growth"].unit == "percent"
    assert {band.id: band.title.by_language["zh"] for band in definition.bands} == {"red": "预警", "amber": "关注", "green": "健康"}


def test_it_runs_from_the_files_to_the_gate(evaluation: Evaluation) -> None:
    scores = evaluation.scores
    assert len(scores) == 25
    assert scores["score"].notna().sum() == 22
    assert set(scores["tier"]) == {"strategic", "key", "standard"}
    assert set(scores["is_new"]) == {True, False}
    [gate] = judge(evaluation)
    assert (gate.fails, gate.unknown) == (1, 0)
    assert evaluation.notes == ()


def test_it_gives_what_it_gave(evaluation: Evaluation, client: Path, same_as_golden: Callable[[Evaluation, Path], None]) -> None:
    same_as_golden(evaluation, client.parent / "golden" / "2026-Q3.json")


def test_new_customers_have_no_growth(evaluation: Evaluation) -> None:
    metrics = evaluation.metrics.merge(evaluation.scores[["customer_id", "project_id", "is_new"]], on=["customer_id", "project_id"])
    growth = metrics[metrics["metric"] == "growth"].set_index("is_new")["state"]
    assert set(growth[True]) == {"not_applicable"}
    assert "not_applicable" not in set(growth[False])


def test_answers_of_both_workbooks_count_and_those_of_sales_do_not(evaluation: Evaluation) -> None:
    answers = evaluation.plan.scorecard.sources["surveys"]
    assert [spec.spellings for spec in answers.columns if spec.name == "customer_id"] == [("客户编号", "客户代码")]
    csat = evaluation.metrics[evaluation.metrics["metric"] == "csat"]
    assert csat.loc[csat["customer_id"] == "C042", "state"].eq("excluded").all()
    assert csat.loc[csat["state"] == "measured", "value"].between(0, 100).all()
    assert (csat["state"] == "measured").sum() > 15


def test_strategic_projects_are_judged_by_their_segment(evaluation: Evaluation) -> None:
    metrics = evaluation.metrics.merge(evaluation.scores[["customer_id", "project_id", "tier"]], on=["customer_id", "project_id"])
    targets = metrics[metrics["metric"] == "resolution"].groupby("tier")["target"].unique().map(list).to_dict()
    assert targets == {"strategic": [4.0], "key": [8.0], "standard": [8.0]}


def test_a_database_that_is_not_there_is_an_issue_of_its_source(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP_URL", "sqlite:///data/absent.db")
    with pytest.raises(scorecard.DataError) as caught:
        scorecard.evaluate(client, period="2026-Q3")
    [issue] = caught.value.issues
    assert issue.values["source"] == "orders"
    assert issue.place is not None
    assert issue.place.file.endswith("shared.scorecard.yaml")
