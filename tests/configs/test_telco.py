"""Real customers: 7,043 of a telecom company, each by itself and all together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

import scorecard
from scorecard.advice.levers import by_row, levers
from scorecard.evaluation.evaluation import Evaluation
from scorecard.report.advice import given

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


def test_recommendations_for_every_customer(customers: Evaluation) -> None:
    lines = [line for own in given(customers, {}, "en") for line in own]
    values = customers.to_pandas().set_index("customer_id")
    here = values["left.value"] != "Churned"
    may_leave = (values["satisfaction.value"] <= 3) & (values["churn_score.value"] > 60)
    assert len({line.key for line in lines if line.recommendation == "call"}) == int((here & may_leave).sum()) > 100
    assert all(values.loc[line.key[0], "left.value"] != "Churned" for line in lines)
    assert {line.recommendation for line in lines} == {"call", "keep", "value", "refer"}


def test_levers_keep_their_promise_on_a_sample(configs: Path, customers: Evaluation, shared: Path, engine: str) -> None:
    ((_, scores),) = customers.periods
    rows = np.random.default_rng(7).choice(CUSTOMERS, 500, replace=False)
    found = dict(zip(rows.tolist(), by_row(levers(customers, scores, rows), rows), strict=True))
    status = pd.read_csv(shared / "data" / "telco" / "status.csv")
    place = dict(zip(status["Customer ID"], status.index, strict=True))
    names = customers.scores["customer_id"]
    for metric, column in {"satisfaction": "Satisfaction Score", "lifetime_value": "CLTV", "churn_score": "Churn Score"}.items():
        for goal in ("target", "band"):
            mine = {row: lever for row, own in found.items() for lever in own if (lever.metric, lever.goal) == (metric, goal)}
            assert len(mine) > 50
            changed = status.copy()
            changed[column] = changed[column].astype(float)
            for row, lever in mine.items():
                changed.loc[place[names[row]], column] = lever.needed
            frames = {"status": changed if engine == "pandas" else pl.from_pandas(changed)}
            after = scorecard.evaluate(configs / "telco" / "customers.scorecard.yaml", engine=engine, frames=frames).scores  # type: ignore[arg-type]
            for row, lever in mine.items():
                assert after["score"][row] == pytest.approx(customers.scores["score"][row] + lever.gain, abs=1e-9)
                assert after["band"][row] == lever.total_band
