"""The open API of Fxiaoke, played by a server on this computer that answers as the documentation says: always with status 200."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from scorecard_fxiaoke.preset import PRESET

from scorecard.crm.open import open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.rest import Clock
from scorecard.standin import Answer, Request, StandIn, check_faults

SECRET, CODE = "s3cret-of-the-app", "C0DE"
USER = "FSUID_CBF4"
OPENED = 1_767_600_000_000
"""2026-01-05 08:00 UTC"""


def case(number: int) -> dict[str, Any]:
    return {
        "_id": f"5f3a{number:08x}",
        "name": f"GD-{number:04}",
        "account_id": "acc-1",
        "account_id__r": "甲公司",
        "priority": "opt_3",
        "priority__r": "非常紧急" if number % 2 else "低",
        "case_status__r": "已关闭" if number % 3 else "处理中",
        "create_time": OPENED + number * 60_000,
        "field_8kQ2a__c": OPENED + number * 60_000 + 1_500_000,
        "owner": [USER],
        "owner__r": {"id": "1453", "name": "蒋小川"},
        "relevant_team": [{"teamMemberEmployee": [USER]}, {"teamMemberEmployee": ["x"]}],
    }


class Enterprise:
    """An enterprise with cases: tokens that hold for some calls, a hundred records on a page at most, none beyond an offset of 10,000."""

    def __init__(self, count: int = 230, calls: int = 99, most: int = 100, name: str = "CasesObj") -> None:
        self.cases = [case(number) for number in range(count, 0, -1)]
        self.calls = calls
        self.most = most
        self.name = name
        self.tokens = 0
        self.left = 0

    def __call__(self, request: Request) -> Answer:
        assert UUID(request.query["thirdTraceId"]).version == 4
        if request.path == "/cgi/corpAccessToken/get/V2":
            return self._token(request.json)
        body = request.json
        if "corpAccessToken" not in body:
            return _error(20017, "corpAccessToken为必填项，不能为空")
        if (body["corpAccessToken"], body["corpId"]) != (f"T{self.tokens}", "FSCID_1") or self.left == 0:
            return _error(20016, "the cropId,cropAccessToken or authorization is error")
        self.left -= 1
        return self._page(request.path, body)

    def _token(self, body: Any) -> Answer:
        if body != {"appId": "FSAID_1", "appSecret": SECRET, "permanentCode": CODE}:
            return _error(10006, "the parameter appSecret is missing or illegal")
        self.tokens += 1
        self.left = self.calls
        return Answer(json={"errorCode": 0, "corpAccessToken": f"T{self.tokens}", "corpId": "FSCID_1", "expiresIn": 7200})

    def _page(self, path: str, body: Any) -> Answer:
        data = body["data"]
        asked = data["search_query_info"]
        own = "custom/" if self.name.endswith("__c") else ""
        if (path, data["dataObjectApiName"]) != (f"/cgi/crm/{own}v2/data/query", self.name) or body["currentOpenUserId"] != USER:
            return _error(20014, "没有权限")
        if asked["limit"] > 100 or asked["offset"] % asked["limit"] or asked["offset"] > 10_000:
            return _error(10013, "offset out of range 10000")
        rows = sorted(self.cases, key=lambda each: each["_id"]) if asked["orders"] == [{"fieldName": "_id", "isAsc": True}] else self.cases
        for each in asked["filters"]:
            assert each["operator"] == "GT"
            rows = [row for row in rows if row[each["field_name"]] > each["field_values"][0]]
        names = {"_id", *asked["fieldProjection"]}
        page = rows[asked["offset"] :][: min(asked["limit"], self.most)]
        shown = [{name: cell for name, cell in each.items() if name.removesuffix("__r") in names} for each in page]
        return Answer(
            json={"errorCode": 0, "errorMessage": "OK", "traceId": "E-O.1", "data": {"dataList": shown, "offset": 0, "limit": 100}}
        )


def _error(code: int, message: str) -> Answer:
    return Answer(json={"errorCode": code, "errorMessage": message, "errorDescription": "", "traceId": "E-O.1"})


class Waits:
    """A clock on which nobody waits, and which knows how long they would have."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0
        self.seconds: list[float] = []

    def clock(self) -> Clock:
        return Clock(now=lambda: self.at, sleep=self._sleep, chance=lambda: 1.0)

    def _sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.at += seconds


def opened(api: StandIn, waits: Waits | None = None, span: Any = (None, None), **settings: Any) -> Any:
    auth = {"app_id": "FSAID_1", "app_secret": SECRET, "permanent_code": CODE}
    given = {"object": "tickets", "url": api.url, "auth": auth, "user": USER, **settings}
    return open_preset(PRESET, SourceRequest(settings=given, folder=".", span=span), (waits or Waits()).clock())


def ids(api: StandIn, **settings: Any) -> Any:
    return opened(api, **settings).read({"ticket_id": Kind.TEXT, "account_id": Kind.TEXT}).to_pydict()


