# ruff: noqa: E501 - a definition stands on one line
"""Windows and time: half-open edges, intervals, last days, time zones, as of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from scorecard.errors import DataError, UsageError

HEAD = """
schema: scorecard/1
entity: {key: [c], roster: roster}
period: {every: quarter, timezone: Asia/Shanghai}
sources: {roster: {type: given}, orders: {type: given, time: at}, tickets: {type: given, time: {from: opened, to: closed}}}
defaults: {metrics: {source: orders, worst: 0, target: 100}}
"""
ROSTER = {"c": ["a"]}
NO_TICKETS = {"c": ["a"], "opened": ["2026-01-01"], "closed": [None]}


def value(evaluate, metric, period="2026-Q2", **records):
    given = {"roster": ROSTER, **records}
    return evaluate(HEAD + f"metrics: {{m: {{{metric}}}}}", period, **given).metric("m")["a"]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("period", 2),
        ("quarter", 2),
        ("month", 1),
        ("2 months", 1),
        ("3 months", 2),
        ("6 months", 3),
        ("year", 4),
        ("all", 5),
        ("30 days", 1),
        ("91 days", 2),
        ("90 days", 1),
        ("13 weeks", 2),
    ],
)
def test_a_window_is_half_open_and_ends_where_the_period_ends(evaluate, window, expected):
    at = ["2025-06-30 23:59:59", "2025-07-01", "2026-01-01", "2026-04-01", "2026-06-30 23:59:59.999999", "2026-07-01"]
    assert value(evaluate, f"measure: count(), window: {window}", orders={"c": ["a"] * 6, "at": at}) == expected


def test_a_source_without_time_is_never_cut(evaluate):
    text = HEAD.replace("orders: {type: given, time: at}", "orders: {type: given}") + "metrics: {m: {measure: count(), window: month}}"
    assert evaluate(text, "2026-Q2", roster=ROSTER, orders={"c": ["a", "a"]}).metric("m") == {"a": 2}


def test_a_record_without_its_time_is_left_out_and_counted(evaluate):
    scored = evaluate(
        HEAD + "metrics: {m: {measure: count()}}", "2026-Q2", roster=ROSTER, orders={"c": ["a", "a"], "at": ["2026-04-01", None]}
    )
    assert scored.metric("m") == {"a": 1}
    assert scored.notes()["SC614"] == 1


@pytest.mark.parametrize(
    ("opened", "closed", "counts"),
    [
        ("2026-01-05", "2026-03-31", 0),
        ("2026-01-05", "2026-04-01", 1),
        ("2026-01-05", None, 1),
        ("2026-06-30", "2026-08-01", 1),
        ("2026-07-01", None, 0),
        ("2026-05-01", "2026-05-01", 1),
    ],
)
def test_an_interval_counts_in_every_window_it_overlaps(evaluate, opened, closed, counts):
    tickets = {"c": ["a", "a"], "opened": [opened, "2026-04-02"], "closed": [closed, "2026-04-03"]}
    assert value(evaluate, "source: tickets, measure: count()", tickets=tickets) == counts + 1


def test_a_date_at_the_end_is_the_last_day_and_a_moment_is_not_in_it(evaluate):
    def count(closed, day):
        tickets = {"c": ["a"], "opened": ["2026-04-01"], "closed": [closed]}
        return value(evaluate, f"source: tickets, measure: 'count(where=active_on(\"{day}\"))'", tickets=tickets)

    assert count("2026-05-10", "2026-05-10") == 1
    assert count("2026-05-10", "2026-05-11") == 0
    assert count("2026-05-10 12:00", "2026-05-10") == 1
    assert count("2026-05-10 12:00", "2026-05-11") == 0


def test_active_on_the_last_day(evaluate):
    tickets = {"c": ["a"] * 4, "opened": ["2026-05-01"] * 3 + ["2026-06-30"], "closed": ["2026-06-29", "2026-06-30", None, None]}
    assert value(evaluate, "source: tickets, measure: count(where=active_on(period.last_day))", tickets=tickets) == 3


def test_active_before_the_window_sees_those_that_ended_there(evaluate):
    tickets = {"c": ["a"] * 3, "opened": ["2026-01-01"] * 3, "closed": ["2026-03-31", "2026-05-01", None]}
    metric = "source: tickets, measure: 'count_distinct(opened, where=active_on(window.start - 1)) + 10 * count(where=active_on(window.start - 1))'"
    assert value(evaluate, metric, tickets=tickets) == 31


def test_the_time_zone_decides_on_which_side_of_the_edge_a_moment_falls(evaluate):
    utc = UTC
    at = [datetime(2026, 3, 31, 15, 59, 59, tzinfo=utc), datetime(2026, 3, 31, 16, tzinfo=utc), datetime(2026, 6, 30, 16, tzinfo=utc)]
    assert value(evaluate, "measure: count()", orders={"c": ["a"] * 3, "at": at}) == 1
    texts = [f"{moment:%Y-%m-%dT%H:%M:%S}Z" for moment in at]
    assert value(evaluate, "measure: count()", orders={"c": ["a"] * 3, "at": texts}) == 1
    offsets = [moment.astimezone(timezone(timedelta(hours=-5))).isoformat() for moment in at]
    assert value(evaluate, "measure: count()", orders={"c": ["a"] * 3, "at": offsets}) == 1


def test_as_of_reads_the_data_as_they_stood(evaluate):
    orders = {"c": ["a"] * 3, "at": ["2026-04-30 23:00", "2026-05-01", "2026-05-02"]}
    scored = evaluate(HEAD + "metrics: {m: {measure: count()}}", "2026-Q2", date(2026, 5, 1), roster=ROSTER, orders=orders)
    assert scored.metric("m") == {"a": 1}


def test_as_of_knows_no_end_that_came_later(evaluate):
    text = (
        HEAD
        + """
