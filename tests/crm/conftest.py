"""The made-up company of configs/crm, and the web APIs of five CRMs that hold it."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from scorecard.standin import Answer, Request

CRM = Path(__file__).parents[2] / "configs" / "crm"
SHANGHAI = timezone(timedelta(hours=8))
Record = dict[str, Any]
Fields = Mapping[str, str | Callable[[Record], object]]
"""of each field of an API the column its cell comes from, or how it is made of a record"""


@pytest.fixture(scope="session")
def crm() -> Iterator[Any]:
    """The modules that make up the company: `company` and `generate`."""
    sys.path.insert(0, str(CRM))
    names = ("company", "systems", "generate")
    yield type("Crm", (), {name: importlib.import_module(name) for name in names})
    sys.path.remove(str(CRM))
    for name in names:
        del sys.modules[name]


@pytest.fixture(scope="session")
def records(crm: Any) -> dict[str, list[Record]]:
    made: dict[str, list[Record]] = crm.company.company()
    return made


def offset(cell: datetime) -> str:
    return cell.replace(tzinfo=SHANGHAI).isoformat()


def utc(cell: datetime) -> str:
    return cell.replace(tzinfo=SHANGHAI).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def zulu(cell: datetime) -> str:
    return cell.replace(tzinfo=SHANGHAI).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def milliseconds(cell: datetime) -> int:
    return int(cell.replace(tzinfo=SHANGHAI).timestamp() * 1000)


def day(column: str) -> Callable[[Record], object]:
    return lambda record: record[column].date().isoformat() if record[column] is not None else None


def words(column: str, **said: object) -> Callable[[Record], object]:
    return lambda record: said.get(str(record[column]), record[column])


def percent(record: Record) -> object:
    return record["probability"] * 100


@dataclass(frozen=True)
class Kept:
    """What an API calls an object, and the fields of its records; `settings` are what its source needs beside those of the API."""

    name: str
    fields: Fields
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Api:
    """A CRM that is reached by its web API: its settings but `url`, what it keeps, how it writes moments and how it answers."""

    settings: Callable[[str], dict[str, Any]]
    kept: Mapping[str, Kept]
    moment: Callable[[datetime], object]
    serve: Callable[[Mapping[str, list[Record]]], Callable[[Request], Answer]]

    def holding(self, records: Mapping[str, list[Record]]) -> Callable[[Request], Answer]:
        own = {kept.name: [self._record(kept, each) for each in records[shape]] for shape, kept in self.kept.items()}
        return self.serve(own)

    def _record(self, kept: Kept, record: Record) -> Record:
        cells = {name: made(record) if callable(made) else record[made] for name, made in kept.fields.items()}
        return {name: self.moment(cell) if isinstance(cell, datetime) else cell for name, cell in cells.items()}


def refused(status: int, **body: object) -> Answer:
    return Answer(status, json=body)


def nested(record: Record) -> Record:
    """`Owner.name` as `{Owner: {name: …}}`; a lookup whose parts are all blank is null."""
    found: Record = {}
    for name, cell in record.items():
        root, _, rest = name.partition(".")
        if rest:
            found.setdefault(root, {})[rest] = cell
        else:
            found[name] = cell
    return found


def zoho(own: Mapping[str, list[Record]]) -> Callable[[Request], Answer]:
    def serve(request: Request) -> Answer:
        if request.path == "/oauth/v2/token":
            return Answer(json={"access_token": "1000.a", "expires_in": 3600})
        if request.headers.get("authorization") != "Zoho-oauthtoken 1000.a":
            return refused(401, code="INVALID_TOKEN", message="invalid oauth token", status="error")
        module = request.path.removeprefix("/crm/v8/")
        asked = {"id", *request.query["fields"].split(",")}
        begin = int(request.query.get("page_token", 0))
        end = begin + min(int(request.query["per_page"]), 25)
        page = [{name: cell for name, cell in nested(each).items() if name in asked} for each in own[module][begin:end]]
        if not page:
            return Answer(204)
        more = end < len(own[module])
        return Answer(json={"data": page, "info": {"more_records": more, "next_page_token": str(end) if more else None}})

    return serve


def salesforce(own: Mapping[str, list[Record]]) -> Callable[[Request], Answer]:
    asked: list[str] = []

    def serve(request: Request) -> Answer:
        if request.path == "/services/oauth2/token":
            return Answer(json={"access_token": "00D!1"})
        if request.headers.get("authorization") != "Bearer 00D!1":
            return Answer(401, json=[{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}])
        begin = 0
        if request.path.endswith("/query"):
            asked[:] = [request.query["q"]]
        else:
            begin = int(request.path.rpartition("-")[2])
        parts = re.fullmatch(r"SELECT (.+) FROM (\w+)", asked[0])
        assert parts is not None
        rows, end = own[parts[2]], begin + 30
        more = {"nextRecordsUrl": f"/services/data/v62.0/query/01g-{end}"} if end < len(rows) else {}
        page = [nested({name: each.get(name) for name in parts[1].split(", ")}) for each in rows[begin:end]]
        return Answer(json={"totalSize": len(rows), "done": not more, "records": page, **more})

    return serve


def hubspot(own: Mapping[str, list[Record]]) -> Callable[[Request], Answer]:
    def serve(request: Request) -> Answer:
        if request.headers.get("authorization") != "Bearer pat-1":
            return refused(401, message="Authentication credentials not found.")
        rows = own[request.path.removeprefix("/crm/v3/objects/")]
        asked = request.query.get("properties", "").split(",")
        begin = int(request.query.get("after", 0))
        end = begin + int(request.query["limit"])
        page = [
            {
                "id": each["id"],
                "properties": {name: cell for name, cell in each.items() if name in asked},
                "associations": {"companies": {"results": [{"id": each.get("company"), "type": "x_to_company"}]}},
            }
            for each in rows[begin:end]
        ]
        return Answer(json={"results": page, **({"paging": {"next": {"after": str(end)}}} if end < len(rows) else {})})

    return serve


def fxiaoke(own: Mapping[str, list[Record]]) -> Callable[[Request], Answer]:
    def serve(request: Request) -> Answer:
        body = request.json
        if request.path == "/cgi/corpAccessToken/get/V2":
            return Answer(json={"errorCode": 0, "corpAccessToken": "T1", "corpId": "FSCID_1", "expiresIn": 7200})
        if (body.get("corpAccessToken"), body.get("corpId"), body["currentOpenUserId"]) != ("T1", "FSCID_1", "FSUID_1"):
            return Answer(json={"errorCode": 20016, "errorMessage": "the corpAccessToken is error"})
        name, asked = body["data"]["dataObjectApiName"], body["data"]["search_query_info"]
        assert ("/custom/" in request.path) == name.endswith("__c")
        behind = next((each["field_values"][0] for each in asked["filters"] if each["operator"] == "GT"), "")
        rows = sorted((each for each in own[name] if each["_id"] > behind), key=lambda each: each["_id"])
        names = {"_id", *asked["fieldProjection"]}
        page = [nested({name: cell for name, cell in each.items() if name.partition(".")[0].removesuffix("__r") in names}) for each in rows]
        return Answer(json={"errorCode": 0, "data": {"dataList": page[: asked["limit"]], "offset": 0, "limit": asked["limit"]}})

    return serve


def kingdee(own: Mapping[str, list[Record]]) -> Callable[[Request], Answer]:
    def serve(request: Request) -> Answer:
        service = request.path.rpartition("ServicesStub.")[2]
        if service == "AuthService.LoginByAppSecret.common.kdsvc":
            return Answer(json={"LoginResultType": 1, "KDSVCSessionId": "s1"}, headers={"Set-Cookie": "kdservice-sessionid=s1; path=/"})
        if "kdservice-sessionid=s1" not in request.headers.get("cookie", ""):
            status = {"IsSuccess": False, "MsgCode": 1, "Errors": [{"Message": "会话信息已丢失，请重新登录"}]}
            return Answer(json=[[{"Result": {"ResponseStatus": status}}]])
        query = request.json["data"]
        keys, begin = query["FieldKeys"].split(","), query["StartRow"]
        rows = own[query["FormId"]][begin : begin + min(query["Limit"], 50)]
        return Answer(json=[[each[key] for key in keys] for each in rows])

    return serve


SEVERITY = {"low": "Low", "medium": "Medium", "high": "High", "critical": "Critical"}
SEVERITY_ZH = {"low": "低", "medium": "中", "high": "高", "critical": "非常紧急"}
APIS = {
    "zoho": Api(
        settings=lambda url: {
            "url": url,
            "auth": {"client_id": "me", "client_secret": "s3cret", "refresh_token": "r3fresh", "accounts_url": url},
        },
        moment=offset,
        serve=zoho,
        kept={
            "accounts": Kept("Accounts", {"id": "account_id", "Account_Name": "name", "Owner.name": "owner"}),
            "surveys": Kept(
                "NPS_Surveys",
                {"id": "survey_id", "Account_Name.id": "account_id", "Answered": "answered_at", "Points": "score"},
                {"called": "NPS_Surveys", "fields": {"answered_at": "Answered", "score": "Points"}},
            ),
            "opportunities": Kept(
                "Deals",
                {
                    "id": "opportunity_id",
                    "Account_Name.id": "account_id",
                    "Amount": "amount",
                    "Stage": words("status", won="Closed Won", lost="Closed Lost", open="Qualification"),
                    "Closing_Date": day("expected_on"),
                },
            ),
            "tickets": Kept(
                "Cases",
                {
                    "id": "ticket_id",
                    "Account_Name.id": "account_id",
                    "Priority": words("severity", **SEVERITY),
                    "Created_Time": "opened_at",
                    "Closed": "closed_at",
                },
                {"fields": {"closed_at": "Closed"}},
            ),
            "orders": Kept(
                "Sales_Orders", {"id": "order_id", "Account_Name.id": "account_id", "Grand_Total": "amount", "Created_Time": "ordered_at"}
            ),
            "activities": Kept(
                "Tasks", {"id": "activity_id", "What_Id.id": "account_id", "Due_Date": day("planned_at"), "Closed_Time": "done_at"}
            ),
        },
    ),
    "salesforce": Api(
        settings=lambda url: {"url": url, "auth": {"client_id": "me", "client_secret": "s3cret"}},
        moment=utc,
        serve=salesforce,
        kept={
            "accounts": Kept("Account", {"Id": "account_id", "Name": "name", "Owner.Name": "owner"}),
            "surveys": Kept(
                "SurveyQuestionResponse",
                {"Id": "survey_id", "Account__c": "account_id", "Response.CompletionDateTime": "answered_at", "NumberValue": "score"},
                {"fields": {"account_id": "Account__c"}},
            ),
            "opportunities": Kept(
                "Opportunity",
                {
                    "Id": "opportunity_id",
                    "AccountId": "account_id",
                    "Amount": "amount",
                    "StageName": words("status", won="Closed Won", lost="Closed Lost", open="Prospecting"),
                    "IsWon": lambda record: record["status"] == "won",
                    "IsClosed": lambda record: record["status"] != "open",
                    "CloseDate": day("expected_on"),
                },
            ),
            "tickets": Kept(
                "Case",
                {
                    "Id": "ticket_id",
                    "AccountId": "account_id",
                    "Priority": words("severity", **SEVERITY),
                    "CreatedDate": "opened_at",
                    "ClosedDate": "closed_at",
                },
            ),
            "orders": Kept(
                "Order", {"Id": "order_id", "AccountId": "account_id", "TotalAmount": "amount", "EffectiveDate": day("ordered_at")}
            ),
            "activities": Kept(
                "Task",
                {"Id": "activity_id", "AccountId": "account_id", "ActivityDate": day("planned_at"), "CompletedDateTime": "done_at"},
            ),
        },
    ),
    "hubspot": Api(
        settings=lambda url: {"url": url, "token": "pat-1"},
        moment=zulu,
        serve=hubspot,
        kept={
            "accounts": Kept("companies", {"id": "account_id", "name": "name", "hubspot_owner_id": "owner"}),
            "surveys": Kept(
                "feedback_submissions",
                {"id": "survey_id", "company": "account_id", "hs_submission_timestamp": "answered_at", "hs_value": "score"},
            ),
            "opportunities": Kept(
                "deals",
                {
                    "id": "opportunity_id",
                    "company": "account_id",
                    "amount": lambda record: str(record["amount"]),
                    "hs_is_closed_won": lambda record: str(record["status"] == "won").lower(),
                    "hs_is_closed": lambda record: str(record["status"] != "open").lower(),
                    "closedate": "expected_on",
                },
            ),
            "tickets": Kept(
                "tickets",
                {
                    "id": "ticket_id",
                    "company": "account_id",
                    "hs_ticket_priority": words("severity", critical="URGENT", high="HIGH", medium="MEDIUM", low="LOW"),
                    "createdate": "opened_at",
                    "closed_date": "closed_at",
                },
            ),
            "orders": Kept(
                "orders", {"id": "order_id", "company": "account_id", "hs_total_price": "amount", "hs_external_created_date": "ordered_at"}
            ),
            "activities": Kept(
                "meetings",
                {
                    "id": "activity_id",
                    "company": "account_id",
                    "hs_meeting_outcome": words("status", done="COMPLETED", planned="SCHEDULED", cancelled="CANCELED"),
                    "hs_meeting_start_time": "planned_at",
                    "hs_meeting_end_time": "done_at",
                },
            ),
        },
    ),
    "fxiaoke": Api(
        settings=lambda url: {
            "url": url,
            "auth": {"app_id": "FSAID_1", "app_secret": "s3cret", "permanent_code": "p3rmanent"},
            "user": "FSUID_1",
        },
        moment=milliseconds,
        serve=fxiaoke,
        kept={
            "accounts": Kept("AccountObj", {"_id": "account_id", "name": "name", "owner__r.name": "owner", "owner": lambda _: ["FSUID_7"]}),
            "surveys": Kept(
                "object_nps__c",
                {"_id": "survey_id", "field_who__c": "account_id", "field_when__c": "answered_at", "field_score__c": "score"},
                {
                    "called": "object_nps__c",
                    "fields": {"account_id": "field_who__c", "answered_at": "field_when__c", "score": "field_score__c"},
                },
            ),
            "opportunities": Kept(
                "NewOpportunityObj",
                {
                    "_id": "opportunity_id",
                    "account_id": "account_id",
                    "amount": lambda record: f"{record['amount']:.2f}",
                    "sales_status": words("status", open="1", won="2", lost="3"),
                    "close_date": "expected_on",
                },
            ),
            "tickets": Kept(
                "CasesObj",
                {
                    "_id": "ticket_id",
                    "account_id": "account_id",
                    "priority__r": words("severity", **SEVERITY_ZH),
                    "create_time": "opened_at",
                    "close_time": "closed_at",
                },
            ),
            "orders": Kept(
                "SalesOrderObj",
                {
                    "_id": "order_id",
                    "account_id": "account_id",
                    "order_amount": lambda record: str(record["amount"]),
                    "order_time": "ordered_at",
                },
            ),
            "activities": Kept(
                "CheckinsObj",
                {
                    "_id": "activity_id",
                    "customer_id": "account_id",
                    "status__r": words("status", done="已完成", planned="未开始", cancelled="已取消"),
                    "plan_time": "planned_at",
                    "checkin_time": "done_at",
                },
                {"called": "CheckinsObj"},
            ),
        },
    ),
    "kingdee": Api(
        settings=lambda url: {
            "url": f"{url}/k3cloud",
            "auth": {"data_centre": "5f8", "user": "integration", "app_id": "app", "app_secret": "s3cret"},
        },
        moment=lambda cell: cell.isoformat(),
        serve=kingdee,
        kept={
            "accounts": Kept("BD_Customer", {"FNumber": "account_id", "FName": "name", "FSELLER.FName": "owner"}),
            "surveys": Kept(
                "ORA_Survey",
                {"FBillNo": "survey_id", "F_ORA_Who.FNumber": "account_id", "F_ORA_When": "answered_at", "F_ORA_Score": "score"},
                {
                    "called": "ORA_Survey",
                    "fields": {"account_id": "F_ORA_Who.FNumber", "answered_at": "F_ORA_When", "score": "F_ORA_Score"},
                },
            ),
            "opportunities": Kept(
                "CRM_OPP_Opportunity",
                {
                    "FBillNo": "opportunity_id",
                    "FCustomerID.FNumber": "account_id",
                    "FEstimateAmount": "amount",
                    "FCloseStatus": words("status", open="A", won="B", lost="C"),
                    "FCloseDate": "closed_at",
                },
            ),
            "tickets": Kept(
                "ORA_Service",
                {
                    "FBillNo": "ticket_id",
                    "F_ORA_Customer.FNumber": "account_id",
                    "F_ORA_Level": words("severity", **SEVERITY_ZH),
                    "FCreateDate": "opened_at",
                    "F_ORA_Closed": "closed_at",
                },
                {
                    "called": "ORA_Service",
                    "fields": {"account_id": "F_ORA_Customer.FNumber", "severity": "F_ORA_Level", "closed_at": "F_ORA_Closed"},
                },
            ),
            "orders": Kept(
                "SAL_SaleOrder", {"FBillNo": "order_id", "FCustId.FNumber": "account_id", "FBillAllAmount": "amount", "FDate": "ordered_at"}
            ),
            "activities": Kept(
                "CRM_Activity",
                {
                    "FBillNo": "activity_id",
                    "FCustomerID.FNumber": "account_id",
                    "FPLANSTARTTIME": "planned_at",
                    "FACTSTARTTIME": "done_at",
                },
            ),
        },
    ),
}


@pytest.fixture(params=list(APIS))
def api(request: pytest.FixtureRequest) -> tuple[str, Api]:
    return request.param, APIS[request.param]


@pytest.fixture(scope="session")
def written(crm: Any, records: Mapping[str, list[Record]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of all systems, in a folder each."""
    folder = tmp_path_factory.mktemp("exports")
    crm.generate.write(folder, records)
    return folder


def as_definition(sources: Mapping[str, Any], folder: Path) -> Path:
    """The worked definition with other sources. JSON is YAML too."""
    import yaml

    definition = yaml.safe_load((CRM / "customers.scorecard.yaml").read_text("utf-8"))
    definition["sources"] = sources
    path = folder / "customers.scorecard.yaml"
    path.write_text(json.dumps(definition, ensure_ascii=False, default=str), "utf-8")
    return path


@pytest.fixture
def defined(tmp_path: Path) -> Callable[[Mapping[str, Any]], Path]:
    return lambda sources: as_definition(sources, tmp_path)