def refused(api: StandIn, **settings: Any) -> SourceError:
    with pytest.raises(SourceError) as raised:
        ids(api, **settings)
    return raised.value


def test_all_pages_with_what_is_used_and_no_more() -> None:
    with StandIn(Enterprise()) as api:
        data = opened(api, fields={"responded_at": "field_8kQ2a__c"})
        texts = dict.fromkeys(("ticket_id", "account_id", "severity", "status", "owner", "contacts"), Kind.TEXT)
        found = data.read({**texts, "opened_at": Kind.MOMENT, "responded_at": Kind.MOMENT}).to_pydict()
        asked = [request.json["data"]["search_query_info"] for request in api.requests[1:]]
        assert data.locate(100) == f"{api.url}/cgi/crm/v2/data/query, page 2, record 1"
        assert SECRET not in data.origin + data.fingerprint()
    assert [each["filters"] for each in asked[1:3]] == [
        [{"field_name": "_id", "operator": "GT", "field_values": [case(100)["_id"]]}],
        [{"field_name": "_id", "operator": "GT", "field_values": [case(200)["_id"]]}],
    ]
    assert asked[0]["fieldProjection"] == ["_id", "account_id", "case_status", "create_time", "field_8kQ2a__c", "owner", "priority"]
    assert found["ticket_id"] == [case(number)["_id"] for number in range(1, 231)]
    assert found["severity"][:2] == ["critical", "low"]
    assert found["status"][:3] == ["closed", "closed", "open"]
    assert found["owner"] == ["蒋小川"] * 230
    assert found["opened_at"][0] == datetime(2026, 1, 5, 8, 1, tzinfo=UTC)
    assert found["responded_at"][0] == datetime(2026, 1, 5, 8, 26, tzinfo=UTC)


def test_more_records_than_an_offset_may_reach() -> None:
    with StandIn(Enterprise(count=10_150)) as api:
        assert len(set(ids(api)["ticket_id"])) == 10_150
        assert max(request.json.get("data", {}).get("search_query_info", {}).get("offset", 0) for request in api.requests) == 0


def test_trap_18_whatever_fails_once_nothing_is_lost_or_counted_twice() -> None:
    check_faults(lambda: Enterprise(count=30, most=10), ids)


@pytest.mark.parametrize("code", [-1, 14001, 30004, 50009])
def test_an_error_that_passes_is_tried_again(code: int) -> None:
    busy = _error(code, "系统繁忙")
    with StandIn(Enterprise(count=30, most=10), {3: busy, 4: busy}) as api:
        assert len(ids(api)["ticket_id"]) == 30
        assert len(api.requests) == 1 + 4 + 2


@pytest.mark.parametrize("calls", [1, 2])
def test_a_token_that_ends_between_two_pages_is_renewed(calls: int) -> None:
    enterprise = Enterprise(count=30, most=10, calls=calls)
    with StandIn(enterprise) as api:
        assert len(ids(api)["ticket_id"]) == 30
    assert enterprise.tokens == 4 // calls


def test_what_fxiaoke_refuses_is_said_without_secrets() -> None:
    with StandIn(Enterprise()) as api:
        problem = refused(api, auth={"app_id": "FSAID_1", "app_secret": f"{SECRET}!", "permanent_code": CODE})
        assert (problem.code, problem.values["problem"]) == ("SC645", "10006  the parameter appSecret is missing or illegal")
        assert refused(api, user="FSUID_9").values["problem"] == "20014  没有权限"
    with StandIn(lambda request: _error(30002, f"当天访问频次超限 {SECRET}")) as api:
        problem = refused(api)
        assert "30002" in str(problem.values["problem"])
        assert SECRET not in str(problem.values)
        assert len(api.requests) == 1


def test_an_object_of_ones_own() -> None:
    with StandIn(Enterprise(count=5, name="object_nps__c")) as api:
        data = opened(
            api, object="surveys", called="object_nps__c", fields={"answered_at": "field_8kQ2a__c", "account_id": "account_id__r"}
        )
        found = data.read({"survey_id": Kind.TEXT, "account_id": Kind.TEXT, "answered_at": Kind.MOMENT}).to_pydict()
    assert found["account_id"] == ["甲公司"] * 5
    assert found["answered_at"][0] == datetime(2026, 1, 5, 8, 26, tzinfo=UTC)


def test_filters_hold_on_every_page_and_take_the_period() -> None:
    since = {"field_name": "create_time", "operator": "GT", "field_values": [":period_start.epoch_ms"]}
    span = (datetime(2026, 1, 5, 8, 20, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
    with StandIn(Enterprise(count=30, most=10)) as api:
        assert len(opened(api, span=span, filters=[since]).read({"ticket_id": Kind.TEXT})) == 10
        assert len(opened(api, filters=[since]).read({"ticket_id": Kind.TEXT})) == 30


def test_calls_keep_below_the_limit() -> None:
    waits = Waits()
    with StandIn(Enterprise(count=30, most=10)) as api:
        opened(api, waits).read({"ticket_id": Kind.TEXT})
    assert waits.seconds == pytest.approx([0.25] * 4)
