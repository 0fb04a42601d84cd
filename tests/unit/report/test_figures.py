"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.model.definition import Band, Group, Rounding, Scale, Scorecard
from scorecard.model.entity import Entity
from scorecard.report import figures
from scorecard.report.digits import twelve


def scorecard(*starts: float, scale: Scale | None = None, decimals: int | None = None) -> Scorecard:
    bands = tuple(Band(id=f"b{place}", start=start) for place, start in enumerate(starts))
    how = None if decimals is None else Rounding(decimals=decimals)
    return Scorecard(
        id="x", entity=Entity(key=("id",)), scale=scale or Scale(), bands=bands, total=Group(id="total", parent=None, round=how)
    )


@pytest.mark.parametrize(
    ("number", "unit", "decimals", "text"),
    [
        (0.8534, "percent", None, "85.3%"),
        (0.85, "percent", None, "85%"),
        (0.8534, "percent", 2, "85.34%"),
        (0.0004, "percent", None, "0.04%"),
        (-0.2, "percent", None, "−20%"),
        (5.25, "hours", None, "5.25 h"),
        (12.0, "days", None, "12 days"),
        (1.0, "days", None, "1 day"),
        (1234567.4, "CNY", None, "1,234,567 CNY"),
        (1234567.4, "CNY", 2, "1,234,567.40 CNY"),
        (78.26183, None, None, "78.26"),
        (0.000123456, None, None, "0.0001235"),
        (1e-9, None, None, "1e-09"),
        (0.0, None, None, "0"),
        (-0.0, None, 1, "0.0"),
        (-0.04, None, 1, "0.0"),
        (2.5, None, 0, "3"),
        (1e18, None, None, "1e+18"),
        ("strategic\n\x1b[2J", None, None, "strategic \ufffd[2J"),
        (True, None, None, "yes"),
        (None, "hours", None, ""),
    ],
)
def test_a_value_with_its_unit(number: float, unit: str | None, decimals: int | None, text: str) -> None:
    assert figures.value(number, unit, decimals) == text


def test_units_in_chinese() -> None:
    assert figures.value(8.0, "hours", language="zh") == "8 小时"


@pytest.mark.parametrize(
    ("part", "text"), [(1.0, "100%"), (0.999, "99%"), (0.001, "1%"), (0.0, "0%"), (0.5, "50%"), (None, ""), (math.nan, "")]
)
def test_a_share_is_all_or_nothing_only_where_it_is(part: float | None, text: str) -> None:
    assert figures.share(part) == text


@pytest.mark.parametrize(
    ("score", "band", "text"),
    [
        (79.96, "b1", "79.96"),
        (79.94, "b1", "79.9"),
        (79.999999, "b1", "79.999999"),
        (80.0, "b2", "80.0"),
        (79.9999999999999, "b2", "80.0"),
        (59.95, "b0", "59.95"),
        (60.04, "b1", "60.0"),
    ],
)
def test_trap_21_a_score_is_shown_inside_its_band(score: float, band: str, text: str) -> None:
    book = scorecard(0, 60, 80)
    assert figures.score(score, band, book.total, book) == text


def test_a_band_that_a_rule_gave_changes_no_decimals() -> None:
    book = scorecard(0, 60, 80)
    assert figures.score(79.96, "b0", book.total, book) == "80.0"
    assert figures.score(79.96, "insufficient", book.total, book) == "80.0"


def test_decimals_follow_the_definition_or_the_scale() -> None:
    assert figures.decimals_of(scorecard().total, Scale()) == 1
    assert figures.decimals_of(scorecard().total, Scale(low=0.0, high=1.0)) == 3
    assert figures.decimals_of(scorecard().total, Scale(low=None, high=None)) == 1
    assert figures.decimals_of(scorecard(decimals=2).total, Scale()) == 2
    assert figures.decimals_of(scorecard(decimals=-1).total, Scale()) == 0


@settings(max_examples=100)
@given(st.floats(0, 100), st.integers(0, 3))
def test_the_number_shown_lies_in_the_band_shown(score: float, decimals: int) -> None:
    from scorecard.scoring.bands import band_of

    starts = (0.0, 33.333, 60.0, 80.0)
    book = scorecard(*starts, decimals=decimals)
    place = int(band_of(score, starts, book.scale))
    shown = figures.score(score, f"b{place}", book.total, book)
    assert int(band_of(float(shown), starts, book.scale)) == place


def test_bounds_are_rounded_away_from_each_other() -> None:
    assert figures.bounds(58.42, 70.61, 0) == ("58", "71")
    assert figures.bounds(62.4, 62.4, 0) is None
    assert figures.bounds(None, 3.0, 0) is None


def test_minus_is_a_minus_sign() -> None:
    assert figures.points(-3.24, 1) == "−3.2"
    assert figures.points(-0.01, 1) == "0.0"


@settings(max_examples=100)
@given(st.floats(allow_nan=True, allow_infinity=True))
def test_twelve_significant_digits(number: float) -> None:
    (found,) = twelve([number])
    if not math.isfinite(number):
        assert found is None
    else:
        assert found == float(f"{found:.12g}")
        assert math.isclose(found, number, rel_tol=1e-11)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("tickets", "1 ticket"),
        ("support tickets", "1 support ticket"),
        ("entries", "1 entry"),
        ("licences", "1 licence"),
        ("boxes", "1 boxes"),
        ("bonus", "1 bonus"),
        ("series", "1 series"),
        ("CNY", "1 CNY"),
        ("mbps", "1 mbps"),
        ("per 100", "1 per 100"),
        ("件", "1 件"),
    ],
)
def test_one_of_several_is_said_in_the_singular(unit: str, expected: str) -> None:
    assert figures.value(1.0, unit) == expected
    assert figures.value(2.0, unit) == f"2 {unit}"
