"""A preset as a table of names: what each kind of field does, on an export and on an API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from scorecard.crm import BLANK, SHAPES, Preset, Thing, field, source_type
from scorecard.crm.open import open_preset
from scorecard.crm.web import Connection
from scorecard.hooks.conformance import record_issues
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.model.text import Text
from scorecard.rest import Call, Clock, Listing, bearer
from scorecard.standin import Answer, StandIn, check_faults

pytest.importorskip("httpx")


def connect(thing, names, request, clock):
    call = Call(url=f"{request.settings['url']}/{thing.name}", params={"fields": ",".join(names)})
    return Connection(listing=Listing(call=call, records="items", total="count", id="no"), auth=bearer("s3cret"))


PRESET = Preset(
    id="acme",
    title=Text({"en": "Acme", "zh": "Acme"}),
    doc="Reads records of Acme.",
    things={"tickets": (Thing(name="issues", columns={"ticket_id": field("no", "No.")}),)},
    web={"url": {"type": "string", "title": "url", "description": "Where Acme is."}},
    required=("url",),
    connect=connect,
)


def table(**columns: Any) -> Preset:
    own = {"ticket_id": field("no", "No."), **columns}
    return replace(PRESET, things={"tickets": (Thing(name="issues", columns=own),)})


@pytest.fixture
def shaped(tmp_path):
    """The same records from an export and from an API: each column must come out alike."""

    def shaped_(preset: Preset, records: list[Mapping[str, Any]], headings: Mapping[str, str], *names: str, **settings: Any) -> Any:
        lines = [",".join(headings.values()), *(",".join(str(record.get(api) or "") for api in headings) for record in records)]
        (tmp_path / "export.csv").write_text("\n".join(lines), "utf-8")
        with StandIn(lambda _: Answer(json={"items": records, "count": len(records)})) as api:
            found = []
            for more in ({"path": "export.csv"}, {"url": api.url}):
                request = SourceRequest(settings={"object": "tickets", **more, **settings}, folder=str(tmp_path))
                data = open_preset(preset, request, Clock(sleep=lambda _: None))
                found.append(data.read(dict.fromkeys(names, Kind.TEXT)).to_pydict())
        assert found[0] == found[1]
        return found[0] if len(names) > 1 else found[0][names[0]]

    return shaped_


def test_a_source_type_is_made_of_a_preset():
    record = source_type(PRESET)
    assert list(record_issues(record, "scorecard_sources")) == []
    assert record.params["properties"]["object"]["enum"] == ["tickets"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_begins_with_its_id(shape):
    assert SHAPES[shape].id == f"{shape.removesuffix('s') if shape not in ('opportunities', 'activities') else shape[:-3] + 'y'}_id"


def test_names_and_what_the_system_does_not_have(shaped):
    preset = table(subject=field("title", "Title", "标题"))
    found = shaped(preset, [{"no": "007", "title": "slow"}], {"no": "No.", "title": "标题"}, "ticket_id", "subject", "owner")
    assert found == {"ticket_id": ["007"], "subject": ["slow"], "owner": [None]}


def test_words(shaped):
    severity = field("p", "P", words={"P1": "critical", "very LOW": "low", "none": BLANK})
    records = [{"no": str(at), "p": word} for at, word in enumerate(["p1", " Very  low", "None", "high", None])]
    assert shaped(table(severity=severity), records, {"no": "No.", "p": "P"}, "severity") == ["critical", "low", None, "high", None]


def test_other_words(shaped):
    records = [{"no": str(at), "p": word} for at, word in enumerate(["P1", "P2", None])]
    named = {"no": "No.", "p": "P"}
    with pytest.raises(SourceError, match="SC652"):
        shaped(table(severity=field("p", "P", words={"P1": "critical"})), records, named, "severity")
    otherwise = table(severity=field("p", "P", words={"P1": "critical"}, otherwise="low"))
    assert shaped(otherwise, records, named, "severity") == ["critical", "low", None]
    assert shaped(otherwise, records, named, "severity", words={"severity": {"p2": "medium"}}) == ["critical", "medium", None]


def test_words_of_a_column_that_has_none_of_its_own(shaped):
    records = [{"no": "1", "c": "Bug"}, {"no": "2", "c": "Query"}]
    category = table(category=field("c", "C"))
    assert shaped(category, records, {"no": "No.", "c": "C"}, "category", words={"category": {"bug": "fault"}}) == ["fault", "Query"]


def test_filled_and_blank(shaped):
    status = field("end", "End", filled="closed", blank="open")
    records = [{"no": "1", "end": "2026-01-05"}, {"no": "2", "end": None}]
    assert shaped(table(status=status), records, {"no": "No.", "end": "End"}, "status") == ["closed", "open"]


def test_alternatives_and_only_where(shaped):
    preset = table(
        status=(field("done", "Done", words={"yes": "closed"}), field("state", "State", words={"ended": "closed"}, otherwise="open")),
        closed_at=field("at", "At", when=("status", ("closed",))),
    )
    records = [
        {"no": "1", "done": "yes", "state": "new", "at": "2026-01-01"},
        {"no": "2", "done": None, "state": "Ended", "at": "2026-01-02"},
        {"no": "3", "done": "no", "state": "new", "at": "2026-01-03"},
    ]
    headings = {"no": "No.", "done": "Done", "state": "State", "at": "At"}
    found = shaped(preset, records, headings, "status", "closed_at")
    assert found == {"status": ["closed", "closed", "open"], "closed_at": ["2026-01-01", "2026-01-02", None]}


def test_an_export_may_lack_an_alternative(tmp_path):
    preset = table(
        status=(field("done", "Done", words={"yes": "closed"}), field("state", "State", words={"ended": "closed"}, otherwise="open"))
    )
    (tmp_path / "a.csv").write_text("No.,State\n1,ended\n2,new\n", "utf-8")
    data = open_preset(preset, SourceRequest(settings={"object": "tickets", "path": "a.csv"}, folder=str(tmp_path)))
    assert data.read({"status": Kind.TEXT}).to_pydict() == {"status": ["closed", "open"]}


def test_joined_first_and_constant(shaped):
    preset = table(
        owner=field("first", "First", then=field("last", "Last")),
        account_id=field("companies", "Companies", before=";"),
        category=field(None, constant="x"),
    )
    records = [{"no": "1", "first": "Mei", "last": "Li", "companies": "A;B"}, {"no": "2", "first": None, "last": "Wang", "companies": None}]
    headings = {"no": "No.", "first": "First", "last": "Last", "companies": "Companies"}
    found = shaped(preset, records, headings, "owner", "account_id", "category")
    assert found == {"owner": ["Mei Li", "Wang"], "account_id": ["A", None], "category": ["x", "x"]}


def test_a_factor_spares_percentages_and_what_is_no_number(tmp_path):
    preset = table(contacts=field("c", "C", factor=0.01))
    (tmp_path / "a.csv").write_text('No.,C\n1,60\n2,60%\n3,"?"\n4,\n', "utf-8")
    data = open_preset(preset, SourceRequest(settings={"object": "tickets", "path": "a.csv"}, folder=str(tmp_path)))
    assert data.read({"contacts": Kind.NUMBER}).to_pydict() == {"contacts": ["0.6", "60%", "?", None]}


@pytest.mark.parametrize(("epoch", "number"), [(1, 1_767_225_600), (1000, 1_767_225_600_000)])
def test_a_time_that_is_a_number(tmp_path, epoch, number):
    preset = table(opened_at=field("at", "At", epoch=epoch))
    with StandIn(lambda _: Answer(json={"items": [{"no": "1", "at": number}, {"no": "2", "at": None}], "count": 2})) as api:
        data = open_preset(preset, SourceRequest(settings={"object": "tickets", "url": api.url}, folder="."))
        found = data.read({"opened_at": Kind.MOMENT}).to_pydict()["opened_at"]
    assert found == [datetime(2026, 1, 1, tzinfo=UTC), None]
    (tmp_path / "a.csv").write_text("No.,At\n1,2026-01-01 08:00\n", "utf-8")
    data = open_preset(preset, SourceRequest(settings={"object": "tickets", "path": "a.csv"}, folder=str(tmp_path)))
    assert data.read({"opened_at": Kind.TEXT}).to_pydict() == {"opened_at": ["2026-01-01 08:00"]}


def test_headings_are_found_whatever_their_case_width_and_spaces(tmp_path):
    (tmp_path / "a.csv").write_text("ＮＯ .,优先级（新）\n1,high\n", "utf-8")
    preset = table(severity=field("p", "优先级 (新)"))
    data = open_preset(preset, SourceRequest(settings={"object": "tickets", "path": "a.csv"}, folder=str(tmp_path)))
    assert data.read({"ticket_id": Kind.TEXT, "severity": Kind.TEXT}).to_pydict() == {"ticket_id": ["1"], "severity": ["high"]}


def test_only_what_is_wanted_is_asked_for_and_only_once():
    preset = table(subject=field("title"), owner=field("who"))
    with StandIn(lambda _: Answer(json={"items": [{"no": "1", "title": "a", "who": "b"}], "count": 1})) as api:
        data = open_preset(preset, SourceRequest(settings={"object": "tickets", "url": api.url}, folder="."))
        assert set(data.columns) == set(SHAPES["tickets"].columns)
        assert api.requests == []
        data.read({"subject": Kind.TEXT})
        data.read({"subject": Kind.TEXT, "ticket_id": Kind.TEXT})
        data.fingerprint()
        assert [request.query["fields"] for request in api.requests] == ["no,title"]
        data.read({"owner": Kind.TEXT})
        assert [request.query["fields"] for request in api.requests] == ["no,title", "no,title,who"]


def test_no_records_are_no_error_where_the_columns_are_known():
    with StandIn(lambda _: Answer(json={"items": [], "count": 0})) as api:
        data = open_preset(PRESET, SourceRequest(settings={"object": "tickets", "url": api.url}, folder="."))
        assert data.read({"ticket_id": Kind.TEXT, "severity": Kind.TEXT}).to_pydict() == {"ticket_id": [], "severity": []}


def test_an_object_of_ones_own_has_the_fields_of_the_usual_one():
    with StandIn(lambda _: Answer(json={"items": [{"no": "1"}], "count": 1})) as api:
        request = SourceRequest(settings={"object": "tickets", "url": api.url, "called": "visits"}, folder=".")
        assert open_preset(PRESET, request).read({"ticket_id": Kind.TEXT}).to_pydict() == {"ticket_id": ["1"]}
        assert api.requests[0].path == "/visits"


def test_the_kit_finds_a_reader_that_counts_twice():
    kept: list[str] = []

    def careless(api):
        data = open_preset(PRESET, SourceRequest(settings={"object": "tickets", "url": api.url}, folder="."), Clock(sleep=lambda _: None))
        kept.extend(data.read({"ticket_id": Kind.TEXT}).to_pydict()["ticket_id"])
        return list(kept)

    with pytest.raises(AssertionError, match="at request 1"):
        check_faults(lambda: lambda _: Answer(json={"items": [{"no": "1"}], "count": 1}), careless)
