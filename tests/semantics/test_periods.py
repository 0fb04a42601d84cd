# ruff: noqa: E501 - a definition stands on one line
"""Periods: labels, fiscal years, week 53, paths and tables of numbers, previous and year_ago."""

from __future__ import annotations

import pytest

from scorecard.errors import DefinitionError, UsageError

QUARTERS = ["2025-02-15", "2025-05-15", "2025-08-15", "2025-11-15", "2026-02-15", "2026-05-15", "2026-08-15"]


def head(period="{every: quarter}", attributes="[]"):
    return f"""
schema: scorecard/1
entity: {{key: [c], roster: roster, attributes: {attributes}}}
period: {period}
sources: {{roster: {{type: given}}, orders: {{type: given, time: at}}}}
bands: {{red: {{from: 0}}, green: {{from: 50}}}}
defaults: {{metrics: {{source: orders, worst: 0, target: 100}}}}
"""


ROSTER = {"c": ["a"]}
ORDERS = {"c": ["a"] * 7, "at": QUARTERS, "v": [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0]}


def test_previous_and_year_ago_shift_the_window(evaluate):
    text = (
        head()
        + """
metrics:
  p: {measure: previous(sum(v))}
  y: {measure: year_ago(sum(v))}
  py: {measure: previous(year_ago(sum(v)))}
  six: {measure: previous(sum(v)), window: 6 months}
  growth: {measure: sum(v) / previous(sum(v)) - 1}
"""
    )
    scored = evaluate(text, "2026-Q2", roster=ROSTER, orders=ORDERS)
    assert {m: scored.metric(m)["a"] for m in ("p", "y", "py", "six")} == {"p": 50, "y": 20, "py": 10, "six": 90}
    assert scored.metric("growth")["a"] == pytest.approx(0.2)


def test_previous_of_a_value_is_what_the_same_definition_gives_for_that_period(evaluate):
    text = (
        head()
        + """
metrics:
  v: {measure: sum(v), target: {2025-Q4: 80, 2026-Q1: 100}}
  d: {measure: v.value - previous(v.value)}
  s: {measure: previous(v.score)}
  t: {measure: previous(v.target)}
  dd: {measure: previous(d.value)}
  total_before: {measure: year_ago(total.score), weight: 0}
  b: {choose: [{when: 'previous(v.band) == "green"', label: up}, {otherwise: down}], weight: 0}
total: {aggregation: arithmetic}
"""
    )
    text = text.replace("  total_before: {measure: year_ago(total.score), weight: 0}\n", "")
    scored = evaluate(text, "2026-Q1", roster=ROSTER, orders=ORDERS)
    assert {m: scored.metric(m)["a"] for m in ("d", "s", "t", "dd")} == {"d": 10, "s": 50, "t": 80, "dd": 10}
    assert scored.metric("b", "text")["a"] == "up"


def test_several_periods_back(evaluate):
    text = (
        head()
        + """
metrics:
  v: {measure: sum(v), target: "mean_of(previous(value, 1), previous(value, 2), previous(value, 3))"}
  records: {measure: "previous(sum(v), 4)"}
  cells: {measure: "previous(v.value, 5)"}
  both: {measure: "previous(year_ago(v.value), 2)"}
  band: {choose: [{when: 'previous(v.band, 3) == "red"', label: up}, {otherwise: down}], weight: 0}
"""
    )
    scored = evaluate(text, "2026-Q3", roster=ROSTER, orders=ORDERS)
    assert {m: scored.metric(m)["a"] for m in ("records", "cells", "both")} == {"records": 30, "cells": 20, "both": 10}
    assert scored.metric("v", "target") == {"a": 50}
    assert scored.metric("band", "text") == {"a": "down"}
    assert evaluate(text, "2025-Q2", roster=ROSTER, orders=ORDERS).metric("v", "target") == {"a": 10}
    spelled = str(scored.evaluation.explain("2026-Q3", c="a"))
    assert "previous(v.value, 5)" in spelled


