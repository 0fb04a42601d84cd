"""The Human Development Index and its sisters, as the United Nations published them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from scorecard import Evaluation

Score = Callable[..., Evaluation]
Published = Callable[..., pd.DataFrame]

COUNTRY_YEAR = ["iso3", "year"]


def by_country_and_year(evaluation: Evaluation) -> pd.DataFrame:
    return evaluation.scores.assign(year=lambda rows: rows["period"].astype(int)).set_index(COUNTRY_YEAR)


@pytest.mark.parametrize(
    ("index", "file", "years", "count"),
    [
        ("hdi", "hdi_1990_2022.csv", "1990..2022", 5808),
        ("ihdi", "ihdi_2010_2022.csv", "2010..2022", 1963),
        ("phdi", "phdi_1990_2022.csv", "1990..2022", 4734),
        ("gdi", "gdi_1990_2022.csv", "1990..2022", 4710),
    ],
)
def test_every_published_value_comes_out_to_its_third_decimal(
    score: Score, published: Published, index: str, file: str, years: str, count: int
) -> None:
    found = by_country_and_year(score(f"hdi/{index}", years))["score"]
    expected = published(f"hdi/{file}", COUNTRY_YEAR)[index]
    assert len(expected) == count
    pd.testing.assert_series_equal(found.sort_index(), expected.sort_index(), check_names=False, rtol=0, atol=1e-12)


def test_bands_and_ranks_of_2022(score: Score, published: Published) -> None:
    found = score("hdi/hdi", "2022").scores.set_index("iso3").sort_index()
    expected = published("hdi/hdi_2022_bands_ranks.csv", "iso3").sort_index()
    expected = expected[expected["hdi_2022"].notna()]
    assert len(expected) == 193
    assert found["band"].tolist() == expected["hdicode"].str.lower().str.replace(" ", "_").tolist()
    assert found["rank"].tolist() == expected["hdi_rank_2022"].tolist()
    assert found["score"].tolist() == pytest.approx(expected["hdi_2022"].tolist(), abs=1e-12)
