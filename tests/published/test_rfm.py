"""Recency, frequency and monetary value, as the R package rfm scores and names them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from scorecard import Evaluation


@pytest.mark.parametrize(("table", "count"), [("customers", 39_999), ("orders", 995)])
def test_every_score_and_segment(score: Callable[..., Evaluation], published: Callable[..., pd.DataFrame], table: str, count: int) -> None:
    found = score(f"rfm/{table}").to_pandas().set_index("customer_id")
    expected = published(f"rfm_r_package/expected_{table}.csv", "customer_id")
    expected.index = expected.index.astype(str)
    assert len(found) == len(expected) == count
    found = found.loc[expected.index]
    assert found["score"].tolist() == expected["rfm_score"].tolist()
    assert found["segment.value"].tolist() == expected["segment"].tolist()