def test_there_is_no_previous_before_the_data_begin(evaluate):
    text = (
        head()
        + """
metrics:
  v: {measure: sum(v)}
  d: {measure: v.value - previous(v.value)}
  p: {measure: previous(sum(v))}
  b: {choose: [{when: 'previous(v.band) == "green"', label: up}, {otherwise: down}], weight: 0}
rules: {r: {when: 'previous(v.band) == "red"', cap: 10}, u: {when: 'previous(v.state) != "measured"', cap: 5}}
"""
    )
    scored = evaluate(text, "2025-Q1", roster=ROSTER, orders=ORDERS)
    assert [scored.metric(m, "state")["a"] for m in ("v", "d", "p", "b")] == ["measured", "missing", "missing", "missing"]
    assert scored.total() == {"a": 5}


def test_previous_of_an_entity_that_was_not_there(evaluate):
    text = (
        head().replace("roster: {type: given}", "roster: {type: given, time: {from: s, to: e}}")
        + """
metrics: {v: {measure: sum(v)}, d: {measure: previous(v.value)}, b: {choose: [{when: 'previous(v.band) == "green"', label: u}, {otherwise: o}], weight: 0}}
"""
    )
    roster = {"c": ["a", "b", "d"], "s": ["2020-01-01", "2026-04-01", "2020-01-01"], "e": [None, None, "2026-03-31"]}
    orders = {"c": ["a", "a", "b", "b", "d"], "at": ["2026-02-01", "2026-05-01"] * 2 + ["2026-02-01"], "v": [60.0, 2.0, 3.0, 4.0, 5.0]}
    scored = evaluate(text, "2026-Q2", roster=roster, orders=orders)
    assert scored.metric("d") == {"a": 60, "b": None}
    assert scored.metric("b", "text") == {"a": "u", "b": None}


@pytest.mark.parametrize(
    "metrics",
    [
        "{v: {measure: 'coalesce(previous(v.value), 0) + sum(x)'}}",
        "{v: {measure: sum(x), target: previous(total.score)}}",
        "{v: {measure: sum(x), target: previous(value) + 2}, w: {measure: v.value}}",
        "{v: {measure: w.value + 1}, w: {measure: v.value}}",
    ],
)
def test_nothing_may_depend_on_its_own_past(evaluate, metrics):
    orders = {"c": ["a"], "at": ["2026-02-01"], "x": [1.0]}
    circular = "total.score" in metrics or "previous(v.value)" in metrics or ("v.value}" in metrics and "w.value + 1" in metrics)
    if not circular:
        evaluate(head() + f"metrics: {metrics}", "2026-Q1", roster=ROSTER, orders=orders)
        return
    with pytest.raises(DefinitionError):
        evaluate(head() + f"metrics: {metrics}", "2026-Q1", roster=ROSTER, orders=orders)


def test_last_period_plus_two_as_a_target(evaluate):
    text = head() + "metrics: {v: {measure: sum(v), target: previous(value) + 2}}"
    scored = evaluate(text, "2026-Q1..2026-Q2", roster=ROSTER, orders=ORDERS)
    assert scored.metric("v", "target", "2026-Q1") == {"a": 42}
    assert scored.metric("v", "target", "2026-Q2") == {"a": 52}


def test_previous_without_periods_is_refused(codes):
    text = head().replace("period: {every: quarter}\n", "") + "metrics: {v: {measure: previous(sum(v))}}"
    assert codes(text) == ["SC310"]


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2025-Q4", 82), ("2026-Q2", 82 + 8 * 181 / 365), ("2026-Q4", 90), ("2027-Q1", 90), ("2025-Q1", 82)],
)
def test_a_path_is_read_on_the_last_day(evaluate, period, expected):
    text = head() + "metrics: {v: {measure: sum(v), target: {2025-12-31: 82, 2026-12-31: 90}}}"
    at = [*QUARTERS, "2027-01-05", "2026-12-01"]
    orders = {"c": ["a"] * 9, "at": at, "v": [1.0] * 9}
    assert evaluate(text, period, roster=ROSTER, orders=orders).metric("v", "target")["a"] == pytest.approx(expected, abs=1e-12)


def test_a_table_names_periods_and_each_is_judged_by_its_own(evaluate):
    text = head() + "metrics: {v: {measure: sum(v), target: {2026-Q1: 100, 2026-q2: 120}}}"
    scored = evaluate(text, "2026-Q1..2026-Q3", roster=ROSTER, orders=ORDERS)
    assert scored.metric("v", "score", "2026-Q1") == {"a": 50}
    assert scored.metric("v", "score", "2026-Q2") == {"a": 50}
    assert scored.metric("v", "reason", "2026-Q3") == {"a": "number_missing"}
    assert scored.metric("v", "state", "2026-Q3") == {"a": "failed"}


