"""What an answer may hold, what it may not, and the period it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind
from scorecard.standin import Answer, StandIn

HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_nested_records_are_flat_columns(opened):
    records = [
        {"id": 10**17 + 1, "account": {"id": "007", "owner": {"name": "李"}}, "tags": ["a", 1], "paid": True},
        {"id": 2, "account": None, "late": 1.5},
    ]
    with StandIn(lambda _: Answer(json={"data": [{"rows": records}]})) as api:
        data = opened(api, records="/data/0/rows")
        names = ["id", "account.id", "account.owner.name", "tags", "paid", "account", "late"]
        assert data.columns == dict.fromkeys(names, Kind.ANY)
        assert data.read({"id": Kind.TEXT, "account.id": Kind.TEXT, "account.owner.name": Kind.ANY, "late": Kind.NUMBER}).to_pydict() == {
            "id": ["100000000000000001", "2"],
            "account.id": ["007", None],
            "account.owner.name": ["李", None],
            "late": [None, 1.5],
        }
        assert data.read({"tags": Kind.ANY}).to_pydict() == {"tags": ['["a", 1]', None]}
        assert len(api.requests) == 1


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8", ""), ("utf-8-sig", ""), ("gbk", "; charset=gbk"), ("utf-16", "; charset=utf-16")]
)
def test_how_its_characters_are_stored(opened, encoding, named):
    answer = Answer(body='[{"id": 1, "name": "张三丰"}]'.encode(encoding), headers={"Content-Type": f"application/json{named}"})
    with StandIn(lambda _: answer) as api:
        assert opened(api).read({"name": Kind.TEXT}).to_pydict() == {"name": ["张三丰"]}


def test_the_fingerprint_is_of_the_records(opened):
    def print_of(cell):
        with StandIn(lambda _: Answer(json=[{"id": cell}])) as api:
            return opened(api).fingerprint()

    assert print_of(1) == print_of(1) != print_of(2)


@pytest.mark.parametrize(
    ("answer", "code", "reason"),
    [
        (Answer(body=b"<!doctype html>", headers=HTML), "SC646", "web_page"),
        (Answer(body=b" <html>", headers={"Content-Type": "application/json"}), "SC646", "web_page"),
        (Answer(302, headers={"Location": "/login"}), "SC646", "redirect"),
        (Answer(body=b"id,n\n1,2\n", headers={"Content-Type": "text/csv"}), "SC646", None),
        (Answer(body=b" "), "SC646", "cut"),
        (Answer(body=b'{"items": [1, 2'), "SC646", "cut"),
        (Answer(json={"data": {"rows": []}}), "SC634", None),
        (Answer(json={"items": {"rows": []}}), "SC634", "no_list"),
        (Answer(json=[1]), "SC634", None),
        (Answer(json={"items": [1]}), "SC633", None),
        (Answer(json={"items": [{"a": {"b": 1}, "a.b": 2}]}), "SC633", None),
    ],
    ids=str,
)
def test_an_answer_that_is_none(refused, answer, code, reason):
    with StandIn(lambda _: answer) as api:
        problem = refused(api, records="items")
        assert problem.values["origin"].startswith(f"{api.url}/records")
    assert (problem.code, problem.values.get("reason")) == (code, reason)
    assert "page 1" in str(problem.values)


def test_a_list_that_is_elsewhere_is_hinted_at(refused):
    with StandIn(lambda _: Answer(json={"data": {"rows": [], "count": 0}})) as api:
        assert refused(api, records="data.items").values["allowed"] == ["rows", "count"]
        assert refused(api, records="data").values["allowed"] == ["rows", "count"]


def test_no_records_at_all(opened):
    with StandIn(lambda _: Answer(json=[])) as api, pytest.raises(SourceError) as raised:
        _ = opened(api).columns
    assert raised.value.code == "SC622"


@pytest.mark.parametrize("paging", [{"by": "page"}, {"by": "cursor", "param": "after", "cursor": "next"}, {"by": "link"}])
def test_no_content_is_no_record(ids, paging):
    """Some APIs answer with 204 where there is nothing, or nothing more."""
    pages = {None: Answer(json={"items": [{"id": 1}], "next": 2}, headers={"Link": '</records?after=2>; rel="next"'}), "2": Answer(204)}
    with StandIn(
        lambda request: pages[request.query.get("after", {"1": None}.get(request.query.get("page"), request.query.get("page")))]
    ) as api:
        assert ids(api, records="items", paging=paging) == ["1"]
    with StandIn(lambda _: Answer(204)) as api:
        assert ids(api, records="items", paging=paging) == []


def test_nothing_is_asked_before_something_is_wanted(opened):
    with StandIn(lambda _: Answer(json=[])) as api:
        opened(api)
        assert api.requests == []


@pytest.mark.parametrize("url", ["http://[", "http://127.0.0.1:99999/x", "http:///x"])
def test_an_address_that_is_none(opened, url):
    with pytest.raises(SourceError) as raised:
        opened(None, url=url).read({"id": Kind.ANY})
    assert raised.value.code in ("SC644", "SC647")


def test_a_header_that_cannot_be_sent(refused):
    with StandIn(lambda _: Answer(json=[])) as api:
        assert refused(api, headers={"X-Name": "客户"}).code == "SC647"


SHANGHAI = timezone(timedelta(hours=8))
SPAN = (datetime(2026, 1, 1, tzinfo=SHANGHAI), datetime(2026, 4, 1, tzinfo=SHANGHAI))


def test_the_period_is_asked_for(opened):
    params = {
        "from": ":period_start",
        "to": ":period_end.date",
        "since": ":period_start.utc",
        "seconds": ":period_start.epoch",
        "ms": ":period_end.epoch_ms",
        "q": "created >= :period_start.date and created < :period_end.date",
        "other": "a:period_started",
    }
    with StandIn(lambda _: Answer(json=[{"id": 1}])) as api:
        opened(api, params=params, span=SPAN).read({"id": Kind.ANY})
        assert api.requests[0].query == {
            "from": "2026-01-01T00:00:00+08:00",
            "to": "2026-04-01",
            "since": "2025-12-31T16:00:00Z",
            "seconds": str(int(datetime(2025, 12, 31, 16, tzinfo=UTC).timestamp())),
            "ms": str(int(datetime(2026, 3, 31, 16, tzinfo=UTC).timestamp()) * 1000),
            "q": "created >= 2026-01-01 and created < 2026-04-01",
            "other": "a:period_started",
        }


def test_without_a_period_a_param_that_is_an_edge_is_left_out(opened):
    body = {"filters": [{"field": "at", "from": ":period_start"}, ":period_end"], "page": 1}
    with StandIn(lambda _: Answer(json=[{"id": 1}])) as api:
        opened(api, method="POST", params={"from": ":period_start", "kind": "x"}, body=body).read({"id": Kind.ANY})
        assert api.requests[0].query == {"kind": "x"}
        assert api.requests[0].json == {"filters": [{"field": "at"}], "page": 1}


def test_without_a_period_a_text_around_an_edge_is_refused(opened):
    with pytest.raises(SourceError) as raised:
        opened(None, url="http://127.0.0.1", params={"q": "created >= :period_start"})
    assert (raised.value.code, raised.value.values["name"]) == ("SC651", ":period_start")
