"""What became of the records: every one is used or left out for one reason, and the reasons add up."""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.hooks.contracts import Remark

HEAD = """
schema: scorecard/1
entity: {key: [c], roster: roster%s}
period: {every: quarter}
sources:
  roster: {type: given}
  orders: {type: given, time: at, where: amount > 0}
metrics:
  m: {source: orders, measure: sum(amount), worst: 0, target: 5}
  n: {source: orders, window: 6 months, measure: count(), worst: 0, target: 5}
"""
ROSTER = {"c": ["a", "b", None], "tier": ["x", "y", "z"]}
ORDERS = {
    "c": ["a", "a", "b", "z", "a", "a", "b", "b"],
    "at": ["2026-01-05", "2025-11-05", "2025-05-05", "2026-02-05", None, "2026-03-01", "2026-03-30", "2026-01-05"],
    "amount": [1.0, 2.0, 3.0, 4.0, 5.0, -1.0, 7.0, None],
}


def by_source(scored):
    return {one.source: one for one in scored.evaluation.quality}


def adds_up(scored):
    return all(
        one.used + sum(one.left_out.values()) == one.records and min((one.used, *one.left_out.values())) >= 0
        for one in by_source(scored).values()
    )


def test_every_record_is_used_or_left_out_for_one_reason(evaluate):
    scored = evaluate(HEAD % "", "2026-Q1", roster=ROSTER, orders=ORDERS)
    orders, roster = by_source(scored)["orders"], by_source(scored)["roster"]
    assert (orders.rows, orders.records, orders.used) == (8, 8, 3)
    assert dict(orders.left_out) == {"where": 1, "unknown_where": 1, "no_time": 1, "outside": 1, "nobody": 1}
    assert (orders.first.isoformat()[:10], orders.last.isoformat()[:10]) == ("2025-05-05", "2026-03-30")
    assert (roster.records, roster.used, dict(roster.left_out)) == (3, 2, {"no_key": 1})
    assert adds_up(scored)


def test_who_is_not_scored_is_said(evaluate):
    scored = evaluate(HEAD % ', attributes: [tier], where: tier == "x"', "2026-Q1", roster=ROSTER, orders=ORDERS)
    assert dict(by_source(scored)["roster"].left_out) == {"no_key": 1, "not_scored": 1}
    assert by_source(scored)["orders"].left_out["nobody"] == 2
    assert adds_up(scored)


def test_records_after_the_day_asked_for_are_not_read(evaluate):
    scored = evaluate(HEAD % "", "2026-Q1", as_of=date(2026, 3, 1), roster=ROSTER, orders=ORDERS)
    assert by_source(scored)["orders"].left_out["as_of"] == 1
    assert adds_up(scored)


def test_columns_across_the_top_are_counted_as_the_records_they_become(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: sheet}
sources: {sheet: {type: given}, months: {type: given, unpivot: {matching: "M.*", name: month, value: sales}}}
metrics: {m: {source: months, measure: sum(sales), worst: 0, target: 5}}
"""
    scored = evaluate(text, sheet={"c": ["a", "b"]}, months={"c": ["a", "b"], "M1": [1.0, 2.0], "M2": [3.0, None]})
    months = by_source(scored)["months"]
    assert (months.rows, months.records, months.used) == (2, 4, 4)
    assert months.nulls["sales"] == 0.25


def test_records_of_nobody_are_counted_among_the_records_that_columns_across_the_top_become(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: sheet}
sources: {sheet: {type: given}, months: {type: given, unpivot: {matching: "M.*", name: month, value: sales}}}
metrics: {m: {source: months, measure: sum(sales), worst: 0, target: 5}}
"""
    scored = evaluate(text, sheet={"c": ["a"]}, months={"c": ["a", "b"], "M1": [1.0, 2.0], "M2": [3.0, None]})
    said = next(issue for issue in scored.evaluation.notes if issue.code == "SC610")
    assert (said.values["count"], said.values["read"]) == (2, 4)


def test_the_first_records_of_nobody_are_named(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c, p], roster: sheet}
sources: {sheet: {type: given}, own: {type: given}, of_c: {type: given}}
metrics: {m: {source: own, measure: count(), worst: 0, target: 5}, n: {source: of_c, measure: count(), worst: 0, target: 5}}
"""
    own = {"c": ["a", "b", "b", "b", "c", "d", "e"], "p": ["1", "1", "1", "2", "3", "4", "5"]}
    scored = evaluate(text, sheet={"c": ["a"], "p": ["1"]}, own=own, of_c={"c": ["a", "ａ"]})
    named = {issue.values["source"]: issue.values["keys"] for issue in scored.evaluation.notes if issue.code == "SC610"}
    assert named == {"own": ["b 1", "b 2", "c 3", "…"], "of_c": ["ａ"]}


def test_blanks_and_copies_are_counted(evaluate):
    orders = {"c": ["a", "a", "a", "b"], "at": ["2026-01-05"] * 4, "amount": [1.0, 1.0, 2.0, 3.0]}
    scored = evaluate(HEAD % "", "2026-Q1", roster={"c": ["a", "b"]}, orders=orders)
    found = by_source(scored)["orders"]
    assert found.duplicates == 1
    assert dict(found.nulls) == {"c": 0.0, "at": 0.0, "amount": 0.0}


@pytest.mark.parametrize("remarks", [[Remark("SC614", {"count": 2})], []])
def test_a_source_tells_what_it_did(monkeypatch, remarks):
    from scorecard import app
    from scorecard.builtin.reading import inline
    from scorecard.definition.check import check_text

    monkeypatch.setattr(inline.Rows, "remarks", lambda self: remarks, raising=False)
    text = """
