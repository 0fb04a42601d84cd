"""What holds for every formula: reading never raises, and records and entities give the same."""

from __future__ import annotations

import math

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.expression import frame
from scorecard.expression.array import Truth, as_numbers, evaluate
from scorecard.expression.check import Scope, check
from scorecard.expression.parse import parse
from scorecard.model.formula import Binary, Call, Column, Compare, Kind, Literal, Logic, Node, Unary, walk
from scorecard.model.issue import Place

NAMES = ("a", "b")
KINDS = dict.fromkeys(NAMES, Kind.NUMBER)
SCOPE = Scope(
    records=True,
    attributes={"tier": Kind.TEXT},
    metrics=frozenset({"csat"}),
    groups=frozenset({"total"}),
    period=True,
    time=True,
    peers=True,
    own="csat",
)

written = st.sampled_from([0.0, 1.0, -1.0, 0.1, 0.5, 2.0, 3.0, 1e-9, 1e8])
cells = st.one_of(st.none(), written, st.floats(-1e6, 1e6, allow_nan=False))
leaves = st.one_of(
    st.sampled_from([Column(name=name) for name in NAMES]), written.map(lambda value: Literal(value=value)), st.just(Literal(value=None))
)


def numbers(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    condition = st.builds(lambda o, a, b: Compare(operator=o, left=a, right=b), st.sampled_from(["<", "<=", "==", "!="]), inner, inner)
    return st.one_of(
        st.builds(lambda o, a, b: Binary(operator=o, left=a, right=b), st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(lambda a: Unary(operator="-", operand=a), inner),
        st.builds(
            lambda f, a, b: Call(function=f, arguments=(a, b)), st.sampled_from(["coalesce", "min_of", "max_of", "mean_of"]), inner, inner
        ),
        st.builds(lambda c, a, b: Call(function="if_else", arguments=(c, a, b)), condition, inner, inner),
    )


number_trees = st.recursive(leaves, numbers, max_leaves=4)
atoms = st.one_of(
    st.builds(
        lambda o, a, b: Compare(operator=o, left=a, right=b),
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
        number_trees,
        number_trees,
    ),
    number_trees.map(lambda a: Call(function="is_null", arguments=(a,))),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(lambda a: Unary(operator="not", operand=a)),
        st.builds(
            lambda o, a: Logic(operator=o, operands=tuple(a)), st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)
        ),
    ),
    max_leaves=3,
)
tables = st.lists(st.tuples(cells, cells), min_size=1, max_size=6)


def engines(table: list[tuple[float | None, float | None]]) -> list[object]:
    columns = {name: [row[i] for row in table] for i, name in enumerate(NAMES)}
    arrays = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}
    lazy = pl.DataFrame({"row": range(len(table)), **columns}, schema={"row": pl.Int64, "a": pl.Float64, "b": pl.Float64}).lazy()
    return [pd.DataFrame({"row": range(len(table)), **arrays}), lazy]


def over_array(tree: Node, table: list[tuple[float | None, float | None]]) -> object:
    arrays = {name: np.array([row[i] for row in table], dtype=np.float64) for i, name in enumerate(NAMES)}
    return evaluate(tree, arrays.__getitem__, len(table))


def over_frame(native: object, expression: nw.Expr) -> list[object]:
    return nw.from_native(native).lazy().select("row", r=expression).collect().sort("row")["r"].to_list()


@settings(max_examples=40, deadline=None)
@given(number_trees, tables)
def test_numbers_agree(tree: Node, table: list[tuple[float | None, float | None]]) -> None:
    expected = as_numbers(over_array(tree, table), len(table))
    assert not np.isinf(expected).any()
    for native in engines(table):
        found = np.array(over_frame(native, frame.value(tree, KINDS, {}.__getitem__)), dtype=np.float64)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-300)


@settings(max_examples=40, deadline=None)
@given(conditions, tables)
def test_conditions_agree_and_are_one_of_three(tree: Node, table: list[tuple[float | None, float | None]]) -> None:
    truth = over_array(_reckoned(tree), table)
    assert isinstance(truth, Truth)
    assert not np.any(truth.holds & truth.fails)
    for native in engines(table):
        for side in ("holds", "fails", "unknown"):
            found = over_frame(native, getattr(frame, side)(_reckoned(tree), KINDS, {}.__getitem__))
            assert found == np.broadcast_to(getattr(truth, side), len(table)).tolist()


def _reckoned(tree: Node) -> Node:
    """The condition with every comparison made within the tie, as over entities."""
    from scorecard.expression.rewrite import rewrite

    def plus_nothing(node: Node) -> Node | None:
        return Binary(operator="+", left=node, right=Literal(value=0.0)) if isinstance(node, Column) else None

    return rewrite(tree, plus_nothing)


pieces = st.sampled_from(
    [
        "a",
        "csat.value",
        "sum(",
        "count()",
        ")",
        "(",
        "[",
        "]",
        ",",
        " and ",
        " or ",
        "not ",
        "==",
        "=",
        "<",
        "in",
        "1",
        "0.5",
        '"x"',
        "'",
        "**",
        "-",
        "%",
        "where=",
        "each=",
        "previous(",
        "tier",
        "客户",
        "（",
        "，",
        ".",
        "__",
        "lambda ",
        "if",
        "else",
        " for ",
        "\n",
        "#",
        "\\",
        "entity.tier",
        "peer_min(",
        "{",
        ":=",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=12).map("".join)))
def test_reading_and_checking_never_raise(text: str) -> None:
    place = Place("book.scorecard.yaml", 3, 10)
    tree, issues = parse(text, place)
    assert (tree is None) == bool(issues)
    if tree is None:
        assert all(issue.code.startswith("SC30") and issue.place is not None for issue in issues)
        return
    assert all(0 <= node.start <= node.end <= len(text) for node in walk(tree))
    check(tree, SCOPE, place)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 10_000, "SC306"),
        ("(" * 100 + ")" * 100, "SC306"),
        ("[" * 1_999, "SC306"),
        ("-" * 1_999 + "1", "SC306"),
        ("not " * 400 + "a", "SC306"),
        ("+".join("a" * 900), "SC306"),
        ("f(" * 65 + "a" + ")" * 65, "SC306"),
        ("9**9**9", "SC302"),
        ("9**999", "SC302"),
        ("9" * 400, "SC302"),
        ("1e400", "SC302"),
        ("().__class__", "SC302"),
        ("a.__class__", "SC302"),
        ("__import__('os')", "SC302"),
        ("[x for x in y]", "SC302"),
        ("(lambda: 1)()", "SC302"),
        ("a[0]", "SC302"),
        ("f'{a}'", "SC302"),
        ("a\0b", "SC301"),
        ("\ud800", "SC302"),
    ],
)
def test_hostile_formulas_are_refused(text: str, code: str) -> None:
    tree, issues = parse(text, None)
    assert tree is None
    assert [issue.code for issue in issues] == [code]


def test_deep_but_allowed_formulas_are_computed() -> None:
    tree, _ = parse("+".join(["1"] * 60), None)
    assert tree is not None
    assert math.isclose(float(evaluate(tree, {}.__getitem__, 1)), 60.0)
