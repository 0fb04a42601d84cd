"""From records to a value: null, no record, several records, keys, records of nobody."""

from __future__ import annotations

import pytest

from scorecard.errors import DataError

HEAD = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
sources: {roster: {type: given}, orders: {type: given}}
defaults: {metrics: {source: orders, worst: 0, target: 100}}
"""
ROSTER = {"c": ["a", "b", "d"], "tier": ["x", "y", None]}


def measured(evaluate, measure, orders, column="value", more=""):
    return evaluate(HEAD + f"metrics: {{m: {{measure: '{measure}'{more}}}}}", roster=ROSTER, orders=orders).metric("m", column)


ORDERS = {"c": ["a", "a", "a", "b", "zz", None], "amount": [10.0, 20.0, None, 5.0, 99.0, 7.0]}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("count()", {"a": 3, "b": 1, "d": 0}),
        ("count(amount)", {"a": 2, "b": 1, "d": 0}),
        ("count_distinct(amount)", {"a": 2, "b": 1, "d": 0}),
        ("sum(amount)", {"a": 30, "b": 5, "d": None}),
        ("coalesce(sum(amount), 0)", {"a": 30, "b": 5, "d": 0}),
        ("mean(amount)", {"a": 15, "b": 5, "d": None}),
        ("min(amount)", {"a": 10, "b": 5, "d": None}),
        ("max(amount)", {"a": 20, "b": 5, "d": None}),
        ("median(amount)", {"a": 15, "b": 5, "d": None}),
        ("quantile(amount, 0.25)", {"a": 12.5, "b": 5, "d": None}),
        ("share(amount > 12)", {"a": 0.5, "b": 0, "d": None}),
        ("count(where=amount > 12)", {"a": 1, "b": 0, "d": 0}),
        ("sum(amount) / count(where=amount > 100)", {"a": None, "b": None, "d": None}),
        ("min_of(sum(amount), 8)", {"a": 8, "b": 5, "d": 8}),
    ],
)
def test_no_record_counts_zero_and_is_null_elsewhere(evaluate, measure, expected):
    assert measured(evaluate, measure, ORDERS) == expected


def test_a_value_of_null_is_missing_and_says_whether_there_were_records(evaluate):
    states = measured(evaluate, "sum(amount)", {"c": ["a", "b"], "amount": [1.0, None]}, "reason")
    assert states == {"a": "", "b": "no_value", "d": "no_record"}


def test_where_the_source_has_none_for_anyone_counts_are_missing(evaluate):
    text = (
        HEAD.replace("orders: {type: given}", "orders: {type: given, time: at}")
        + "period: {every: quarter}\nmetrics: {m: {measure: count()}}"
    )
    orders = {"c": ["a", "b"], "at": ["2026-01-05", "2026-07-01"]}
    scored = evaluate(text, "2026-Q2", roster=ROSTER, orders=orders)
    assert scored.metric("m") == {"a": None, "b": None, "d": None}
    assert set(scored.metric("m", "reason").values()) == {"source_empty"}


def test_records_that_all_belong_to_nobody_are_records_all_the_same(evaluate):
    assert measured(evaluate, "count()", {"c": ["zz"], "amount": [1.0]}) == {"a": 0, "b": 0, "d": 0}


def test_records_of_nobody_are_counted_once(evaluate):
    scored = evaluate(HEAD + "metrics: {m: {measure: count()}}", roster=ROSTER, orders=ORDERS)
    assert scored.notes()["SC610"] == 2


def test_a_bare_column_is_the_value_of_the_one_record(evaluate):
    orders = {"c": ["a", "b", "b"], "amount": [1.0, 2.0, 2.0]}
    assert measured(evaluate, "amount", orders) == {"a": 1, "b": None, "d": None}
    assert measured(evaluate, "amount", orders, "state") == {"a": "measured", "b": "failed", "d": "missing"}


def test_no_measure_means_the_column_named_like_the_metric(evaluate):
    scored = evaluate(HEAD + "metrics: {amount: {}}", roster=ROSTER, orders={"c": ["a", "b"], "amount": [1.0, 2.0]})
    assert scored.metric("amount") == {"a": 1, "b": 2, "d": None}


def test_min_records(evaluate):
    more = ", min_records: 2"
    assert measured(evaluate, "mean(amount)", ORDERS, more=more) == {"a": 15, "b": None, "d": None}
    assert measured(evaluate, "mean(amount)", ORDERS, "reason", more) == {"a": "", "b": "too_few_records", "d": "too_few_records"}


def test_min_records_counts_those_that_where_leaves(evaluate):
    more = ", min_records: 2, where: amount > 12"
    assert measured(evaluate, "count()", ORDERS, "state", more) == {"a": "missing", "b": "missing", "d": "missing"}


def test_an_unknown_where_leaves_the_record_out(evaluate):
    assert measured(evaluate, "count()", ORDERS, more=", where: not (amount > 12)") == {"a": 1, "b": 1, "d": 0}


def test_an_unknown_where_is_counted_and_reported(evaluate):
    scored = evaluate(HEAD + "metrics: {m: {measure: count(), where: amount > 12}}", roster=ROSTER, orders=ORDERS)
    assert scored.notes()["SC615"] == 1


def test_a_coarser_key_is_measured_once_and_shown_below(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c, p], roster: roster}
sources: {roster: {type: given}, surveys: {type: given}, tickets: {type: given}}
metrics:
  q: {source: surveys, measure: sum(q), worst: 0, target: 10}
  t: {source: tickets, measure: count(), worst: 10, target: 0}
  all: {source: tickets, measure: count(), per: [], worst: 10, target: 0}
  each: {source: tickets, measure: count(), per: [c], worst: 10, target: 0}
"""
    roster = {"c": ["a", "a", "b"], "p": ["1", "2", "1"]}
    surveys = {"c": ["a", "b", "b"], "q": [4.0, 1.0, 2.0]}
    tickets = {"c": ["a", "a", "b", "a"], "p": ["1", "2", "1", "9"]}
    scored = evaluate(text, roster=roster, surveys=surveys, tickets=tickets)
    assert scored.metric("q") == {"a 1": 4, "a 2": 4, "b 1": 3}
    assert scored.metric("t") == {"a 1": 1, "a 2": 1, "b 1": 1}
    assert scored.metric("all") == {"a 1": 4, "a 2": 4, "b 1": 4}
    assert scored.metric("each") == {"a 1": 3, "a 2": 3, "b 1": 1}
    assert scored.explain("a 1").total.children[0].shared_by == ("c",)
    assert scored.explain("a 1").total.children[1].shared_by is None


