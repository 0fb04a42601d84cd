"""The web API of Kingdee Cloud Galaxy, played by a server on this computer: a session by cookie, rows of cells, errors with status 200."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from scorecard_kingdee.preset import PRESET

from scorecard.crm.open import open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.rest import Clock
from scorecard.standin import Answer, Request, StandIn, check_faults

SECRET, PASSWORD = "s3cret-of-the-app", "p4ssword"
NOBODY_WAITS = Clock(sleep=lambda _: None)
STUB = "/k3cloud/Kingdee.BOS.WebApi.ServicesStub."
KEYS = {"FBillNo", "FCustId.FNumber", "FBillAllAmount", "FDate", "FDocumentStatus", "FCloseStatus", "F_ORA_Cost"}


def order(number: int) -> dict[str, Any]:
    return {
        "FBillNo": f"XSDD{number:06}",
        "FCustId.FNumber": "CUST0001" if number % 2 else "007",
        "FBillAllAmount": 100.5 * number,
        "FDate": f"2026-01-{1 + number % 28:02}T00:00:00",
        "FDocumentStatus": "C",
        "FCloseStatus": "A",
        "F_ORA_Cost": 10,
    }


class Cloud:
    """A data centre with sales orders: sessions that hold for some queries, rows in the order asked for, some on a page."""

    def __init__(self, count: int = 4_500, calls: int = 99, most: int = 2_000) -> None:
        self.orders = [order(number) for number in range(count, 0, -1)]
        self.calls = calls
        self.most = most
        self.sessions = 0
        self.left = 0

    def __call__(self, request: Request) -> Answer:
        service = request.path.removeprefix(STUB).removesuffix(".common.kdsvc")
        if service.startswith("AuthService."):
            return self._login(service.removeprefix("AuthService."), request.json)
        session = f"kdservice-sessionid=s{self.sessions}"
        if session not in request.headers.get("cookie", "") or self.left == 0:
            return error(1, "会话信息已丢失，请重新登录")
        self.left -= 1
        return self._rows(request.json["data"])

    def _login(self, service: str, body: Any) -> Answer:
        proof = {"LoginByAppSecret": {"appid": "app", "appsecret": SECRET}, "ValidateUser": {"password": PASSWORD}}[service]
        if body != {"acctid": "5f8", "username": "integration", "lcid": 2052, **proof}:
            return Answer(json={"LoginResultType": 0, "Message": f"用户名或密码错误 {body.get('password', '')}", "KDSVCSessionId": None})
        self.sessions += 1
        self.left = self.calls
        return Answer(
            json={"LoginResultType": 1, "KDSVCSessionId": f"s{self.sessions}", "Context": {"UserName": "integration"}},
            headers={"Set-Cookie": f"kdservice-sessionid=s{self.sessions}; path=/; HttpOnly"},
        )

    def _rows(self, query: Any) -> Answer:
        keys = query["FieldKeys"].split(",")
        if query["FormId"] != "SAL_SaleOrder":
            return error(5, "业务对象不存在")
        if unknown := set(keys) - KEYS:
            return error(9, f"元数据中标识为{unknown.pop()}的字段不存在")
        rows = sorted(self.orders, key=lambda each: each[query["OrderString"].removesuffix(" ASC")])
        begin, end = query["StartRow"], query["StartRow"] + min(query["Limit"], self.most)
        return Answer(json=[[each[key] for key in keys] for each in rows[begin:end]])


def error(code: int, message: str) -> Answer:
    errors = [{"FieldName": None, "Message": message, "DIndex": 0}]
    status = {"ErrorCode": 500, "IsSuccess": False, "Errors": errors, "SuccessEntitys": [], "SuccessMessages": [], "MsgCode": code}
    return Answer(json=[[{"Result": {"ResponseStatus": status}}]])


def opened(api: StandIn, span: Any = (None, None), **settings: Any) -> Any:
    auth = {"data_centre": "5f8", "user": "integration", "app_id": "app", "app_secret": SECRET}
    given = {"object": "orders", "url": f"{api.url}/k3cloud/", "auth": auth, **settings}
    return open_preset(PRESET, SourceRequest(settings=given, folder=".", span=span), NOBODY_WAITS)


def ids(api: StandIn, **settings: Any) -> Any:
    return opened(api, **settings).read({"order_id": Kind.TEXT, "account_id": Kind.TEXT}).to_pydict()


def refused(api: StandIn, **settings: Any) -> SourceError:
    with pytest.raises(SourceError) as raised:
        ids(api, **settings)
    return raised.value


def test_all_pages_with_what_is_used_and_no_more() -> None:
    with StandIn(Cloud()) as api:
        data = opened(api, fields={"cost": "F_ORA_Cost"}, filter="FDocumentStatus = 'C'")
        wanted = {"order_id": Kind.TEXT, "account_id": Kind.TEXT, "amount": Kind.NUMBER, "cost": Kind.NUMBER, "status": Kind.TEXT}
        found = data.read(wanted).to_pydict()
        asked = [request.json["data"] for request in api.requests[1:]]
        where = f"{api.url}{STUB}DynamicFormService.ExecuteBillQuery.common.kdsvc"
        assert data.locate(2_000) == f"{where}, page 2, record 1"
        assert SECRET not in data.origin + data.fingerprint()
    assert [each["StartRow"] for each in asked] == [0, 2_000, 4_000, 4_500]
    assert {each["Limit"] for each in asked} == {2_000}
    assert asked[0]["FieldKeys"] == "FBillAllAmount,FBillNo,FCloseStatus,FCustId.FNumber,FDocumentStatus,F_ORA_Cost"
    assert (asked[0]["FilterString"], asked[0]["OrderString"]) == ("FDocumentStatus = 'C'", "FBillNo ASC")
    assert found["order_id"] == [order(number)["FBillNo"] for number in range(1, 4_501)]
    assert (found["account_id"][:2], found["amount"][:2]) == (["CUST0001", "007"], [100.5, 201.0])
    assert (found["cost"][0], found["status"][0]) == (10, "A")


def test_trap_18_whatever_fails_once_nothing_is_lost_or_counted_twice() -> None:
    check_faults(lambda: Cloud(count=30, most=10), ids)


@pytest.mark.parametrize("calls", [1, 2])
def test_a_session_that_is_lost_between_two_pages_begins_anew(calls: int) -> None:
    cloud = Cloud(count=30, most=10, calls=calls)
    with StandIn(cloud) as api:
        assert len(ids(api)["order_id"]) == 30
    assert cloud.sessions == 4 // calls


def test_a_lost_session_is_known_by_its_words_too() -> None:
    lost = error(0, "会话信息已丢失，请重新登录").json[0][0]
    with StandIn(Cloud(count=30, most=10), {3: Answer(json=lost)}) as api:
        assert len(ids(api)["order_id"]) == 30


def test_a_limit_of_calls_is_waited_out() -> None:
    with StandIn(Cloud(count=30, most=10), {3: error(14, "调用次数超过限制")}) as api:
        assert len(ids(api)["order_id"]) == 30


def test_a_password_instead_of_an_application() -> None:
    auth = {"data_centre": "5f8", "user": "integration", "password": PASSWORD}
    with StandIn(Cloud(count=3)) as api:
        assert len(ids(api, auth=auth)["order_id"]) == 3
        problem = refused(api, auth={**auth, "password": f"{PASSWORD}!"})
    assert (problem.code, problem.values["problem"]) == ("SC645", "用户名或密码错误 •••")


def test_what_kingdee_refuses_is_said() -> None:
    with StandIn(Cloud(count=3)) as api:
        assert refused(api, called="SAL_Nothing").values["problem"] == "业务对象不存在"
        assert refused(api, fields={"account_id": "FCustomerID"}).values["problem"] == "元数据中标识为FCustomerID的字段不存在"


def test_a_key_of_entries_would_count_orders_twice_and_is_refused() -> None:
    cloud = Cloud(count=3)
    cloud.orders.append(order(3))
    with StandIn(cloud) as api:
        assert refused(api).code == "SC650"


def test_a_row_that_lacks_cells_is_refused() -> None:
    cloud = Cloud(count=3)

    def short(request: Request) -> Answer:
        answer = cloud(request)
        return Answer(json=[row[:1] for row in answer.json]) if isinstance(answer.json, list) else answer

    with StandIn(short) as api:
        assert refused(api).code == "SC633"


def test_the_period_in_a_filter_and_an_id_of_ones_own() -> None:
    span = (datetime(2026, 1, 1), datetime(2026, 4, 1))
    with StandIn(Cloud(count=3)) as api:
        opened(api, span, filter="FDate >= ':period_start.date' and FDate < ':period_end.date'", fields={"order_id": "FBillNo"}).read(
            {"order_id": Kind.TEXT}
        )
        assert api.requests[1].json["data"]["FilterString"] == "FDate >= '2026-01-01' and FDate < '2026-04-01'"
