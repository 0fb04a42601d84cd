"""7,043 customers under another target and another weight: the split adds up for every one of them, in about a second."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scorecard import app
from scorecard.advice.impact.impact import Impact
from scorecard.definition.changes.causes import Cause

CUSTOMERS = 7043
TARGET = ("green: 80}, target: 130}", "green: 80}, target: 120}")
WEIGHT = ("weight: 2, source: status, measure: cltv", "weight: 1, source: status, measure: cltv")


@pytest.fixture
def written(configs: Path, shared: Path, tmp_path: Path):
    """The customers' scorecard with some of its text changed, as a file elsewhere: its data are found by the environment."""

    def write(name: str, *pairs: tuple[str, str]) -> Path:
        text = (configs / "telco" / "customers.scorecard.yaml").read_text("utf-8")
        for old, new in pairs:
            assert text.count(old) == 1
            text = text.replace(old, new)
        file = tmp_path / f"{name}.scorecard.yaml"
        file.write_text(text, "utf-8")
        return file

    return write


@pytest.fixture
def found(written, engine: str) -> Impact:
    return app.compare(written("old"), written("new", TARGET, WEIGHT), engine=engine)  # type: ignore[arg-type]


def test_the_parts_of_every_customer_add_up(found: Impact) -> None:
    assert len(found) == found.compared.sum() == CUSTOMERS
    assert found.causes == ((Cause.WEIGHT,), (Cause.TARGET,))
    assert np.abs(found.points.sum(axis=0) - found.change).max() < 1e-9
    assert (found.moved.sum(), found.other_band.sum()) == (6825, 361)
    assert found.matrix.sum() == CUSTOMERS


def test_both_sides_are_what_a_run_gives(found: Impact, written, engine: str) -> None:
    for side, file in ((found.before, written("old")), (found.after, written("new", TARGET, WEIGHT))):
        scores = app.evaluate(file, engine=engine).scores  # type: ignore[arg-type]
        assert scores["score"].to_numpy().tolist() == side.score.tolist()
        assert scores["band"].tolist() == [found.bands[code] for code in side.band]


def test_one_change_alone_is_all_of_the_difference(written, engine: str) -> None:
    for cause, pair in ((Cause.TARGET, TARGET), (Cause.WEIGHT, WEIGHT)):
        found = app.compare(written("old"), written("new", pair), engine=engine)  # type: ignore[arg-type]
        assert found.causes == ((cause,),)
        assert np.array_equal(found.points[0], found.change)


def test_a_lower_target_only_raises(found: Impact) -> None:
    assert found.points[1].min() >= 0
