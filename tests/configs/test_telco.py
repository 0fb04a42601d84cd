"""Real customers: 7,043 of a telecom company, each by itself and all together."""

from __future__ import annotations

from pathlib import Path

import pytest

import scorecard
from scorecard.evaluation.evaluation import Evaluation

CUSTOMERS = 7043


@pytest.fixture
def customers(configs: Path, shared: Path, engine: str) -> Evaluation:
    return scorecard.evaluate(configs / "telco" / "customers.scorecard.yaml", engine=engine)  # type: ignore[arg-type]


@pytest.fixture
def portfolio(configs: Path, shared: Path, engine: str) -> Evaluation:
    return scorecard.evaluate(configs / "telco" / "portfolio.scorecard.yaml", engine=engine)  # type: ignore[arg-type]


def test_every_customer_has_a_score_and_everybody_who_left_is_lost(customers: Evaluation) -> None:
    scores = customers.scores
    assert len(scores) == scores["customer_id"].nunique() == CUSTOMERS
    assert scores["score"].between(0, 100).all()
    wide = customers.to_pandas()
    assert ((wide["band"] == "lost") == (wide["left.value"] == "Churned")).all()
    assert (scores["band"] == "lost").sum() == 1869
    assert customers.notes == ()


def test_nobody_who_answers_1_or_2_is_healthy(customers: Evaluation) -> None:
    wide = customers.to_pandas()
    unhappy = wide[wide["satisfaction.value"] <= 2]
    assert len(unhappy) == 922 + 518
    assert unhappy["score"].max() == pytest.approx(64.9)


def test_customers_of_a_contract_are_judged_by_its_targets(customers: Evaluation) -> None:
    metrics = customers.metrics.merge(customers.scores[["customer_id", "contract"]], on="customer_id")
    tenure = metrics[metrics["metric"] == "tenure"]
    assert tenure.groupby("contract")["target"].unique().map(list).to_dict() == {
        "Month-to-Month": [36.0],
        "One Year": [72.0],
        "Two Year": [72.0],
    }
    assert (tenure.loc[(tenure["contract"] == "Month-to-Month") & (tenure["value"] >= 36), "score"] == 100).all()


def test_known_facts_of_the_portfolio(portfolio: Evaluation) -> None:
    values = portfolio.metrics.set_index("metric")["value"]
    assert values["customers"] == CUSTOMERS
    assert [values[f"answers_{answer}"] for answer in range(1, 6)] == [922, 518, 2665, 1789, 1149]
    assert values["churn"] == pytest.approx(1869 / CUSTOMERS)
    assert round(100 * values["churn"], 2) == 26.54
    assert values["consistent_revenue"] == CUSTOMERS
    reasons = {"to_competitors": 841, "by_attitude": 314, "by_dissatisfaction": 303, "by_price": 211, "by_other": 200}
    assert {reason: round(1869 * values[reason]) for reason in reasons} == reasons
    assert portfolio.notes == ()


def test_the_portfolio_reads_the_bands_that_the_customers_got(portfolio: Evaluation, customers: Evaluation) -> None:
    healthy = portfolio.metrics.set_index("metric").loc["healthy", "value"]
    assert healthy == pytest.approx((customers.scores["band"] == "green").mean())
