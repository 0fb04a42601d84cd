"""Exercises with published answers: stores against targets, customers by year, agents of a call centre."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from scorecard import Evaluation

Score = Callable[..., Evaluation]
Published = Callable[..., pd.DataFrame]


def test_stores_against_their_targets(score: Score, published: Published) -> None:
    found = score("prepbench/store_targets", "2019-Q1..2019-Q4").to_pandas()
    found["quarter"] = found["period"].str[-1].astype(int)
    found = found.set_index(["store", "quarter"])
    expected = published("prepbench_kpi/case_043/output_01.csv", ["Store", "Quarter"])
    assert len(found) == len(expected) == 40
    found = found.loc[expected.index]
    columns = {
        "Variance to Target": "variance.value",
        "Variance to Target %": "attainment.value",
        "Target Value": "target_value",
        "Sales": "sales.value",
        "Region": "region",
        "Target": "verdict.value",
        "Actions": "action.value",
    }
    for published_name, name in columns.items():
        assert found[name].tolist() == expected[published_name].tolist(), published_name
    assert found["band"].str.capitalize().tolist() == expected["Target"].tolist()


def test_customers_are_new_consistent_sleeping_or_returning(score: Score, published: Published) -> None:
    found = score("prepbench/customer_years", "2018..2021").to_pandas()
    found["year"] = found["period"].astype(int)
    found = found[found["state"] != "not_applicable"].set_index(["customer_id", "year"])
    expected = published("prepbench_kpi/case_160/expected_customer_year.csv", ["Customer ID", "Year"])
    assert len(found) == len(expected) == 2901
    found = found.loc[expected.index]
    assert found["classification.value"].tolist() == expected["Customer Classification"].tolist()
    assert (found["orders_this_year.value"] > 0).tolist() == (expected["Order?"] == 1).tolist()


def test_cohorts_buy_more_or_less_than_the_year_before(score: Score, published: Published) -> None:
    expected = published("prepbench_kpi/case_160/expected_customer_year.csv", ["Customer ID", "Year"]).reset_index()
    found = score("prepbench/cohorts", "2018..2021").to_pandas()
    more = {
        (int(cohort), int(year)): value for cohort, year, value in zip(found["cohort"], found["period"], found["more.value"], strict=True)
    }
    rows = zip(expected["First Purchase"], expected["Year"], expected["YoY Difference"], strict=True)
    compared = [(more[cohort, year], difference) for cohort, year, difference in rows if year > cohort]
    assert len(compared) == 2108
    assert all(ours == difference for ours, difference in compared)
    assert expected.loc[expected["Year"] == expected["First Purchase"], "YoY Difference"].isna().all()


def test_agents_of_a_call_centre_month_by_month(score: Score, published: Published) -> None:
    evaluation = score("prepbench/call_centre", "2021-01..2021-12")
    found = evaluation.to_pandas().set_index(["id", "period"])
    expected = published("prepbench_kpi/case_158/output_01.csv", ["id", "Month Start Date"])
    assert len(found) == len(expected) == 1620
    months = [f"{day[6:]}-{day[3:5]}" for day in expected.index.get_level_values(1)]
    found = found.loc[list(zip(expected.index.get_level_values(0).astype(str), months, strict=True))]
    for published_name, name in {
        "Calls Answered": "answered",
        "Calls Not Answered": "not_answered",
        "Not Answered Rate": "not_answered_rate",
        "Calls Offered": "offered",
        "Total Duration": "duration",
        "Agent Avg Duration": "duration_per_call",
        "Transfers": "transfers",
        "Sentiment": "sentiment",
    }.items():
        assert found[f"{name}.value"].astype(float).fillna(-999).tolist() == expected[published_name].fillna(-999).tolist(), published_name
    for published_name, name in {"Met Not Answered Rate": "enough_answered", "Met Sentiment Goal": "content"}.items():
        met = found[f"{name}.value"].map({"Met": "True", "Missed": "False"})
        assert met.fillna("").tolist() == expected[published_name].astype(object).fillna("").astype(str).tolist(), published_name
    assert (found["last_name"] + ", " + found["first_name"]).tolist() == expected["Agent Name"].tolist()
    assert (found["leader_last_name"] + ", " + found["leader_first_name"]).tolist() == expected["Leader Name"].tolist()
    assert found["leader"].astype(float).tolist() == expected["Leader 1"].tolist()
    assert found["location"].tolist() == expected["Location"].tolist()
    assert evaluation.notes == ()