schema: scorecard/1
entity: {key: [c], roster: r}
sources: {r: {type: inline, rows: [{c: a, v: 1}]}}
metrics: {m: {source: r, measure: v, worst: 0, target: 1}}
"""
    evaluation = app.evaluate(check_text(text, "x.yaml", app.registry()).scorecard)
    (quality,) = evaluation.quality
    assert [(one.code, one.level, one.values["count"]) for one in quality.remarks] == [("SC614", "info", 2) for _ in remarks]


GRAINS = """
schema: scorecard/1
entity: {key: [c, p], roster: roster}
period: {every: quarter}
sources: {roster: {type: given}, orders: {type: given, time: at}, others: {type: given, time: at}}
defaults: {metrics: {worst: 0, target: 5}}
metrics:
%s
"""
PROJECTS = {"c": ["a", "b"], "p": ["1", "1"]}
BY_PROJECT = {
    "c": ["a", "a", "z", None, "a", "b"],
    "p": ["1", None, "1", "1", "1", "1"],
    "at": ["2026-01-05", "2026-02-05", "2026-03-05", "2026-01-05", "2025-01-05", "2024-06-05"],
}
OF_PROJECT = "  m: {source: orders, measure: count()}"
OF_CUSTOMER = "  n: {source: orders, per: [c], measure: count()}"
OF_ALL = "  o: {source: orders, per: [], measure: count()}"
OF_A_YEAR_AGO = "  y: {source: orders, measure: count() - year_ago(count())}"
OF_ANOTHER = "  z: {source: others, window: all, measure: count()}"


@pytest.mark.parametrize(
    ("metrics", "used", "left_out"),
    [
        ([OF_PROJECT], 1, {"outside": 2, "nobody": 3}),
        ([OF_CUSTOMER], 2, {"outside": 2, "nobody": 2}),
        ([OF_PROJECT, OF_CUSTOMER], 2, {"outside": 2, "nobody": 2}),
        ([OF_ALL], 4, {"outside": 2}),
        ([OF_PROJECT, OF_ALL], 4, {"outside": 2}),
        ([OF_A_YEAR_AGO], 2, {"outside": 1, "nobody": 3}),
        ([OF_PROJECT, OF_ANOTHER], 1, {"outside": 2, "nobody": 3}),
    ],
)
def test_a_record_is_used_where_any_metric_of_its_source_counts_it(evaluate, metrics, used, left_out):
    scored = evaluate(GRAINS % "\n".join(metrics), "2026-Q1", roster=PROJECTS, orders=BY_PROJECT, others=BY_PROJECT)
    orders = by_source(scored)["orders"]
    assert (orders.used, dict(orders.left_out)) == (used, left_out)
    assert adds_up(scored)


def test_what_lies_between_two_windows_is_outside(evaluate):
    orders = {"c": ["a"] * 3, "p": ["1"] * 3, "at": ["2026-01-05", "2025-08-05", "2025-02-05"]}
    scored = evaluate(GRAINS % OF_A_YEAR_AGO, "2026-Q1", roster=PROJECTS, orders=orders, others=orders)
    assert (by_source(scored)["orders"].used, dict(by_source(scored)["orders"].left_out)) == (2, {"outside": 1})


def test_who_was_in_no_period_asked_for_is_outside(evaluate):
    text = (HEAD % "").replace("roster: {type: given}", "roster: {type: given, time: {from: since, to: until}}")
    roster = {"c": ["a", "b", "d"], "since": ["2025-01-01"] * 2 + ["2026-04-01"], "until": [None, "2025-12-31", None]}
    scored = evaluate(text, "2026-Q1", roster=roster, orders=ORDERS)
    assert (by_source(scored)["roster"].used, dict(by_source(scored)["roster"].left_out)) == (1, {"outside": 2})
    assert adds_up(scored)


def test_a_blank_text_is_no_key(evaluate):
    roster = {"c": ["a", "", " ", "b"]}
    scored = evaluate(HEAD % "", "2026-Q1", roster=roster, orders=ORDERS)
    assert list(scored.evaluation.scores["c"]) == ["a", "b"]
    assert dict(by_source(scored)["roster"].left_out) == {"no_key": 2}
