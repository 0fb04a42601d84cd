"""What can hold, what can fail, and what follows: at the edges, where a wrong word would be a false alarm."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from scorecard.definition.check import Outcome
from scorecard.definition.lint.holding import Holding
from scorecard.definition.lint.possible import Possible
from scorecard.hooks.registry import Registry
from scorecard.model.formula import Logic, Node

FRAGMENT = """
entity: {{key: [customer_id], attributes: [tier, size, is_new, began]}}
period: {{every: quarter}}
sources: {{t: {{type: csv, path: t.csv, columns: {{tier: {{from: T, values: {{A: gold, B: silver}}, otherwise: none}},
                                              is_new: {{from: N, values: {{是: "yes"}}, otherwise: "no"}}}}}}}}
bands: {{red: {{from: 0}}, amber: {{from: 60}}, green: {{from: 80}}, lost: {{}}}}
metrics:
  late: {{measure: share(late), worst: 1, target: 0}}
  visits: {{measure: count(), curve: {{steps: [{{below: 5, score: 20}}, {{otherwise: 90}}]}}}}
  spent: {{measure: sum(amount), worst: 0, target: 100}}
  points: {{measure: "sum(if_else(ok, 1, 0))", worst: 0, target: 100}}
  rate: {{measure: count(where=ok) / count(), worst: 0, target: 1}}
  csat: {{type: csat, worst: 0, target: {{2026-12-31: 80, 2027-12-31: 90}}}}
  mood: {{weight: 0, choose: [{{when: spent.value > 50, label: glad}}, {{otherwise: sad}}]}}
  spoilt: {{measure: share(spoilt), worst: 1, target: 0}}
exemptions: {{e: {{of: spoilt, when: size > 3, value: 5, until: 2026-12-31, reason: Known}}}}
segments: {{large: {{when: size > 3, metrics: {{csat: {{worst: 20}}}}}}}}
rules:
  gone: {{when: late.value > 0.9, band: lost}}
gates:
  one: {{require: {one}}}
  other: {{require: {other}}}
