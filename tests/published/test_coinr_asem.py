"""The ASEM sustainable connectivity index, as the R package COINr computes it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from scorecard import Evaluation


def test_every_level_and_every_rank(score: Callable[..., Evaluation], published: Callable[..., pd.DataFrame]) -> None:
    evaluation = score("coinr_asem/coinr_asem")
    indicators = evaluation.metrics.pivot(index="country", columns="metric", values="score")
    groups = evaluation.groups.pivot(index="country", columns="group", values="score").rename(columns={"total": "Index"})
    found = pd.concat([indicators, groups], axis=1)

    expected = published("coinr_asem/expected_6_aggregated.csv", "UnitCode").drop(columns="UnitName")
    assert expected.shape == (51, 60)
    pd.testing.assert_frame_equal(
        found.loc[expected.index, expected.columns],
        expected,
        check_names=False,
        check_dtype=False,
        check_column_type=False,
        rtol=0,
        atol=1e-6,
    )

    ranks = published("coinr_asem/expected_7_results_ranks.csv", "UnitCode")["Index"]
    assert evaluation.scores.set_index("country").loc[ranks.index, "rank"].tolist() == ranks.tolist()
    assert len(ranks) == 51
