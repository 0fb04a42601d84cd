"""The REST API of Salesforce, played by a server on this computer that answers as the documentation says."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from scorecard_salesforce.preset import PRESET

import scorecard
from scorecard.crm.open import open_preset
from scorecard.errors import DataError
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.rest import Clock
from scorecard.standin import Answer, Request, StandIn, check_faults

SECRET = "s3cret-of-the-app"
NOBODY_WAITS = Clock(sleep=lambda _: None)
OPPORTUNITIES = [
    {
        "Id": f"006{number}",
        "AccountId": "001A" if number % 2 else "001B",
        "StageName": "Closed Won",
        "IsWon": number == 1,
        "IsClosed": number < 3,
        "Amount": 100.5 * number,
        "Probability": 60.0,
        "CloseDate": f"2026-01-{number:02}",
        "CreatedDate": "2026-01-01T08:00:00.000+0000",
        "Owner": {"attributes": {"type": "User"}, "Name": "Li"} if number != 2 else None,
        "Account": {"attributes": {"type": "Account"}, "Customer_Tier__c": "gold"},
    }
    for number in range(1, 6)
]


class Org:
    """An organisation: tokens that hold for some calls, a query that gives pages, and query locators for the next."""

    def __init__(self, size: int = 2, calls: int = 99, refresh: str | None = None) -> None:
        self.size = size
        self.calls = calls
        self.refresh = refresh
        self.tokens = 0
        self.left = 0
        self.asked = ""

    def __call__(self, request: Request) -> Answer:
        if request.path == "/services/oauth2/token":
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer 00D!{self.tokens}" or self.left == 0:
            return _error(401, "INVALID_SESSION_ID", "Session expired or invalid")
        self.left -= 1
        if request.path.endswith("/query"):
            self.asked = request.query["q"]
            return self._page(0)
        return self._page(int(request.path.rpartition("-")[2]))

    def _token(self, request: Request) -> Answer:
        form = request.form
        grant = "client_credentials" if self.refresh is None else "refresh_token"
        if (form["grant_type"], form["client_id"], form["client_secret"], form.get("refresh_token")) != (grant, "me", SECRET, self.refresh):
            return Answer(400, json={"error": "invalid_client", "error_description": f"invalid client credentials {form['client_secret']}"})
        self.tokens += 1
        self.left = self.calls
        return Answer(json={"access_token": f"00D!{self.tokens}", "instance_url": "https://x", "token_type": "Bearer", "issued_at": "1"})

    def _page(self, begin: int) -> Answer:
        parts = re.fullmatch(r"SELECT (.+?) FROM (\w+)( WHERE .+)?", self.asked)
        assert parts is not None
        if parts[2] != "Opportunity":
            return _error(400, "INVALID_TYPE", f"sObject type '{parts[2]}' is not supported.")
        names = parts[1].split(", ")
        if unknown := [name for name in names if name.partition(".")[0] not in OPPORTUNITIES[0]]:
            return _error(400, "INVALID_FIELD", f"No such column '{unknown[0]}' on entity 'Opportunity'.")
        roots = {name.partition(".")[0] for name in names}
        records = [{"attributes": {"type": "Opportunity"}, **{k: v for k, v in each.items() if k in roots}} for each in OPPORTUNITIES]
        end = begin + self.size
        more = {"nextRecordsUrl": f"/services/data/v62.0/query/01gRO0000016PIAYA2-{end}"} if end < len(records) else {}
        return Answer(json={"totalSize": len(records), "done": not more, "records": records[begin:end], **more})


def _error(status: int, code: str, message: str) -> Answer:
    return Answer(status, json=[{"message": message, "errorCode": code}])


def opened(api: StandIn, **settings: Any) -> Any:
    given = {"object": "opportunities", "url": api.url, "auth": {"client_id": "me", "client_secret": SECRET}, **settings}
    return open_preset(PRESET, SourceRequest(settings=given, folder="."), NOBODY_WAITS)


def ids(api: StandIn, **settings: Any) -> Any:
    return opened(api, **settings).read({"opportunity_id": Kind.TEXT, "status": Kind.TEXT}).to_pydict()


def refused(api: StandIn, **settings: Any) -> SourceError:
    with pytest.raises(SourceError) as raised:
        ids(api, **settings)
    return raised.value


ALL = {"opportunity_id": ["0061", "0062", "0063", "0064", "0065"], "status": ["won", "lost", "open", "open", "open"]}


def test_only_the_fields_in_use_are_asked_for() -> None:
    org = Org()
    with StandIn(org) as api:
        data = opened(api, fields={"tier": "Account.Customer_Tier__c"}, filter="CreatedDate >= 2026-01-01T00:00:00Z", batch=200)
        found = data.read({"opportunity_id": Kind.TEXT, "owner": Kind.TEXT, "tier": Kind.TEXT}).to_pydict()
        assert api.requests[1].headers["sforce-query-options"] == "batchSize=200"
    assert org.asked == "SELECT Id, Account.Customer_Tier__c, Owner.Name FROM Opportunity WHERE CreatedDate >= 2026-01-01T00:00:00Z"
    assert found["owner"] == ["Li", None, "Li", "Li", "Li"]
    assert found["tier"] == ["gold"] * 5


def test_amounts_are_numbers_and_columns_it_does_not_have_are_blank() -> None:
    with StandIn(Org()) as api:
        data = opened(api)
        wanted = {"amount": Kind.NUMBER, "probability": Kind.NUMBER, "closed_at": Kind.MOMENT}
        found = data.read(wanted).to_pydict()
        assert found["amount"] == [100.5, 201.0, 301.5, 402.0, 502.5]
        assert found["probability"] == [0.6] * 5
        assert found["closed_at"] == ["2026-01-01", "2026-01-02", None, None, None]
        assert data.locate(2) == f"{api.url}/services/data/v62.0/query, page 2, record 1"
        assert SECRET not in data.fingerprint() + data.origin


def test_pages_follow_the_query_locator_and_the_total_is_right() -> None:
    with StandIn(Org()) as api:
        assert ids(api) == ALL
        paths = [request.path for request in api.requests]
    assert paths[1:] == [f"/services/data/v62.0/query{rest}" for rest in ("", "/01gRO0000016PIAYA2-2", "/01gRO0000016PIAYA2-4")]


def test_trap_18_whatever_fails_once_nothing_is_lost_or_counted_twice() -> None:
    check_faults(Org, ids)


@pytest.mark.parametrize("calls", [1, 2])
@pytest.mark.parametrize("refresh", [None, "refresh-me"])
def test_an_expired_session_is_renewed(calls: int, refresh: str | None) -> None:
    org = Org(calls=calls, refresh=refresh)
    auth = {"client_id": "me", "client_secret": SECRET} | ({"refresh_token": refresh} if refresh else {})
    with StandIn(org) as api:
        assert ids(api, auth=auth) == ALL
    assert org.tokens == 3 // calls if calls == 1 else 2


def test_a_total_that_does_not_fit_is_an_error() -> None:
    org = Org(size=5)

    def short(request: Request) -> Answer:
        answer = org(request)
        if isinstance(answer.json, dict) and "records" in answer.json:
            answer.json["records"].pop()
        return answer

    with StandIn(short) as api:
        problem = refused(api)
    assert (problem.code, problem.values["due"], problem.values["count"]) == ("SC649", 5, 4)


def test_what_salesforce_refuses_is_said_without_secrets() -> None:
    with StandIn(Org()) as api:
        wrong = refused(api, auth={"client_id": "me", "client_secret": f"{SECRET}!"})
        assert (wrong.code, wrong.values["problem"]) == ("SC645", "400 invalid client credentials •••")
        assert "No such column 'Amount__c'" in str(refused(api, fields={"status": "Amount__c"}).values["problem"])
        assert refused(api, called="Deal__c").code == "SC647"
    with StandIn(lambda _: _error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")) as api:
        busy = refused(api, auth={"token": "00D!1"})
        assert busy.values["problem"] == "REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded."
        assert len(api.requests) == 1


def test_the_period_in_a_filter() -> None:
    org = Org()
    span = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    with StandIn(org) as api:
        settings = {
            "object": "opportunities",
            "url": api.url,
            "auth": {"client_id": "me", "client_secret": SECRET},
            "filter": "CreatedDate >= :period_start.utc AND CreatedDate < :period_end.utc",
        }
        open_preset(PRESET, SourceRequest(settings=settings, folder=".", span=span), NOBODY_WAITS).read({"opportunity_id": Kind.TEXT})
    assert org.asked.endswith("WHERE CreatedDate >= 2026-01-01T00:00:00Z AND CreatedDate < 2026-04-01T00:00:00Z")


DEFINITION = """
entity: {{key: [customer_id], roster: accounts}}
period: {{every: quarter}}
sources:
  accounts: {{type: inline, rows: [{{customer_id: 001A}}, {{customer_id: 001B}}]}}
  deals: {source}
