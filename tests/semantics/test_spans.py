"""Which stretch of records a source is asked for: all that the evaluation reads, and no more."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pytest

from scorecard import app
from scorecard.definition.check import check_text
from scorecard.errors import UsageError
from scorecard.hooks.contracts import SourceRequest, SourceType
from scorecard.hooks.registry import Registry
from scorecard.model.formula import Kind
from scorecard.model.text import Text

DEFINITION = """
entity: {{key: [c], roster: customers}}
period: {{every: quarter{zone}}}
sources:
  customers: {{type: given}}
  orders: {{type: asked, query: "{query}", time: at{more}}}
metrics:
  revenue: {{source: orders, measure: "{measure}", worst: 0, target: 100{window}}}
"""
QUERY = "at >= :period_start"


class Asked:
    """A source of four orders that gives only those of the stretch it is asked for, as a database does."""

    AT = (datetime(2025, 2, 1), datetime(2025, 8, 1), datetime(2026, 5, 1), datetime(2026, 8, 1))

    def __init__(self, request: SourceRequest) -> None:
        self.start, self.end = request.span

    columns: ClassVar = {"c": Kind.TEXT, "at": Kind.MOMENT, "amount": Kind.NUMBER}
    origin = "the orders"

    def read(self, wanted: Any) -> pa.Table:
        edges = [edge.replace(tzinfo=None) if edge else None for edge in (self.start, self.end)]
        kept = [at for at in self.AT if (edges[0] is None or at >= edges[0]) and (edges[1] is None or at < edges[1])]
        return pa.table({"c": ["A"] * len(kept), "at": pa.array(kept, pa.timestamp("us")), "amount": [float(at.month) for at in kept]})

    def fingerprint(self) -> str:
        return "1"

    def locate(self, row: int) -> str:
        return str(row)


@pytest.fixture
def run():
    """Evaluates the definition; gives its value and every stretch that was asked for."""
    spans: list[Any] = []

    def open_(request: SourceRequest) -> Asked:
        spans.append(request.span)
        return Asked(request)

    def type_(id: str, open: Any) -> SourceType:
        return SourceType(
            id=id, title=Text.of(id), params={"type": "object", "properties": {"query": {"type": "string"}}}, doc="", open=open
        )

    plugins = Registry(sources={"given": type_("given", "nowhere:open"), "asked": type_("asked", open_)})

    def run_(
        period: str | None,
        measure: str = "sum(amount)",
        *,
        query: str = QUERY,
        window: str = "",
        zone: str = "",
        more: str = "",
        **how: Any,
    ) -> Any:
        window = f", window: {window}" if window else ""
        text = DEFINITION.format(query=query, measure=measure, window=window, zone=zone, more=more)
        outcome = check_text(text, "test.scorecard.yaml", plugins)
        assert outcome.scorecard is not None, outcome.issues
        found = app.evaluate(outcome.scorecard, period=period, frames={"customers": pa.table({"c": ["A"]})}, plugins=plugins, **how)
        return found.metrics["value"].tolist(), spans

    return run_


@pytest.mark.parametrize(
    ("period", "how", "start", "end", "values"),
    [
        ("2026-Q3", {}, (2026, 7, 1), (2026, 10, 1), [8]),
        ("2026-Q2..2026-Q3", {}, (2026, 4, 1), (2026, 10, 1), [5, 8]),
        ("2026-Q3", {"window": "year"}, (2025, 10, 1), (2026, 10, 1), [13]),
        ("2026-Q3", {"window": "30 days"}, (2026, 7, 1), (2026, 10, 1), [None]),
        ("2026-Q3", {"measure": "sum(amount) - previous(sum(amount))"}, (2026, 4, 1), (2026, 10, 1), [3]),
        ("2026-Q3", {"measure": "sum(amount) - year_ago(sum(amount))"}, (2025, 7, 1), (2026, 10, 1), [0]),
        ("2026-Q3", {"measure": "sum(amount) / year_ago(sum(amount))", "window": "year"}, (2024, 10, 1), (2026, 10, 1), [1.3]),
        ("2026-Q3", {"more": ", expect: {fresh: 45 days}"}, (2026, 5, 17), (2026, 10, 1), None),
        ("2026-Q3", {"window": "all"}, None, (2026, 10, 1), [23]),
    ],
)
def test_all_that_is_read_is_asked_for(run, period, how, start, end, values):
    if "fresh" in how.get("more", ""):
        how = {**how, "as_of": date(2026, 8, 20)}
    found, spans = run(period, **how)
    assert spans == [(datetime(*start) if start else None, datetime(*end))]
    if values is not None:
        assert [None if pd.isna(value) else round(value, 9) for value in found] == values


def test_a_source_that_does_not_ask_gives_all(run):
    assert run("2026-Q3", query="select")[1] == [(None, None)]


def test_the_stretch_is_on_the_clock_of_the_scorecard(run):
    start, _ = run("2026-Q3", zone=", timezone: Asia/Shanghai")[1][0]
    assert start == datetime(2026, 7, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_latest_is_the_last_period_that_is_over_where_a_source_is_asked_for_a_stretch(run):
    values, spans = run("latest", as_of=date(2026, 9, 30))
    assert (values, spans) == ([5], [(datetime(2026, 4, 1), datetime(2026, 7, 1))])
    assert run(None, as_of=date(2026, 10, 1))[0] == [8]
    assert run("2026-Q2..latest", as_of=date(2026, 10, 1))[0] == [5, 8]


def test_latest_is_refused_where_the_records_of_the_stretch_end_before_it(run):
    with pytest.raises(UsageError) as raised:
        run("latest", window="year", as_of=date(2027, 1, 1))
    assert raised.value.issues[0].values == {"period": "2026-Q4", "first": "2026-05-01", "last": "2026-08-01"}


def test_latest_goes_by_the_records_where_no_source_is_asked_for_a_stretch(run):
    assert run("latest", query="select", as_of=date(2027, 7, 1))[0] == [8]
