"""What will be computed: each record grouped once per window, equal questions asked once, circles found."""

from __future__ import annotations

import pytest

from scorecard.definition.check import check_text
from scorecard.hooks.discover import discover
from scorecard.model.definition import Scorecard
from scorecard.model.formula import Kind
from scorecard.model.plan import Plan, Shift
from scorecard.plan.draw import draw
from scorecard.plan.show import as_text

REGISTRY = discover()
COLUMNS = {
    "roster": {"id": Kind.TEXT, "region": Kind.TEXT},
    "orders": {"id": Kind.TEXT, "at": Kind.MOMENT, "amount": Kind.NUMBER, "customer": Kind.TEXT},
}
HEAD = """
entity: {key: [id], roster: roster, attributes: [region]}
period: {every: quarter}
sources:
  roster: {type: inline, rows: [{id: a}]}
  orders: {type: inline, rows: [{id: a}], time: at}
defaults: {metrics: {source: orders, worst: 0, target: 100}}
"""


def definition(metrics: str) -> Scorecard:
    outcome = check_text(HEAD + metrics, "test.scorecard.yaml", REGISTRY)
    assert outcome.scorecard is not None, outcome.issues
    return outcome.scorecard


def plan_of(metrics: str) -> Plan:
    plan, issues = draw(definition(metrics), REGISTRY, COLUMNS)
    assert plan is not None, issues
    return plan


def test_metrics_of_one_source_and_window_share_a_pass_and_equal_questions_are_asked_once():
    plan = plan_of(
        """
metrics:
  a: {measure: sum(amount)}
  b: {measure: mean(amount) + sum( amount )}
  c: {measure: sum(amount), window: year}
"""
    )
    assert [(one.source, str(one.window), one.shift) for one in plan.passes] == [
        ("orders", "period", Shift()),
        ("orders", "year", Shift()),
    ]
    assert sorted(aggregate.function for aggregate in plan.passes[0].aggregates.values()) == ["mean", "rows", "sum"]


def test_previous_and_year_ago_are_passes_of_their_own_that_look_back():
    plan = plan_of("metrics: {a: {measure: sum(amount) / previous(sum(amount)) - year_ago(sum(amount))}}")
    assert {one.shift for one in plan.passes} == {Shift(), Shift(1, 0), Shift(0, 1)}
    assert plan.offsets == ()


def test_cells_of_earlier_periods_say_how_far_back_they_are_needed():
    plan = plan_of(
        """
metrics:
  a: {measure: sum(amount)}
  b: {measure: a.value - previous(a.value)}
  c: {measure: year_ago(b.value)}
"""
    )
    assert set(plan.offsets) == {Shift(1, 0), Shift(0, 1), Shift(1, 1)}


def test_several_periods_back_is_the_same_as_one_period_back_several_times():
    plan = plan_of(
        """
metrics:
  a: {measure: "sum(amount) - previous(sum(amount), 3)"}
  b: {measure: "previous(a.value, 2) + previous(previous(a.value)) + previous(year_ago(a.value), 3)"}
"""
    )
    assert {one.shift for one in plan.passes} == {Shift(), Shift(3, 0)}
    assert set(plan.offsets) == {Shift(2, 0), Shift(3, 1)}
    assert len(plan.past) == 2


def test_a_peer_statistic_opens_a_stage_of_its_own():
    plan = plan_of("metrics: {a: {measure: sum(amount), worst: 'peer_min(by=region)', target: 'peer_quantile(0.9)'}}")
    stages = {cell.name: cell.stage for cell in plan.cells}
    assert stages["a.value"] == 0
    assert stages["a.score"] == stages["total.score"] == 1


def test_every_cell_comes_after_what_it_reads():
    plan = plan_of("metrics: {z: {measure: sum(amount)}, a: {measure: z.score / 2 + y.value}, y: {measure: count()}}")
    place = {cell.name: number for number, cell in enumerate(plan.cells)}
    assert all(place[read] < place[cell.name] for cell in plan.cells for read in cell.reads if read in place)


@pytest.mark.parametrize(
    ("metrics", "circle"),
    [
        ("{a: {measure: b.value + 1}, b: {measure: a.value}}", ("a.value", "b.value", "a.value")),
        ("{a: {measure: sum(amount), target: b.score}, b: {measure: a.score}}", None),
        ("{a: {measure: previous(a.value)}}", ("a.value",)),
        ("{a: {measure: 'b.value + 1'}, b: {measure: 'previous(a.value, 12)'}}", ("a.value",)),
        ("{a: {measure: sum(amount)}, b: {measure: previous(total.score), weight: 0}}", ("total.score",)),
    ],
)
def test_trap_7_cells_that_read_each_other_are_an_issue_that_prints_the_circle(metrics, circle):
    outcome = check_text(HEAD + f"metrics: {metrics}", "test.scorecard.yaml", REGISTRY)
    found = [issue for issue in outcome.issues if issue.code == "SC218"]
    assert len(found) == 1
    assert found[0].place is not None
    way = str(found[0].values["circle"]).split(" -> ")
    assert way[0] == way[-1]
    assert set(circle or ()) <= set(way)


def test_a_column_that_is_not_there_is_an_issue_with_what_was_meant():
    plan, issues = draw(definition("metrics: {a: {measure: sum(amuont)}}"), REGISTRY, COLUMNS)
    assert plan is None
    assert [(issue.code, issue.values["did_you_mean"]) for issue in issues] == [("SC303", ["amount"])]


def test_a_mistake_in_a_param_is_said_once_however_many_formulas_read_it():
    plan, issues = draw(definition("metrics:\n  csat: {type: csat, params: {question: amuont}}"), REGISTRY, COLUMNS)
    assert plan is None
    assert [(issue.code, issue.values["name"]) for issue in issues] == [("SC303", "amuont")]


@pytest.mark.parametrize("keys", ["applies_when: grade.value > 10", "weight: grade.value / 2", "curve: {formula: value + grade.value}"])
def test_a_label_is_not_taken_for_a_number(keys):
    grade = "grade: {choose: [{when: a.value > 1, label: good}, {otherwise: bad}], weight: 0}"
    text = f"metrics: {{{grade}, a: {{measure: sum(amount)}}, b: {{measure: count(), {keys}}}}}"
    plan, issues = draw(definition(text), REGISTRY, COLUMNS)
    assert plan is None
    assert {(issue.code, issue.values["name"]) for issue in issues} == {("SC308", "grade.value")}


def test_two_uses_of_a_column_that_disagree_are_an_issue_with_both_places():
    text = "metrics: {a: {measure: sum(amount)}, b: {measure: 'count(where=amount == \"much\")'}}"
    plan, issues = draw(definition(text), REGISTRY, {**COLUMNS, "orders": {**COLUMNS["orders"], "amount": Kind.ANY}})
    assert plan is None
    assert [issue.code for issue in issues] == ["SC308"]
    assert "test.scorecard.yaml" in str(issues[0].values["other"])


def test_the_text_of_a_plan_names_passes_aggregates_and_cells():
    text = as_text(plan_of("metrics: {a: {measure: year_ago(sum(amount)), target: peer_max()}}"))
    assert "orders by id, window period, 1 year back" in text
    assert "= sum(amount)" in text
    assert "cells, stage 2: after the peers are known" in text
    assert "total.score <- total.raw" in text