metrics:
  open: {source: tickets, measure: count(where=is_null(closed)), worst: 9}
  hours: {source: tickets, measure: "mean(hours_between(opened, closed))"}
  active: {source: tickets, measure: count(where=active_on(period.last_day))}
"""
    )
    tickets = {"c": ["a"] * 3, "opened": ["2026-04-01"] * 3, "closed": ["2026-04-02", "2026-04-30", "2026-05-01"]}
    scored = evaluate(text, "2026-Q2", date(2026, 5, 1), roster=ROSTER, tickets=tickets)
    assert scored.metric("open") == {"a": 1}
    assert scored.metric("active") == {"a": 1}
    assert scored.metric("hours") == {"a": (24 + 29 * 24) / 2}


def test_latest_is_the_last_period_that_is_over(evaluate):
    orders = {"c": ["a"] * 3, "at": ["2026-01-05", "2026-04-30", "2026-05-02"]}
    text = HEAD + "metrics: {m: {measure: count()}}"
    assert list(evaluate(text, "latest", date(2026, 5, 10), roster=ROSTER, orders=orders).total("period").values()) == ["2026-Q1"]
    assert list(evaluate(text, "latest", date(2026, 7, 1), roster=ROSTER, orders=orders).total("period").values()) == ["2026-Q2"]


def test_a_period_beyond_the_data_is_refused(evaluate):
    orders = {"c": ["a"], "at": ["2026-01-05"]}
    for period in ("2026-Q2", "2025-Q4"):
        with pytest.raises(UsageError) as raised:
            evaluate(HEAD + "metrics: {m: {measure: count()}}", period, roster=ROSTER, orders=orders)
        assert raised.value.issues[0].code == "SC705"


def test_an_open_interval_reaches_into_every_later_period(evaluate):
    tickets = {"c": ["a"], "opened": ["2024-01-05"], "closed": [None]}
    assert value(evaluate, "source: tickets, measure: count()", tickets=tickets) == 1


def test_only_older_records_leave_the_metric_missing_and_say_when_the_last_one_was(evaluate):
    scored = evaluate(
        HEAD + "metrics: {m: {measure: mean(v)}}",
        "2026-Q2",
        roster={"c": ["a", "b"]},
        orders={"c": ["a", "b", "b"], "at": ["2026-04-01", "2025-12-30", "2026-07-02"], "v": [1.0, 2.0, 3.0]},
    )
    assert scored.metric("m", "reason") == {"a": "", "b": "no_record"}
    assert scored.explain("b").total.children[0].last_record == date(2025, 12, 30)
    assert scored.explain("a").total.children[0].last_record is None


# ---------------------------------------------------------------- rosters in time

ROSTER_TEXT = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
period: {every: quarter}
sources: {roster: {type: given, time: {from: started, to: ended}}, orders: {type: given, time: at}}
metrics: {m: {source: orders, measure: count(), worst: 0, target: 10}}
"""
ORDERS = {"c": ["a", "b", "a"], "at": ["2026-01-05", "2026-04-30", "2026-07-02"]}


