"""Names and types of formulas against where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorecard.expression.check import Checked, Scope, check
from scorecard.expression.functions import ALSO_CALLED, FUNCTIONS, INTERNAL
from scorecard.expression.parse import parse
from scorecard.language.catalogue import sentence
from scorecard.model.formula import Call, Cell, Column, Kind
from scorecard.model.issue import Place

PLACE = Place("acme.scorecard.yaml", 3, 1)
WHEN = Scope(
    attributes={"tier": Kind.TEXT, "is_new": Kind.ANY, "size": Kind.ANY},
    metrics=frozenset({"csat", "growth"}),
    groups=frozenset({"total", "service"}),
    bands=frozenset({"red", "amber", "green"}),
    period=True,
    time=True,
    peers=True,
)
MEASURE = replace(WHEN, records=True, own="csat")
COLUMNS = {"amount": Kind.NUMBER, "opened_at": Kind.MOMENT, "channel": Kind.TEXT, "tier": Kind.TEXT}
KNOWN = replace(MEASURE, columns=COLUMNS)
WHERE = Scope(records=True, row_only=True, period=True, expect=Kind.TRUTH)
NUMBER = replace(WHEN, own="csat", expect=Kind.NUMBER, params={"x": Kind.NUMBER})


def checked(text: str, scope: Scope) -> Checked:
    tree, issues = parse(text, PLACE)
    assert tree is not None, issues
    return check(tree, scope, PLACE)


@pytest.mark.parametrize(
    ("text", "scope", "kind", "columns", "cells"),
    [
        ("coalesce(sum(amount), 0) / year_ago(sum(amount)) - 1", MEASURE, Kind.NUMBER, {"amount": Kind.NUMBER}, set()),
        ("median(hours_between(a, b))", MEASURE, Kind.NUMBER, {"a": Kind.MOMENT, "b": Kind.MOMENT}, set()),
        ("share(count() >= 2, each=customer)", MEASURE, Kind.NUMBER, {"customer": Kind.ANY}, set()),
        ("count(where=active_on(period.last_day))", MEASURE, Kind.NUMBER, {}, {"period.last_day"}),
        ('count(where=channel == "x") * size', MEASURE, Kind.NUMBER, {"channel": Kind.TEXT}, {"entity.size"}),
        ("max(opened_at)", KNOWN, Kind.MOMENT, {"opened_at": Kind.MOMENT}, set()),
        ("count(where=period.end - opened_at > 3)", KNOWN, Kind.NUMBER, {"opened_at": Kind.MOMENT}, {"period.end"}),
        ('day >= "2026-01-31"', WHERE, Kind.TRUTH, {"day": Kind.MOMENT}, set()),
        ('day == "2026-01-31"', WHERE, Kind.TRUTH, {"day": Kind.TEXT}, set()),
        ('day == "2026-01-31" and day < period.end', WHERE, Kind.TRUTH, {"day": Kind.MOMENT}, {"period.end"}),
        ("a == b and a > 1", WHERE, Kind.TRUTH, {"a": Kind.NUMBER, "b": Kind.NUMBER}, set()),
        ("0.8 * target", NUMBER, Kind.NUMBER, {}, {"csat.target"}),
        ("previous(value)", NUMBER, Kind.NUMBER, {}, set()),
        ("mean_of(previous(value, 1), previous(value, n=24))", NUMBER, Kind.NUMBER, {}, set()),
        ("previous(max(opened_at), 2) < period.end", KNOWN, Kind.TRUTH, {"opened_at": Kind.MOMENT}, {"period.end"}),
        ("peer_quantile(0.9, by=tier)", NUMBER, Kind.NUMBER, {}, {"csat.value", "entity.tier"}),
        ('growth.value == "A"', WHEN, Kind.TRUTH, {}, {"growth.value"}),
        ("period.end - period.start > 30", WHEN, Kind.TRUTH, {}, {"period.end", "period.start"}),
    ],
)
def test_what_a_formula_reads_and_yields(text: str, scope: Scope, kind: Kind, columns: dict[str, Kind], cells: set[str]) -> None:
    found = checked(text, scope)
    assert not found.issues
    assert (found.kind, found.columns, set(found.cells)) == (kind, columns, cells)


def test_a_bare_name_is_a_column_of_one_record_or_an_attribute() -> None:
    assert checked("amount", MEASURE).tree == Call(function="single", arguments=(Column(name="amount", start=0, end=6),), start=0, end=6)
    assert checked("tier", MEASURE).tree == Cell(name="entity.tier", start=0, end=4)
    assert isinstance(checked("tier", KNOWN).tree, Call)
    assert checked("count_distinct(tier)", MEASURE).columns == {"tier": Kind.ANY}


def test_attributes_have_the_kind_their_uses_ask() -> None:
    assert checked("not is_new and size > 3", WHEN).attributes == {"is_new": Kind.TRUTH, "size": Kind.NUMBER}


@pytest.mark.parametrize(
    ("text", "scope", "code", "reason", "start", "hint"),
    [
        ("sum(amout)", KNOWN, "SC303", "column", 4, ["amount"]),
        ('tir == "x"', WHEN, "SC303", "name", 0, ["tier"]),
        ("tier == strategic", WHEN, "SC303", "name", 8, ['"strategic"']),
        ('tier in ["key", strategic]', WHEN, "SC303", "name", 16, ['"strategic"']),
        ("tier == siz", WHEN, "SC303", "name", 8, ["size", '"siz"']),
        ("strategic == 'x'", WHEN, "SC303", "name", 0, []),
        ("csat.valeu > 0", WHEN, "SC303", "facet", 0, ["value"]),
        ("csta.value > 0", WHEN, "SC303", "node", 0, ["csat"]),
        ("csat > 3", WHEN, "SC303", "bare_node", 0, ["csat.value"]),
        ("params.y", NUMBER, "SC303", "param", 0, []),
        ("peer_min(by=teir)", NUMBER, "SC303", "attribute", 12, ["tier"]),
        ("size + tier == 'x'", WHEN, "SC304", None, 15, None),
        ('size > "a"', WHEN, "SC304", "no_order", 0, None),
        ("tier == null", WHEN, "SC304", "null_compared", 8, None),
        ("csat.score", replace(WHEN, expect=Kind.TRUTH), "SC304", None, 0, None),
        ("sum(opened_at)", KNOWN, "SC304", None, 4, None),
        ("count(where=opened_at + amount > period.end)", KNOWN, "SC304", "moment_shift", 24, None),
        ("quantile(x, q=2)", MEASURE, "SC305", "range", 14, None),
        ("quantile(x, y)", MEASURE, "SC305", "written", 12, None),
        ("sum()", MEASURE, "SC305", "count", 0, None),
        ("sum(x, wher=y)", MEASURE, "SC305", "option", 12, ["where"]),
        ("peer_mean()", WHEN, "SC305", "peer_own", 0, None),
        ("sum(x) + count(where=x == 'a')", MEASURE, "SC308", None, 21, None),
        ("summ(x)", MEASURE, "SC309", None, 0, ["sum"]),
        ("single(x)", MEASURE, "SC309", None, 0, []),
        ("AVERAGE(x)", MEASURE, "SC309", None, 0, ["mean"]),
        ("CountIf(x)", MEASURE, "SC309", None, 0, ["count"]),
        ("sum(x) > 1", WHEN, "SC310", "record_function", 0, None),
        ("sum(x) > 1", WHERE, "SC310", "record_function", 0, None),
        ("sum(mean(x))", MEASURE, "SC310", "nested", 4, None),
        ("sum(x, each=y)", MEASURE, "SC310", "column_in_each", 4, None),
        ("sum(csat.value)", MEASURE, "SC310", "node_in_records", 4, None),
        ("previous(x)", MEASURE, "SC310", "column_in_time", 9, None),
        ("previous(value, 0)", NUMBER, "SC305", "range", 16, None),
        ("previous(value, 25)", NUMBER, "SC305", "range", 16, None),
        ("previous(value, 1.5)", NUMBER, "SC305", "range", 16, None),
        ("previous(value, size)", NUMBER, "SC305", "written", 16, None),
        ("previous(value, 1, 2)", NUMBER, "SC305", "count", 0, None),
        ("year_ago(value, 2)", NUMBER, "SC305", "count", 0, None),
        ("previous(tier)", WHEN, "SC310", "attribute_in_time", 9, None),
        ("window.start < period.end", WHEN, "SC310", "no_window", 0, None),
        ('csat.band == "gren"', WHEN, "SC311", "band", 13, ["green"]),
        ('csat.state in ["measured", "mising"]', WHEN, "SC311", "state", 27, ["missing"]),
    ],
)
def test_each_mistake_has_its_issue(text: str, scope: Scope, code: str, reason: str | None, start: int, hint: list[str] | None) -> None:
    (issue,) = checked(text, scope).issues
    assert issue.place is not None
    assert (issue.code, issue.values.get("reason"), issue.place.column - 1) == (code, reason, start)
    if hint is not None:
        assert list(issue.values["did_you_mean"]) == hint  # type: ignore[call-overload]
    said = sentence(code, issue.values)
    assert "{" not in said


def test_insufficient_is_a_band_of_the_total_only() -> None:
    assert not checked('total.band == "insufficient"', WHEN).issues
    assert [issue.code for issue in checked('service.band == "insufficient"', WHEN).issues] == ["SC311"]


def test_all_mistakes_are_found_at_once_in_the_order_of_the_text() -> None:
    assert [issue.code for issue in checked("summ(x) + sum(y) > csat.valeu", WHEN).issues] == ["SC309", "SC310", "SC303"]


def test_divisions_over_records_may_not_nest_without_end() -> None:
    text = "a"
    for _ in range(12):
        text = f"1 / (1 + {text})"
    assert [(issue.code, issue.values["reason"]) for issue in checked(f"sum({text})", MEASURE).issues] == [("SC306", "heavy")]


def test_other_names_of_functions_lead_to_functions_and_hide_none() -> None:
    assert {name for names in ALSO_CALLED.values() for name in names} <= FUNCTIONS.keys() - INTERNAL
    assert ALSO_CALLED.keys().isdisjoint(FUNCTIONS)
