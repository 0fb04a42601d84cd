"""How far values lie apart."""

from __future__ import annotations

import pytest

TEXT = """\
schema: scorecard/1
entity: {key: [c], roster: who}
sources: {who: {type: given}, orders: {type: given}}
metrics: {spread: {source: orders, measure: stdev(amount), worst: 0, target: 10}}
"""


def test_stdev_is_that_of_a_sample_and_needs_two_values(evaluate) -> None:
    orders = {"c": ["a", "a", "a", "a", "b"], "amount": [2.0, 4.0, 4.0, 6.0, 5.0]}
    values = evaluate(TEXT, who={"c": ["a", "b"]}, orders=orders).metric("spread")
    assert values["a"] == pytest.approx((8 / 3) ** 0.5)
    assert values["b"] is None
