"""A column of figures is letter for letter what each figure alone is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.model.definition import Band, Group, Rounding, Scorecard
from scorecard.model.entity import Entity
from scorecard.report import figure_columns, figures

numbers = st.one_of(st.none(), st.sampled_from([0.0, -0.0, 59.95, 59.949999, 79.96, 80.0, 1e15, -0.04]), st.floats(-1e16, 1e16))


@given(st.lists(numbers, max_size=8), st.integers(0, 3))
@settings(max_examples=60)
def test_numbers_and_points(column: list[float | None], decimals: int) -> None:
    assert figure_columns.fixed(column, decimals) == ["" if one is None else figures.fixed(one, decimals) for one in column]
    assert figure_columns.points(column, decimals) == ["" if one is None else figures.points(one, decimals) for one in column]


@given(st.lists(st.tuples(st.none() | st.floats(0, 100), st.sampled_from(["red", "amber", None])), max_size=8), st.booleans())
@settings(max_examples=60)
def test_scores_in_their_bands(column: list[tuple[float | None, str | None]], written: bool) -> None:
    total = Group(id="total", parent=None, round=Rounding(decimals=1) if written else None)
    card = Scorecard(id="x", entity=Entity(key=("id",)), bands=(Band(id="red", start=0.0), Band(id="amber", start=60.0)), total=total)
    scores, bands = [score for score, _ in column], [band for _, band in column]
    assert figure_columns.scores(scores, bands, total, card) == [figures.score(score, band, total, card) for score, band in column]


@given(st.lists(st.tuples(st.none() | st.floats(0, 100), st.none() | st.floats(0, 100)), max_size=8))
@settings(max_examples=60)
def test_bounds(column: list[tuple[float | None, float | None]]) -> None:
    lows, highs = [low for low, _ in column], [high for _, high in column]
    assert figure_columns.bounds(lows, highs, 0) == [figures.bounds(low, high, 0) for low, high in column]
