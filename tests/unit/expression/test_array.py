"""Values over entities: null, rounding, shapes, text."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest

from scorecard.expression.array import Coded, NotComputable, as_numbers, encode, evaluate, round_half_up
from scorecard.expression.parse import parse
from scorecard.expression.rewrite import rewrite
from scorecard.expression.shapes import logistic, lognormal, normal_cdf
from scorecard.model.formula import Call, Cell, Column, Literal, Node


def computed(text: str, **values: object) -> object:
    tree, issues = parse(text, None)
    assert tree is not None, issues
    return evaluate(tree, values.__getitem__, 2)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (0.5, 0, 1.0),
        (-0.5, 0, -1.0),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (79.95, 1, 80.0),
        (0.4999999, 0, 0.0),
        (149, -2, 100.0),
        (150, -2, 200.0),
        (1e15, 2, 1e15),
    ],
)
def test_rounding_is_half_up_in_base_ten(value: float, decimals: int, rounded: float) -> None:
    assert round_half_up(np.float64(value), decimals) == rounded


def test_shapes_pass_their_points_and_end_at_zero_and_one() -> None:
    values = np.array([3.0, 10.0, 0.0, 1e9, math.nan])
    assert lognormal(values, np.float64(3), np.float64(10))[:2] == pytest.approx([0.9, 0.5], abs=1e-14)
    assert lognormal(values, np.float64(3), np.float64(10))[2:4].tolist() == [1.0, pytest.approx(0.0, abs=1e-12)]
    assert logistic(values, np.float64(3), np.float64(10))[:2] == pytest.approx([0.9, 0.5], abs=1e-14)
    assert np.isnan(lognormal(values, np.float64(3), np.float64(3))).all()
    assert np.isnan(logistic(values, np.float64(3), np.float64(10))[4])


def test_the_normal_distribution_is_exact() -> None:
    z = np.linspace(-8, 8, 801)
    exact = np.array([0.5 * math.erfc(-each / math.sqrt(2)) for each in z])
    assert normal_cdf(z) == pytest.approx(exact, rel=1e-12)


def test_texts_are_coded_once_and_compare_across_codes() -> None:
    ours, theirs = encode(["b", None, "a"]), encode(np.array(["a", "a", "a"], dtype=object))
    assert (ours.codes.tolist(), ours.categories) == ([0, -1, 1], ("b", "a"))
    assert ours.take(np.array([2, 1])).decode().tolist() == ["a", None]
    truth = computed("ours == theirs", ours=ours, theirs=theirs)
    assert (truth.holds.tolist(), truth.fails.tolist()) == ([False, False, True], [True, False, False])  # type: ignore[attr-defined]


def test_one_value_for_all_is_repeated_when_asked() -> None:
    assert as_numbers(computed("1 + 1"), 3).tolist() == [2.0, 2.0, 2.0]  # type: ignore[arg-type]
    assert isinstance(computed("if_else(x > 1, 'a', 'b')", x=np.array([1.0, 2.0])), Coded)


def test_what_the_plan_must_rewrite_never_reaches_the_arithmetic() -> None:
    for text in ("sum(x)", "previous(x)", "peer_min(x)", "active_on(x)"):
        with pytest.raises(NotComputable):
            computed(text, x=np.array([1.0, 2.0]))


def test_a_tree_is_rebuilt_only_where_it_changes() -> None:
    tree, _ = parse("sum(x) + 1 > y and z in [1, 2]", None)
    assert tree is not None

    def to_cell(node: Node) -> Node | None:
        return Cell(name="agg_0") if isinstance(node, Call) else None

    assert rewrite(tree, lambda _: None) is tree
    changed = rewrite(tree, to_cell)
    assert changed != tree
    assert changed.operands[1] is tree.operands[1]  # type: ignore[attr-defined]
    assert rewrite(Column(name="x"), lambda _: Literal(value=1.0)) == Literal(value=1.0)


def test_reading_and_checking_need_neither_numpy_nor_narwhals() -> None:
    code = "import sys, scorecard.expression.check, scorecard.expression.parse; print({'numpy', 'narwhals'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "set()"