def test_keys_are_text(evaluate):
    roster = {"c": [1001, 7, 3], "tier": ["x", "y", "z"]}
    scored = evaluate(HEAD + "metrics: {m: {measure: count()}}", roster=roster, orders={"c": ["1001", "007", "7"]})
    assert scored.metric("m") == {"1001": 1, "7": 1, "3": 0}
    scored = evaluate(HEAD + "metrics: {m: {measure: count()}}", roster=roster, orders={"c": [1001.0, None, 7.0]})
    assert scored.metric("m") == {"1001": 1, "7": 1, "3": 0}


def test_two_rows_of_one_entity_that_differ_are_an_error(evaluate):
    roster = {"c": ["a", "a", "b"], "tier": ["x", "y", "x"]}
    with pytest.raises(DataError) as raised:
        evaluate(HEAD + "metrics: {m: {measure: count()}}", roster=roster, orders=ORDERS)
    assert [issue.code for issue in raised.value.issues] == ["SC612"]


def test_the_finer_grain(evaluate):
    orders = {"c": ["a", "a", "a", "b", "b"], "buyer": ["p", "p", "q", "r", None], "amount": [1.0, 2.0, 3.0, 4.0, 5.0]}
    assert measured(evaluate, "share(count() >= 2, each=buyer)", orders) == {"a": 0.5, "b": 0, "d": None}
    assert measured(evaluate, "mean(sum(amount), each=buyer)", orders) == {"a": 3, "b": 4, "d": None}
    assert measured(evaluate, "count(each=buyer)", orders) == {"a": 2, "b": 1, "d": 0}
    assert measured(evaluate, "count(each=buyer)", orders, more=", where: amount > 100") == {"a": 0, "b": 0, "d": 0}