def test_a_roster_with_intervals_says_when_an_entity_exists(evaluate):
    roster = {
        "c": ["a", "b", "d"],
        "tier": ["x"] * 3,
        "started": ["2025-01-01", "2026-04-01", "2026-07-01"],
        "ended": ["2026-03-31", None, None],
    }
    scored = evaluate(ROSTER_TEXT, "2026-Q1..2026-Q3", roster=roster, orders=ORDERS)
    assert scored.metric("m", period="2026-Q1") == {"a": 1}
    assert scored.metric("m", period="2026-Q2") == {"b": 1}
    assert scored.metric("m", period="2026-Q3") == {"b": 0, "d": 0}


def test_attributes_are_those_of_the_periods_end(evaluate):
    roster = {
        "c": ["a", "a", "b"],
        "tier": ["x", "y", "x"],
        "started": ["2025-01-01", "2026-05-10", "2025-01-01"],
        "ended": ["2026-05-09", None, None],
    }
    scored = evaluate(ROSTER_TEXT, "2026-Q1..2026-Q3", roster=roster, orders=ORDERS)
    assert scored.total("tier", "2026-Q1") == {"a": "x", "b": "x"}
    assert scored.total("tier", "2026-Q2") == {"a": "y", "b": "x"}


def test_what_is_valid_at_the_end_stands_above_what_began_later_and_ended(evaluate):
    roster = {"c": ["a", "a"], "tier": ["x", "y"], "started": ["2025-01-01", "2026-05-10"], "ended": [None, "2026-05-20"]}
    assert evaluate(ROSTER_TEXT, "2026-Q2", roster=roster, orders=ORDERS).total("tier") == {"a": "x"}


@pytest.mark.parametrize("ended", [None, "2026-06-30", "2026-12-31"])
def test_two_rows_valid_at_the_end_are_an_error(evaluate, ended):
    roster = {"c": ["a", "a"], "tier": ["x", "y"], "started": ["2025-01-01", "2026-05-10"], "ended": [ended, None]}
    with pytest.raises(DataError) as raised:
        evaluate(ROSTER_TEXT, "2026-Q2", roster=roster, orders=ORDERS)
    assert raised.value.issues[0].code == "SC612"


def test_a_roster_with_moments_has_a_row_per_period(evaluate):
    text = """
schema: scorecard/1
entity: {key: [c], roster: roster, attributes: [tier]}
period: {every: year}
sources: {roster: {type: given, time: year}}
metrics: {v: {worst: 0, target: 10}}
"""
    roster = {"c": ["a", "a", "b"], "tier": ["x", "y", "z"], "year": [2024, 2025, 2025], "v": [1.0, 2.0, 3.0]}
    scored = evaluate(text, "2024..2025", roster=roster)
    assert scored.metric("v", period="2024") == {"a": 1}
    assert scored.metric("v", period="2025") == {"a": 2, "b": 3}
    assert scored.total("tier", "2025") == {"a": "y", "b": "z"}


def test_entity_where_says_who_is_scored(evaluate):
    text = ROSTER_TEXT.replace("attributes: [tier]}", "attributes: [tier], where: tier == 'x'}")
    roster = {"c": ["a", "b", "d"], "tier": ["x", "y", None], "started": ["2025-01-01"] * 3, "ended": [None] * 3}
    scored = evaluate(text, "2026-Q1", roster=roster, orders=ORDERS)
    assert scored.metric("m") == {"a": 1}
    assert scored.notes()["SC615"] == 1


@pytest.mark.parametrize(("ended", "latest"), [(None, "2026-Q2"), ("2025-05-05", "2025-Q2"), ("2025-03-31", "2025-Q1")])
def test_latest_of_intervals_is_the_last_period_they_reach_into(evaluate, ended, latest):
    text = ROSTER_TEXT.split("metrics:", maxsplit=1)[0] + "metrics: {m: {source: roster, measure: count(), worst: 0, target: 1}}"
    roster = {"c": ["a"], "tier": ["x"], "started": ["2024-01-05"], "ended": [ended]}
    assert evaluate(text, "latest", date(2026, 7, 5), roster=roster).total("period") == {"a": latest}


def test_an_entity_that_begins_later_does_not_move_the_latest_period(evaluate):
    roster = {"c": ["a", "b"], "tier": ["x", "x"], "started": ["2024-01-05", "2026-06-01"], "ended": [None, None]}
    orders = {"c": ["a"], "at": ["2026-02-01"]}
    assert evaluate(ROSTER_TEXT, "latest", date(2026, 7, 5), roster=roster, orders=orders).total("period") == {"a": "2026-Q1"}