metrics:
  won: {{source: deals, where: status == "won", measure: "coalesce(sum(amount), 0)", worst: 0, target: 100}}
"""


def test_one_definition_runs_on_the_export_and_on_the_api(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SF_SECRET", SECRET)
    (tmp_path / "deals.csv").write_text(
        "Opportunity ID,Account ID,Amount,Won,Closed,Close Date\n"
        + "".join(f"{o['Id']},{o['AccountId']},{o['Amount']},{o['IsWon']:d},{o['IsClosed']:d},{o['CloseDate']}\n" for o in OPPORTUNITIES),
        "utf-8",
    )
    common = "type: salesforce, object: opportunities, time: expected_on, columns: {customer_id: account_id}"
    with StandIn(Org()) as api:
        auth = 'auth: {client_id: me, client_secret: "${SF_SECRET}"}'
        values = []
        for source in (f"{{{common}, path: deals.csv}}", f"{{{common}, url: {api.url}, {auth}}}"):
            (tmp_path / "d.scorecard.yaml").write_text(DEFINITION.format(source=source), "utf-8")
            evaluation = scorecard.evaluate(tmp_path / "d.scorecard.yaml", period="2026-Q1")
            values.append(evaluation.metrics["value"].tolist())
            assert SECRET not in str(evaluation.provenance)
        assert values == [[100.5, 0], [100.5, 0]]
        wrong = f"{{{common}, url: {api.url}, auth: {{client_id: you, client_secret: '${{SF_SECRET}}'}}}}"
        (tmp_path / "d.scorecard.yaml").write_text(DEFINITION.format(source=wrong), "utf-8")
        with pytest.raises(DataError) as raised:
            scorecard.evaluate(tmp_path / "d.scorecard.yaml", period="2026-Q1")
        assert SECRET not in str(raised.value.issues)
