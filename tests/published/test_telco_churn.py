"""Churn of IBM's telecom company as its export comes: published figures, and those computed beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard import Evaluation

Score = Callable[..., Evaluation]


@pytest.fixture
def expected(cases: Path) -> dict[str, Any]:
    path = cases.parent / "data" / "telco_churn" / "expected.json"
    if not path.is_file():
        pytest.skip(f"no published data at {path.parent}")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_churn_by_contract(score: Score, expected: dict[str, Any]) -> None:
    evaluation = score("telco_churn/contracts")
    metrics = evaluation.metrics.set_index(["metric", "contract"])
    churn = {contract: round(100 * value, 2) for contract, value in metrics.loc["churn", "value"].items()}
    assert churn == expected["churn_pct_by_contract"] == {"Month-to-month": 42.71, "One year": 11.27, "Two year": 2.83}
    assert metrics.loc["churn", "band"].to_dict() == {"Month-to-month": "red", "One year": "amber", "Two year": "green"}
    assert evaluation.notes == ()


def test_churn_of_all_customers(score: Score, expected: dict[str, Any]) -> None:
    evaluation = score("telco_churn/portfolio")
    values = evaluation.metrics.set_index("metric")["value"]
    assert round(100 * values["churn"], 2) == expected["churn_rate_pct"] == 26.54
    assert round(100 * values["revenue_churn"], 2) == expected["revenue_churn_pct"] == 30.5
    assert (values["customers"], values["lost"]) == (expected["customers"], expected["churned"])
    assert values["never_charged"] == expected["blank_total_charges"] == 11
    assert values["revenue"] == pytest.approx(expected["mrr"])
    assert values["revenue_lost"] == pytest.approx(expected["mrr_lost"])
    by_internet = {"DSL": "dsl", "Fiber optic": "fiber", "No": "no_internet"}
    assert {name: round(100 * values[id], 2) for name, id in by_internet.items()} == expected["churn_pct_by_internet"]
    by_payment = dict(
        zip(sorted(expected["churn_pct_by_payment"]), ["by_transfer", "by_card", "by_electronic_check", "by_mailed_check"], strict=True)
    )
    assert {name: round(100 * values[id], 2) for name, id in by_payment.items()} == expected["churn_pct_by_payment"]
    assert evaluation.notes == ()