def test_a_label_of_a_month_may_lack_its_zero(evaluate):
    text = head("{every: month}") + "metrics: {v: {measure: sum(v), target: {2026-2: 200}}}"
    assert evaluate(text, "2026-02", roster=ROSTER, orders=ORDERS).metric("v", "target") == {"a": 200}


@pytest.mark.parametrize(
    ("calendar", "label", "expected"),
    [
        ("{every: quarter, year: {starts: april, named_by: end}}", "2026-Q4", 50),
        ("{every: quarter, year: {starts: april, named_by: end}}", "2026-Q1", 20),
        ("{every: quarter, year: {starts: april, named_by: start}}", "2025-Q4", 50),
        ("{every: year, year: {starts: april, named_by: end}}", "2026", 20 + 30 + 40 + 50),
        ("{every: half, year: {starts: april, named_by: end}}", "2026-H2", 90),
        ("{every: year}", "2025", 100),
        ("{every: half}", "2025-H2", 70),
        ("{every: month}", "2025-08", 30),
        ("{every: week}", "2026-W07", 50),
    ],
)
def test_calendars(evaluate, calendar, label, expected):
    scored = evaluate(head(calendar) + "metrics: {v: {measure: sum(v)}}", label, roster=ROSTER, orders=ORDERS)
    assert scored.metric("v") == {"a": expected}
    assert scored.total("period") == {"a": label}


def test_week_53_looks_back_on_the_last_week_of_a_year_that_has_52(evaluate):
    orders = {"c": ["a"] * 4, "at": ["2025-12-22", "2025-12-29", "2026-12-28", "2027-01-03"], "v": [1.0, 2.0, 4.0, 8.0]}
    text = head("{every: week}") + "metrics: {v: {measure: sum(v)}, y: {measure: year_ago(sum(v))}, p: {measure: year_ago(v.value)}}"
    scored = evaluate(text, "2026-W53", roster=ROSTER, orders=orders)
    assert [scored.metric(m)["a"] for m in ("v", "y", "p")] == [12, 1, 1]
    assert evaluate(text, "2026-W01", roster=ROSTER, orders=orders).metric("v") == {"a": 2}


def test_chains_across_week_53_find_their_period(evaluate):
    days = ["2025-12-15", "2025-12-22", "2026-12-21", "2026-12-28", "2027-01-04"]
    orders = {"c": ["a"] * 5, "at": days, "v": [1.0, 2.0, 4.0, 8.0, 16.0]}
    text = head("{every: week}") + "metrics: {v: {measure: sum(v)}, y: {measure: year_ago(v.value)}, p: {measure: previous(y.value)}}"
    assert evaluate(text, "2026-W53", roster=ROSTER, orders=orders).metric("p") == {"a": 2}


@pytest.mark.parametrize("period", ["2026", "2026-Q5", "2026-07", "Q1", "2026-Q2..2026-Q1", ""])
def test_a_period_that_is_none_is_a_wrong_usage(evaluate, period):
    with pytest.raises(UsageError):
        evaluate(head() + "metrics: {v: {measure: sum(v)}}", period or "x", roster=ROSTER, orders=ORDERS)


def test_without_periods_all_records_count(evaluate):
    text = head().replace("period: {every: quarter}\n", "") + "metrics: {v: {measure: sum(v), window: 30 days, target: 280}}"
    scored = evaluate(text, roster=ROSTER, orders=ORDERS)
    assert scored.total() == {"a": 100}


def test_a_period_before_needs_no_row_of_its_own(evaluate):
    text = head(attributes="[tier]").replace("roster: {type: given}", "roster: {type: given, time: s}")
    text += "metrics: {v: {measure: previous(sum(v))}, s: {measure: previous(v.score), worst: peer_min(), target: peer_max()}}\n"
    text += "segments: {x: {when: tier == 'x', metrics: {v: {target: 200}}}}"
    roster = {"c": ["a", "b"], "tier": ["x", "y"], "s": ["2026-04-01", "2026-04-02"]}
    orders = {"c": ["a", "b"], "at": ["2026-02-01"] * 2, "v": [50.0, 50.0]}
    scored = evaluate(text, "2026-Q2", roster=roster, orders=orders)
    assert scored.metric("v", "score") == {"a": 25, "b": 50}
    assert scored.metric("s", "state") == {"a": "missing", "b": "missing"}


