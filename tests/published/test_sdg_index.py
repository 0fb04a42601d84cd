"""The SDG Index 2023: indicators, colours, goals, index and ranks as the report has them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from scorecard import Evaluation

Score = Callable[..., Evaluation]
Published = Callable[..., pd.DataFrame]

COUNTRY = "Country Code ISO3"
GOALS = {f"goal_{n}": f"Goal {n} Score" for n in range(1, 18)}
REFILLED = "sdg16_safe"
"""an indicator whose raw values are blank in the report's main sheet and were taken from another"""


def wide(rows: pd.DataFrame, names: str, values: str) -> pd.DataFrame:
    return rows.pivot(index="iso3", columns=names, values=values)


def same(found: pd.DataFrame, expected: pd.DataFrame) -> int:
    """How many published cells there are, every one of them found."""
    found = found.loc[expected.index, expected.columns]
    published = expected.notna()
    differing = expected.where(published & (found != expected)).stack().dropna()
    assert differing.empty, differing.head()
    return int(published.to_numpy().sum())


def test_indicators_colours_and_goals(score: Score, published: Published) -> None:
    evaluation = score("sdg_index_2023/sdg_index_2023")
    metrics = evaluation.metrics

    normalised = published("sdg_index_2023/expected_normalised.csv", COUNTRY)
    found = wide(metrics, "metric", "score").loc[normalised.index, normalised.columns]
    gap = (found - normalised).abs().to_numpy()[normalised.notna().to_numpy()]
    assert gap.size == 15_029
    assert not np.isnan(gap).any()
    assert gap.max() < 1e-9

    colours = published("sdg_index_2023/expected_indicator_colours.csv", COUNTRY)
    bands = wide(metrics, "metric", "band")
    assert same(bands, colours.drop(columns=REFILLED)) == 17_311

    goals = published("sdg_index_2023/expected_goals_index.csv", COUNTRY)[list(GOALS.values())].set_axis(list(GOALS), axis=1)
    found = wide(evaluation.groups, "group", "score").loc[goals.index, goals.columns]
    gap = (found - goals).abs().to_numpy()[goals.notna().to_numpy()]
    assert gap.size == 2_750
    assert not np.isnan(gap).any()
    assert gap.max() < 1e-6


def test_colours_of_the_indicator_filled_in_from_elsewhere(score: Score, published: Published) -> None:
    bands = wide(score("sdg_index_2023/sdg_index_2023").metrics, "metric", "band")
    colours = published("sdg_index_2023/expected_indicator_colours.csv", COUNTRY)[[REFILLED]]
    assert same(bands, colours) == 159


def test_index_and_rank(score: Score, published: Published) -> None:
    found = score("sdg_index_2023/ranked").scores.set_index("iso3")
    expected = published("sdg_index_2023/expected_goals_index.csv", COUNTRY)
    expected = expected[expected["2023 SDG Index Rank"].notna()]
    assert len(expected) == 166
    assert sorted(found.index) == sorted(expected.index)
    found = found.loc[expected.index]
    assert found["score"].tolist() == pytest.approx(expected["2023 SDG Index Score"].tolist(), abs=1e-6)
    assert found["rank"].tolist() == expected["2023 SDG Index Rank"].tolist()
