"""Columns taken from another source: a left join that neither adds nor drops a record."""

from __future__ import annotations

import pytest

from scorecard.definition.check import check_text
from scorecard.errors import DataError
from scorecard.hooks.contracts import SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.text import Text

CARD = """
entity: {key: [id], roster: people}
sources:
  people: {type: given, join: {places: {on: place, columns: [region, size, open, since]}}}
  places: {type: given, columns: {place: Place ID}}
  orders: {type: given, join: {people: {on: [id], columns: [region]}}, where: region != "west"}
defaults: {metrics: {worst: 0, target: 10}}
metrics:
  region: {source: people, measure: region, curve: {lookup: {north: 1, west: 2}}}
  size: {source: people, measure: size}
  since: {source: people, measure: 'days_between(since, "2026-01-11")'}
  is_open: {source: people, measure: count(where=open)}
  sold: {source: orders, measure: sum(v)}
"""
PEOPLE = {"id": ["a", "b", "c", "d"], "place": ["1", "2", "1", None]}
PLACES = {
    "Place ID": ["1", "2", None],
    "region": ["north", "west", "nowhere"],
    "size": [5.0, None, 7.0],
    "open": [True, False, True],
    "since": ["2026-01-01", "2026-01-06", "2026-01-01"],
}
ORDERS = {"id": ["a", "a", "b", "c", "d"], "v": [1.0, 2.0, 4.0, 8.0, 16.0]}


def test_records_take_the_columns_of_the_one_row_that_agrees(evaluate):
    scored = evaluate(CARD, people=PEOPLE, places=PLACES, orders=ORDERS)
    assert scored.metric("region", "text") == {"a": "north", "b": "west", "c": "north", "d": None}
    assert scored.metric("size") == {"a": 5, "b": None, "c": 5, "d": None}
    assert scored.metric("since") == {"a": 10, "b": 5, "c": 10, "d": None}
    assert scored.metric("is_open") == {"a": 1, "b": 0, "c": 1, "d": 0}


def test_what_was_joined_may_be_joined_on_and_conditions_may_read_it(evaluate):
    scored = evaluate(CARD, people=PEOPLE, places=PLACES, orders=ORDERS)
    assert scored.metric("sold") == {"a": 3, "b": None, "c": 8, "d": None}
    assert scored.notes() == {"SC615": 1}


def test_trap_32_two_rows_for_one_key_are_refused_and_never_multiply_records(evaluate):
    places = {name: [*column, column[0]] for name, column in PLACES.items()}
    scored = evaluate(CARD, people=PEOPLE, places=places, orders=ORDERS)
    assert scored.metric("sold") == {"a": 3, "b": None, "c": 8, "d": None}
    places["region"][-1] = "south"
    with pytest.raises(DataError) as refused:
        evaluate(CARD, people=PEOPLE, places=places, orders=ORDERS)
    assert [(one.code, one.values["count"], one.values["examples"]) for one in refused.value.issues] == [("SC480", 1, ["place=1"])]


def test_trap_17_a_blank_key_agrees_with_nothing(evaluate):
    places = {name: [*column, column[2]] for name, column in PLACES.items()}
    places["region"][-1] = "elsewhere"
    assert evaluate(CARD, people=PEOPLE, places=places, orders=ORDERS).metric("region", "text")["d"] is None


def test_a_record_whose_key_is_nowhere_is_kept_and_counted(evaluate):
    scored = evaluate(CARD, people={**PEOPLE, "place": ["1", "9", "1", None]}, places=PLACES, orders=ORDERS)
    assert scored.metric("region", "text") == {"a": "north", "b": None, "c": "north", "d": None}
    assert scored.notes()["SC483"] == 1


def test_keys_agree_as_texts_whatever_they_are_stored_as(evaluate):
    scored = evaluate(CARD, people={**PEOPLE, "place": ["1", "2", "1", "7"]}, places={**PLACES, "Place ID": [1, 2, 7]}, orders=ORDERS)
    assert scored.metric("region", "text")["d"] == "nowhere"


def test_several_columns_must_agree(evaluate):
    text = """
entity: {key: [id], roster: people}
sources: {people: {type: given}, goals: {type: given}, sales: {type: given, join: {goals: {on: [id, month], columns: [goal]}}}}
metrics: {reached: {source: sales, measure: sum(v) / sum(goal), worst: 0, target: 1}}
"""
    sales = {"id": ["a", "a", "b"], "month": ["1", "2", "1"], "v": [1.0, 2.0, 3.0]}
    goals = {"id": ["a", "a", "b", "b"], "month": ["1", "2", "1", "2"], "goal": [2.0, 4.0, 3.0, 9.0]}
    assert evaluate(text, people={"id": ["a", "b"]}, sales=sales, goals=goals).metric("reached") == {"a": 0.5, "b": 1}


def test_a_key_part_that_is_joined_tells_whose_a_record_is(evaluate):
    text = """
entity: {key: [customer], roster: projects}
sources: {projects: {type: given, columns: {customer: owner}}, visits: {type: given, join: {projects: {on: project, columns: [customer]}}}}
metrics: {visits: {source: visits, measure: count(), worst: 0, target: 1}}
"""
    projects = {"project": ["p", "q"], "owner": ["a", "b"]}
    assert evaluate(text, projects=projects, visits={"project": ["p", "p", "q"]}).metric("visits") == {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("places", "people", "codes"),
    [
        ({"Place ID": ["1"], "region": ["n"], "size": [1.0], "open": [True]}, PEOPLE, ["SC601"]),
        (PLACES, {"id": ["a"]}, ["SC601"]),
        (PLACES, {**PEOPLE, "region": ["n", "n", "n", "n"]}, ["SC481"]),
    ],
)
def test_columns_that_are_not_there_or_there_already(evaluate, places, people, codes):
    with pytest.raises(DataError) as refused:
        evaluate(CARD, people=people, places=places, orders=ORDERS)
    assert [one.code for one in refused.value.issues] == codes


@pytest.mark.parametrize(
    ("join", "code"),
    [
        ("{palces: {on: place, columns: [region]}}", "SC201"),
        ("{people: {on: place, columns: [region]}}", "SC482"),
        ("{orders: {on: id, columns: [v]}}", "SC482"),
        ("{places: {on: [], columns: [region]}}", "SC109"),
        ("{places: {columns: [region]}}", "SC102"),
    ],
)
def test_joins_that_cannot_be_meant(join, code):
    text = CARD.replace("{places: {on: place, columns: [region, size, open, since]}}", join)
    registry = Registry(
        sources={"given": SourceType(id="given", title=Text.of("given"), params={"type": "object", "properties": {}}, doc="", open="x:y")}
    )
    assert [issue.code for issue in check_text(text, "test.scorecard.yaml", registry).issues] == [code]