TEXTS = """
metrics:
  v: {measure: sum(v)}
  word: {weight: 0, worst: null, target: null, measure: last(s)}
  day: {weight: 0, worst: null, target: null, measure: max(at)}
"""


def test_texts_and_moments_of_a_period_before(evaluate):
    text = head() + TEXTS + "  same: {weight: 0, choose: [{when: word.value == previous(word.value), label: same}, {otherwise: new}]}\n"
    text += "  apart: {weight: 0, measure: 'days_between(previous(day.value), day.value)'}\n"
    orders = {"c": ["a"] * 3, "at": ["2025-11-15", "2026-02-15", "2026-05-16"], "v": [1.0] * 3, "s": ["p", "p", "q"]}
    scored = evaluate(text, "2025-Q4..2026-Q2", roster=ROSTER, orders=orders)
    assert [scored.metric("same", "text", p)["a"] for p in ("2025-Q4", "2026-Q1", "2026-Q2")] == [None, "same", "new"]
    assert [scored.metric("apart", period=p)["a"] for p in ("2025-Q4", "2026-Q1", "2026-Q2")] == [None, 92, 90]


@pytest.mark.parametrize(
    ("when", "fires"),
    [
        ('word.value == "q"', False),
        ('coalesce(word.value, "none") == "none"', True),
        ('word.value in ("p", "q")', False),
        ('contains(word.value, "q")', False),
        ("is_null(word.value) and is_null(day.value)", True),
        ("days_between(day.value, period.end) > 3", False),
        ('days_between(coalesce(day.value, "2026-01-01"), period.end) > 3', True),
        ('day.value > "2026-01-01"', False),
    ],
)
def test_texts_and_moments_that_no_record_gave_are_unknown(evaluate, when, fires):
    text = head().replace("orders: {type: given, time: at}}", "orders: {type: given, time: at}, other: {type: given, time: at}}")
    text += TEXTS.replace("measure: last", "source: other, measure: last").replace("measure: max", "source: other, measure: max")
    text += f"rules: {{r: {{when: '{when}', cap: 5}}}}"
    other = {"c": ["a"], "at": ["2025-02-01"], "s": ["q"]}
    scored = evaluate(text, "2026-Q2", roster=ROSTER, orders=ORDERS, other=other)
    assert scored.total() == {"a": 5 if fires else 60}


def test_a_day_written_stands_in_for_a_moment(evaluate):
    text = head() + TEXTS + "  apart: {weight: 0, measure: 'days_between(coalesce(day.value, \"2026-06-01\"), period.end)'}\n"
    orders = {"c": ["a"], "at": ["2026-05-16"], "v": [1.0], "s": ["p"]}
    assert evaluate(text, "2026-Q2", roster={"c": ["a", "b"]}, orders=orders).metric("apart") == {"a": 46, "b": 30}


def test_a_history_is_every_period_that_the_records_cover(evaluate):
    scored = evaluate(head() + "metrics: {a: {measure: sum(v)}}", "history", roster=ROSTER, orders=ORDERS)
    assert [period.label for period in scored.evaluation.shown] == [
        "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip


def test_a_history_begins_where_every_source_has_begun_and_is_no_shorter_than_eight(evaluate):
    text = (
        head().replace("orders: {", "late: {type: given, time: at}, orders: {")
        + "metrics: {a: {measure: sum(v)}, b: {source: late, measure: sum(v)}}"
    )
    ages = [f"{year}-{month:02d}-15" for year in range(2020, 2027) for month in (2, 5, 8, 11) if (year, month) < (2026, 11)]
    for since, first in ((7, "2024-Q4"), (12, "2023-Q4")):
        late = {"c": ["a"] * since, "at": ages[-since:], "v": [1.0] * since}
        scored = evaluate(text, "history", roster=ROSTER, orders={"c": ["a"] * len(ages), "at": ages, "v": [1.0] * len(ages)}, late=late)
        assert scored.evaluation.shown[0].label == first
        assert scored.evaluation.shown[-1].label == "2026-Q3"