def test_infinity_in_the_records_is_null(evaluate):
    orders = {"c": ["a", "a", "b"], "amount": [float("inf"), 1.0, float("-inf")]}
    assert measured(evaluate, "sum(amount)", orders) == {"a": 1, "b": None, "d": None}
    assert measured(evaluate, "count(where=amount > 0)", orders) == {"a": 1, "b": 0, "d": 0}


def test_last_is_the_latest_and_of_equals_the_last_written(evaluate):
    text = (
        HEAD.replace("orders: {type: given}", "orders: {type: given, time: at}")
        + "metrics: {m: {measure: last(v)}, f: {measure: first(v)}}"
    )
    orders = {
        "c": ["a"] * 4 + ["b"] * 3,
        "at": ["2026-01-02", "2026-01-05", "2026-01-05", "2026-01-02", "2026-02-02", "2026-02-01", "2026-02-03"],
        "v": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, None],
    }
    scored = evaluate(text, roster=ROSTER, orders=orders)
    assert scored.metric("m") == {"a": 3, "b": 5, "d": None}
    assert scored.metric("f") == {"a": 1, "b": 6, "d": None}


def test_the_whole_portfolio(evaluate):
    text = """
schema: scorecard/1
entity: {key: []}
sources: {orders: {type: given}}
metrics: {m: {measure: sum(amount), worst: 0, target: 200}}
"""
    assert evaluate(text, orders=ORDERS).total() == {"": 70.5}


def test_an_attribute_that_is_null_matches_nothing(evaluate):
    text = HEAD + "metrics: {m: {measure: count(), target: 'if_else(tier == \"x\", 1, 2)'}}"
    scored = evaluate(text, roster=ROSTER, orders=ORDERS)
    assert scored.metric("m", "target") == {"a": 1, "b": 2, "d": None}
    assert scored.metric("m", "reason") == {"a": "", "b": "", "d": "number_missing"}


@pytest.mark.parametrize("keys", [[1, 2], ["1", "2"], [1.0, 2.0]])
def test_a_key_is_text_in_formulas_too(evaluate, keys):
    text = HEAD + "metrics: {m: {measure: count(), target: 'if_else(c == \"1\", 1, 2)'}}"
    scored = evaluate(text, roster={"c": keys, "tier": ["x", "y"]}, orders={"c": ["1", "2"]})
    assert scored.metric("m", "target") == {"1": 1, "2": 2}


def test_a_measure_over_attributes_reads_them_as_its_formula_asks(evaluate):
    text = (
        HEAD.replace("[tier]", "[tier, since, seats]")
        + """
period: {every: year}
metrics: {age: {source: null, measure: "days_between(since, period.end)"}, seats: {source: null, measure: "2 * entity.seats"}}
"""
    )
    text = text.replace("source: orders, ", "").replace("source: null, ", "")
    roster = {"c": ["a", "b"], "tier": ["x", "y"], "since": ["2026-12-31", None], "seats": ["5", " 1,000 "]}
    scored = evaluate(text, "2026", roster=roster, orders={"c": ["a"]})
    assert scored.metric("age") == {"a": 1, "b": None}
    assert scored.metric("seats") == {"a": 10, "b": 2000}


@pytest.mark.parametrize("moment", ["text", "moment"])
def test_days_that_are_kept_as_texts_have_an_order(evaluate, moment):
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster}
sources: {roster: {type: given}, orders: {type: given%s}}
metrics:
  first: {source: orders, measure: min(day), weight: 0}
  early: {measure: 'if_else(first.value < "2019-01-01", 1, 0)', worst: 0, target: 1}
  late: {measure: 'if_else(first.value >= "2019-01-01", 1, 0)', weight: 0}
"""
    typed = ", columns: {day: {from: day, type: moment}}" if moment == "moment" else ""
    orders = {"c": ["a", "a", "b"], "day": ["2019-10-15", "2020-01-01", "2018-03-01"]}
    scored = evaluate(text % typed, roster={"c": ["a", "b"]}, orders=orders)
    assert scored.metric("early") == {"a": 0, "b": 1}
    assert scored.metric("late") == {"a": 1, "b": 0}
