"""Exercises with published answers: stores against targets, customers by year."""

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