"""
Asked = Callable[..., tuple[Holding, Node, Node]]


@pytest.fixture
def asked(check: Callable[[str], Outcome], registry: Registry) -> Asked:
    def asked(one: str, other: str = "is_new") -> tuple[Holding, Node, Node]:
        outcome = check(FRAGMENT.format(one=json.dumps(one), other=json.dumps(other)))
        assert outcome.scorecard is not None, [(issue.code, dict(issue.values)) for issue in outcome.issues]
        gates = outcome.scorecard.gates
        return Holding(Possible(outcome.scorecard, registry)), gates["one"].require.tree, gates["other"].require.tree

    return asked


@pytest.mark.parametrize(
    ("condition", "holds", "fails"),
    [
        ("late.value > 1", False, True),
        ("late.value >= 1", True, True),
        ("late.value <= 1", True, False),
        ("late.value < 1", True, True),
        ("late.value == 1", True, True),
        ("late.value == 1.5", False, True),
        ("late.value != 1.5", True, False),
        ("0.5 > late.value and late.value >= 0.5", False, True),
        ("late.value <= 0.5 and late.value >= 0.5", True, True),
        ("late.value < 0.5 or late.value >= 0.5", True, False),
        ("0 <= late.value <= 1", True, False),
        ("not (late.value > 0.2 and late.value < 0.1)", True, False),
        ("late.value > 80", False, True),
        ("late.value * 100 > 80", True, True),
        ("late.value * 100 > 101", False, True),
        ("late.value + late.value > 2.1", False, True),
        ("visits.value < 0", False, True),
        ("visits.value >= 0", True, False),
        ("visits.score == 50", True, True),
        ("visits.score < 20", False, True),
        ("visits.score > 90", False, True),
        ("spent.value < 0", True, True),
        ("points.value < 0", False, True),
        ("rate.value < 0", False, True),
        ("rate.value > 1", True, True),
        ("total.score > 100", False, True),
        ("total.coverage > 1", False, True),
        ("csat.value > 100", True, True),
        ("csat.target > 90", False, True),
        ("csat.target >= 80", True, False),
        ('mood.value == "glad"', True, True),
        ('mood.value in ["glad", "sad"]', True, False),
        ('mood.value not in ["glad", "sad"]', False, True),
        ('mood.value != "angry"', True, False),
        ('csat.band == "lost"', False, True),
        ('total.band == "lost"', True, True),
        ('total.band == "insufficient"', True, True),
        ('tier == "gold" and tier == "silver"', False, True),
        ('tier == "gold" or tier == "silver"', True, True),
        ('tier in ["gold", "silver", "none"]', True, False),
        ('tier != "gold" and tier != "silver" and tier != "none"', False, True),
        ("is_new and not is_new", False, True),
        ("is_new or not is_new", True, False),
        ("is_new == true and is_new == false", False, True),
        ("is_new", True, True),
        ("is_new == true", True, True),
        ("is_new and is_new != true", False, True),
        ("csat.weight < 0", True, True),
        ('period.last_day > "2026-01-01" and period.last_day == "2026-01-01"', True, True),
        ("size > 3", True, True),
        ("true and size > 3", True, True),
        ("false or size > 3", True, True),
        ("visits.value + 1 <= late.value", True, True),
        ("visits.value + 1 < late.value", False, True),
        ('began == "2026-01-01" and began == "2026-01-01 00:00"', True, True),
        (f"({' or '.join(f'size == {at}' for at in range(70))}) and size > 68.5", True, True),
        ("spoilt.value > 1", True, True),
        ("spoilt.value > 5", False, True),
        ("csat.worst < 0", False, True),
        ("csat.worst > 0", True, True),
        ("size > 3 and size < 2", False, True),
        ("size in [1, 2] and size > 5", False, True),
        ("size not in [1, 2] and size == 1", True, True),
        ("is_null(size) and size > 3", True, True),
        ("late.value > visits.value", True, True),
        ("late.value + 0.5 < late.value", True, True),
        ("late.value > 2 + visits.value", False, True),
        ("previous(late.value) > 1", False, True),
        ("coalesce(late.value, 3) > 1", True, True),
        ("coalesce(late.value, 3) > 3", False, True),
        ("max_of(late.value, visits.value) < 0", False, True),
        ("clip(size, 1, 5) > 5", False, True),
        ("abs(size) < 0", False, True),
        ("if_else(is_new, 1, 2) > 2", False, True),
        ("1 / visits.value < 0", False, True),
        ("1 / (late.value - 0.5) > 100", True, True),
    ],
)
def test_can_hold_and_can_fail(asked: Asked, condition: str, holds: bool, fails: bool) -> None:
    holding, tree, _ = asked(condition)
    assert (holding.can_hold(tree), holding.can_fail(tree)) == (holds, fails)


@pytest.mark.parametrize(
    ("condition", "other", "follows"),
    [
        ("size > 5", "size > 3", True),
        ("size > 3", "size > 5", False),
        ("size > 3", "size > 3", True),
        ("size > 3", "size >= 3", True),
        ("size >= 3", "size > 3", False),
        ('size > 5 and tier == "gold"', "size > 3", True),
        ('tier == "gold"', 'tier in ["gold", "silver"]', True),
        ('tier in ["gold", "silver"]', 'tier == "gold"', False),
        ('tier == "gold"', 'tier != "silver"', True),
        ("late.value > 0.5", "late.value >= 0", True),
        ("size > 5 or is_new", "size > 5 or is_new", False),
        ("size > 5", "visits.value >= 0", False),
        ("size > -5", "log(size) >= 0 or log(size) < 0", False),
        ("size > 5", "is_null(size) or size > 3", False),
        ("is_null(size)", "is_null(size)", False),
    ],
)
def test_what_follows_also_where_values_are_unknown(asked: Asked, condition: str, other: str, follows: bool) -> None:
    holding, one, what = asked(condition, other)
    assert holding.follows(one, what) is follows


def test_conditions_hold_together_unless_they_exclude_each_other(asked: Asked) -> None:
    holding, one, other = asked('tier == "gold" and size > 5', "size < 6")
    assert holding.together(one, other)
    holding, one, other = asked('tier == "gold" and size > 5', 'size < 6 and tier == "silver"')
    assert not holding.together(one, other)


def test_a_condition_of_too_many_cases_is_left_alone(asked: Asked) -> None:
    names = ["late", "visits", "spent", "points", "rate", "csat"]
    many = " and ".join(f"({name}.value > 0.5 or {name}.score > 50)" for name in names)
    holding, tree, _ = asked(f"{many} and (size > 100 or size > 200) and size < 50")
    assert holding.can_hold(tree)
    assert not holding.can_hold(Logic(operator="and", operands=tuple(reversed(tree.operands))))  # type: ignore[attr-defined]
