"""What moved the Human Development Index from one year to the next: the parts add up to the difference as it was published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import scorecard
from scorecard.advice.since import since

Published = Callable[..., pd.DataFrame]
DEFINITION = Path(__file__).parents[2] / "configs" / "published" / "hdi" / "hdi.scorecard.yaml"


@pytest.mark.parametrize("year", [2009, 2021])
def test_the_parts_are_the_published_difference(cases: Path, published: Published, year: int) -> None:
    evaluation = scorecard.evaluate(DEFINITION, period=str(year), before=1)
    index = published("hdi/hdi_1990_2022.csv", ["iso3", "year"])["hdi"].unstack()
    difference = (index[year] - index[year - 1]).dropna()
    assert len(difference) > 170
    for country, expected in difference.items():
        found = since(evaluation, {"iso3": str(country)})
        assert found is not None
        assert sum(part.points for part in found.parts) == pytest.approx(expected, abs=1e-9)
        assert {part.node for part in found.parts} <= {"le", "eys", "mys", "gnipc"}
