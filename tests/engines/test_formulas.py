"""One table of formulas gives the same on every engine, and the same as over entities."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from scorecard.expression import frame
from scorecard.expression.array import Coded, Truth, as_numbers, encode, evaluate
from scorecard.expression.check import Scope, check
from scorecard.expression.parse import parse
from scorecard.model.formula import Kind, Node

duckdb = pytest.importorskip("duckdb")

NAN = math.nan
RECORDS: dict[str, list[Any]] = {
    "row": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
    "a": [1.0, None, 0.0, -2.5, 1e308, 0.3, 2.5, 80.0],
    "b": [0.0, 3.0, None, 4.0, 10.0, 0.1, 2.0, 79.0],
    "c": [2.0, 2.0, 2.0, 0.0, None, -1.0, 1.005, 1e9],
    "t": ["x", None, "yx", "战略客户", "", "x", "战略", "a.b"],
    "u": ["x", "x", None, "z", "", "y", "战略", "a.b"],
    "p": [True, None, False, True, False, None, True, False],
    "q": [True, True, True, None, False, None, False, False],
    "m": [datetime(2026, 1, 1), None, datetime(2026, 1, 31, 12), datetime(1960, 1, 1), datetime(2026, 3, 1), datetime(2026, 1, 31)]
    + [datetime(2025, 12, 31, 23, 59, 59)] * 2,
    "n": [datetime(2026, 1, 2), datetime(2026, 1, 2), None, datetime(2026, 1, 1), datetime(2026, 2, 1), datetime(2026, 1, 31)]
    + [datetime(2026, 1, 1)] * 2,
    "time.from": [
        datetime(2026, 1, 1),
        datetime(2026, 1, 31),
        None,
        datetime(2026, 2, 1),
        datetime(2025, 1, 1),
        datetime(2025, 1, 1),
        None,
        datetime(2026, 1, 31, 23),
    ],
    "time.to": [None, None, None, None, datetime(2026, 1, 31), datetime(2026, 1, 31, 0, 1), datetime(2026, 1, 1), datetime(2026, 2, 9)],
}
KINDS = {
    **dict.fromkeys(["row", "a", "b", "c"], Kind.NUMBER),
    **dict.fromkeys(["t", "u"], Kind.TEXT),
    **dict.fromkeys(["p", "q"], Kind.TRUTH),
    **dict.fromkeys(["m", "n", "time.from", "time.to"], Kind.MOMENT),
}
CONSTANTS = {
    "period.last_day": date(2026, 1, 31),
    "window.start": datetime(2026, 1, 1),
    "params.x": 2.0,
    "params.none": None,
    "params.t": "x",
}

NUMBERS = [
    "a",
    "-a",
    "a + b",
    "a - b * c",
    "a / b",
    "b / a",
    "a // b",
    "a % c",
    "-a % c",
    "c // 0",
    "a ** 2",
    "a ** -1",
    "a ** 0.5",
    "c ** 3",
    "a * 10",
    "a * 10 - a * 10",
    "1 / (a * 10)",
    "abs(a - b)",
    "abs(c)",
    "round(a)",
    "round(c, 2)",
    "round(c * 100, -1)",
    "round(-a / 2, 1)",
    "round(b, decimals=6)",
    "log(a)",
    "log(c)",
    "exp(a)",
    "exp(-b)",
    "sqrt(a)",
    "sqrt(c)",
    "clip(a, 0, 1)",
    "clip(a, b, c)",
    "coalesce(a, b, 0)",
    "coalesce(a / b, c)",
    "min_of(a, b)",
    "max_of(a, b, c)",
    "min_of(a, params.none)",
    "mean_of(a, b, c)",
    "geomean_of(a, b)",
    "geomean_of(b, 2)",
    "if_else(a > b, a, b)",
    "if_else(p, 1, 0)",
    "if_else(p and q, a, c)",
    "if_else(t == 'x', a, null)",
    "days_between(m, n)",
    "hours_between(m, n)",
    "n - m",
    "days_between(m, period.last_day)",
    "m - '2026-01-01'",
    "a + params.x",
    "a + params.none",
    "1 / 0",
    "params.x ** 2",
    "round(2.675, 2)",
    "mean_of(params.none)",
    "if_else(contains(t, '客'), 1, 2)",
]
CONDITIONS = [
    "a > b",
    "a >= b",
    "a == b",
    "a != b",
    "a < 0",
    "a * 1 >= b * 1",
    "a * 1 == b * 1",
    "a * 1 > b * 1",
    "b + 0 >= 80",
    "0.1 + a == 0.4",
    "1 < a <= 80",
    "a == params.x",
    "a == params.none",
    "a != params.none",
    "t == 'x'",
    "t != 'x'",
    "t == u",
    "t != u",
    "t in ['x', '战略']",
    "t not in ['x', 'yx']",
    "a in [1, 80]",
    "a not in [1, b]",
    "contains(t, '战略')",
    "contains(t, '.')",
    "starts_with(t, 'x')",
    "not contains(t, 'x')",
    "p",
    "not p",
    "p and q",
    "p or q",
    "not (p and q)",
    "p and not q or a > 1",
    "p == q",
    "p != q",
    "p == true",
    "is_null(a)",
    "is_null(a / b)",
    "is_null(t)",
    "is_null(m)",
    "is_null(p)",
    "not is_null(p and q)",
    "m < n",
    "m == n",
    "m != n",
    "m >= '2026-01-31'",
    "m == '2026-01-31'",
    "m <= period.last_day",
    "m + 1 > n",
    "m - 0.5 >= n",
    "n - m > 1",
    "m in ['2026-01-31', '2026-01-01']",
    "coalesce(m, n) < window.start + 1",
    "coalesce(t, 'x') == params.t",
    "if_else(p, a > 0, b > 3)",
    "coalesce(p, q)",
    "if_else(a > 0, t, u) == 'x'",
    "params.x > 1",
    "params.none > 1",
    "params.none > 1 or p",
    "min_of(a, b) < max_of(a, b)",
    "log(c) > 0",
    "true",
    "round(c, 2) == 1.01",
    "'x' == t",
]


def frames() -> dict[str, Callable[[], Any]]:
    polars = pl.DataFrame(RECORDS)
    numpy = pd.DataFrame(RECORDS)
    numpy = numpy.assign(**{name: pd.Series(RECORDS[name], dtype=object) for name in ("p", "q")})
    nullable, pyarrow = (pd.DataFrame(RECORDS).convert_dtypes(dtype_backend=backend) for backend in ("numpy_nullable", "pyarrow"))
    nan = polars.with_columns(pl.col("a", "b", "c").fill_null(NAN))
    return {
        "pandas": lambda: numpy,
        "nullable": lambda: nullable,
        "pyarrow": lambda: pyarrow,
        "polars": polars.lazy,
        "polars with NaN": nan.lazy,
        "duckdb": lambda: duckdb.connect().from_arrow(polars.to_arrow()),
        "duckdb with NaN": lambda: duckdb.connect().from_arrow(nan.to_arrow()),
    }


FRAMES = frames()


def checked(text: str, expect: Kind) -> Node:
    tree, issues = parse(text, None)
    assert tree is not None, issues
    scope = Scope(
        records=True, row_only=True, columns=KINDS, params={"x": Kind.NUMBER, "none": Kind.ANY, "t": Kind.TEXT}, period=True, expect=expect
    )
    result = check(tree, scope, None)
    assert not result.issues, result.issues
    return result.tree


def over_frame(native: Any, **expressions: nw.Expr) -> dict[str, list[Any]]:
    found = nw.from_native(native).lazy().select("row", **expressions).collect().sort("row").to_dict(as_series=False)
    return {name: found[name] for name in expressions}


def over_array(tree: Node) -> Any:
    columns = {
        "t": encode(RECORDS["t"]),
        "u": encode(RECORDS["u"]),
        **{name: np.array(RECORDS[name], dtype="datetime64[us]") for name in ("m", "n")},
        **{name: np.array(RECORDS[name], dtype=np.float64) for name in ("a", "b", "c")},
        **{name: Truth(np.array([v is True for v in RECORDS[name]]), np.array([v is False for v in RECORDS[name]])) for name in ("p", "q")},
    }
    return evaluate(tree, lambda name: CONSTANTS[name] if name in CONSTANTS else columns[name], 8)


def plain(value: Any) -> Any:
    return None if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) else value


@pytest.mark.parametrize("engine", FRAMES)
@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_are_the_same_over_records_and_entities(text: str, engine: str) -> None:
    tree = checked(text, Kind.NUMBER)
    expected = [plain(v) for v in as_numbers(over_array(tree), 8).tolist()]
    found = [plain(v) for v in over_frame(FRAMES[engine](), r=frame.value(tree, KINDS, CONSTANTS.__getitem__))["r"]]
    assert [v is None for v in found] == [v is None for v in expected]
    assert [v for v in found if v is not None] == pytest.approx([v for v in expected if v is not None], rel=1e-12, abs=1e-300)
    assert all(math.isfinite(v) for v in found if v is not None)


@pytest.mark.parametrize("engine", FRAMES)
@pytest.mark.parametrize("text", CONDITIONS)
def test_conditions_are_the_same_over_records_and_entities(text: str, engine: str) -> None:
    tree = checked(text, Kind.TRUTH)
    truth = over_array(tree)
    expected = {name: np.broadcast_to(getattr(truth, name), 8).tolist() for name in ("holds", "fails", "unknown")}
    sides = {name: getattr(frame, name)(tree, KINDS, CONSTANTS.__getitem__) for name in expected}
    found = over_frame(FRAMES[engine](), **sides)
    assert found == expected


@pytest.mark.parametrize("engine", FRAMES)
def test_a_record_is_active_on_every_day_it_touches(engine: str) -> None:
    tree = checked("active_on(period.last_day)", Kind.TRUTH)
    sides = {name: getattr(frame, name)(tree, KINDS, CONSTANTS.__getitem__) for name in ("holds", "fails", "unknown")}
    found = over_frame(FRAMES[engine](), **sides)
    assert found["holds"] == [True, True, False, False, False, True, False, True]
    assert found["fails"] == [False, False, False, True, True, False, True, False]
    assert found["unknown"] == [False, False, True, False, False, False, False, False]


@pytest.mark.parametrize("engine", FRAMES)
def test_columns_compare_exactly_and_sums_within_the_tie(engine: str) -> None:
    raw, reckoned = checked("a > 79.99999999995", Kind.TRUTH), checked("a + 0 > 79.99999999995", Kind.TRUTH)
    sides = {"raw": frame.holds(raw, KINDS, CONSTANTS.__getitem__), "reckoned": frame.holds(reckoned, KINDS, CONSTANTS.__getitem__)}
    found = over_frame(FRAMES[engine](), **sides)
    assert (found["raw"][7], found["reckoned"][7]) == (True, False)


@pytest.mark.parametrize("engine", FRAMES)
@pytest.mark.parametrize(("text", "expected"), [("coalesce(t, u)", ["x", "x", "yx"]), ("if_else(a >= 0, t, null)", ["x", None, "yx"])])
def test_text_and_moments_are_values_too(engine: str, text: str, expected: list[str | None]) -> None:
    tree = checked(text, Kind.TEXT)
    found = over_frame(FRAMES[engine](), r=frame.value(tree, KINDS, CONSTANTS.__getitem__))["r"]
    assert [plain(v) for v in found[:3]] == expected
    texts = over_array(tree)
    assert isinstance(texts, Coded)
    assert texts.decode().tolist()[:3] == expected


@pytest.mark.parametrize("engine", FRAMES)
def test_moments_shift_by_days(engine: str) -> None:
    tree = checked("m + 1.5", Kind.MOMENT)
    found = over_frame(FRAMES[engine](), r=frame.value(tree, KINDS, CONSTANTS.__getitem__))["r"]
    assert pd.Timestamp(found[0]) == pd.Timestamp(2026, 1, 2, 12)
    assert pd.isna(found[1])
    assert over_array(tree).tolist()[:2] == [datetime(2026, 1, 2, 12), None]
