"""The CRM API of HubSpot, played by a server on this computer that answers as the documentation says."""

from __future__ import annotations

from typing import Any

import pytest
from scorecard_hubspot.preset import PRESET

import scorecard
from scorecard.crm.open import open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.rest import Clock
from scorecard.standin import Answer, Request, StandIn, check_faults

TOKEN = "pat-na1-s3cret"
TICKETS = [
    {
        "id": str(500 + number),
        "properties": {
            "subject": f"ticket {number}",
            "hs_ticket_priority": "URGENT" if number % 2 else None,
            "createdate": f"2026-01-{1 + number % 28:02}T08:00:00Z",
            "closed_date": "2026-02-01T08:00:00Z" if number % 3 else None,
            "customer_tier": "gold",
            "hs_object_id": str(500 + number),
        },
        "associations": {
            "companies": {
                "results": [
                    {"id": "9999", "type": "supplier_of"},
                    {"id": "9001", "type": "ticket_to_company"},
                    {"id": "9001", "type": "ticket_to_company_unlabeled"},
                ]
            }
        },
        "archived": False,
    }
    for number in range(1, 231)
]


class Portal:
    """An account with tickets: at most a hundred on a page, only what is asked for of each, associations where asked."""

    def __init__(self, most: int = 100) -> None:
        self.most = most

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")
        if request.path != "/crm/v3/objects/tickets":
            return _error(404, "OBJECT_NOT_FOUND", "Unable to infer object type")
        limit = int(request.query.get("limit", 10))
        if limit > 100:
            return _error(400, "VALIDATION_ERROR", "Invalid input: limit must be at most 100")
        asked = {"hs_object_id", *request.query.get("properties", "").split(",")}
        begin = int(request.query.get("after", 0))
        end = begin + min(limit, self.most)
        results = [self._shown(ticket, asked, "associations" in request.query) for ticket in TICKETS[begin:end]]
        paging = {"paging": {"next": {"after": str(end), "link": "https://api.hubapi.com/next"}}} if end < len(TICKETS) else {}
        return Answer(json={"results": results, **paging})

    def _shown(self, ticket: dict[str, Any], asked: set[str], associations: bool) -> dict[str, Any]:
        shown = {**ticket, "properties": {key: value for key, value in ticket["properties"].items() if key in asked}}
        if not associations:
            del shown["associations"]
        return shown


def _error(status: int, category: str, message: str) -> Answer:
    return Answer(status, json={"status": "error", "message": message, "category": category, "correlationId": "c033cdaa"})


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


def opened(api: StandIn, waits: Waits | None = None, **settings: Any) -> Any:
    given = {"object": "tickets", "url": api.url, "token": TOKEN, **settings}
    return open_preset(PRESET, SourceRequest(settings=given, folder="."), (waits or Waits()).clock())


def ids(api: StandIn, **settings: Any) -> Any:
    return opened(api, **settings).read({"ticket_id": Kind.TEXT, "account_id": Kind.TEXT}).to_pydict()


def refused(api: StandIn, **settings: Any) -> SourceError:
    with pytest.raises(SourceError) as raised:
        ids(api, **settings)
    return raised.value


def test_all_pages_with_what_is_used_and_no_more() -> None:
    with StandIn(Portal()) as api:
        data = opened(api, fields={"tier": "customer_tier"})
        found = data.read({"ticket_id": Kind.TEXT, "severity": Kind.TEXT, "status": Kind.TEXT, "tier": Kind.TEXT, "contacts": Kind.NUMBER})
        queries = [dict(request.query) for request in api.requests]
        assert data.locate(100) == f"{api.url}/crm/v3/objects/tickets, page 2, record 1"
        assert TOKEN not in data.origin + data.fingerprint()
    asked = {"limit": "100", "archived": "false", "properties": "closed_date,customer_tier,hs_num_times_contacted,hs_ticket_priority"}
    assert queries == [asked, {**asked, "after": "100"}, {**asked, "after": "200"}]
    records = found.to_pydict()
    assert records["ticket_id"] == [ticket["id"] for ticket in TICKETS]
    assert records["severity"][:2] == ["critical", None]
    assert records["status"][:3] == ["closed", "closed", "open"]
    assert records["tier"] == ["gold"] * 230
    assert records["contacts"] == [None] * 230


def test_the_account_is_the_primary_company() -> None:
    with StandIn(Portal()) as api:
        assert set(ids(api)["account_id"]) == {"9001"}
        assert api.requests[0].query["associations"] == "companies"


def test_trap_18_whatever_fails_once_nothing_is_lost_or_counted_twice() -> None:
    check_faults(Portal, ids)


def test_a_record_that_is_on_two_pages_counts_once() -> None:
    """A ticket comes in between two pages, so that the last of the first page is the first of the second."""
    portal = Portal()

    def shifting(request: Request) -> Answer:
        answer = portal(request)
        if "after" in request.query:
            answer.json["results"].insert(0, portal._shown(TICKETS[int(request.query["after"]) - 1], {"hs_object_id"}, True))
        return answer

    with StandIn(shifting) as api:
        assert ids(api)["ticket_id"] == [ticket["id"] for ticket in TICKETS]


def test_calls_keep_below_the_limit_of_the_smallest_subscription() -> None:
    waits = Waits()
    with StandIn(Portal(most=10)) as api:
        opened(api, waits).read({"ticket_id": Kind.TEXT})
    assert waits.seconds == pytest.approx([1 / 9] * 22)
    waits = Waits()
    with StandIn(Portal(most=10)) as api:
        opened(api, waits, per_second=5).read({"ticket_id": Kind.TEXT})
    assert waits.seconds == pytest.approx([0.2] * 22)


def test_the_daily_limit_is_said() -> None:
    daily = {"status": "error", "message": "You have reached your daily limit.", "errorType": "RATE_LIMIT", "policyName": "DAILY"}
    with StandIn(lambda _: Answer(429, json=daily)) as api:
        problem = refused(api, retry={"attempts": 2})
    assert (problem.code, problem.values["problem"]) == ("SC644", "429 You have reached your daily limit.")


def test_what_hubspot_refuses_is_said_without_secrets() -> None:
    with StandIn(Portal()) as api:
        expired = refused(api, token="pat-na1-0ld-s3cret")
        assert (expired.code, expired.values["problem"]) == ("SC645", "401 Authentication credentials not found.")
        assert len(api.requests) == 1
        assert refused(api, called="p_visits").values["problem"] == "404 Unable to infer object type"
    with StandIn(lambda _: _error(403, "MISSING_SCOPES", f"{TOKEN} lacks tickets")) as api:
        assert refused(api).values["problem"] == "403 ••• lacks tickets"


DEFINITION = """
entity: {{key: [customer_id], roster: accounts}}
period: {{every: quarter}}
sources:
  accounts: {{type: inline, rows: [{{customer_id: "9001"}}]}}
  tickets: {source}
metrics:
  critical: {{source: tickets, where: severity == "critical", measure: count(), worst: 200, target: 0}}
  hours: {{source: tickets, measure: "median(hours_between(opened_at, closed_at))", worst: 800, target: 0}}
"""


def test_one_definition_runs_on_the_export_and_on_the_api(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUBSPOT_TOKEN", TOKEN)
    rows = [(t["id"], t["properties"]) for t in TICKETS]
    lines = [f"{id},{(p['hs_ticket_priority'] or '').capitalize()},{p['createdate']},{p['closed_date'] or ''},9001;9002" for id, p in rows]
    (tmp_path / "tickets.csv").write_text("\n".join(["Ticket ID,Priority,Create Date,Close Date,Associated Company IDs", *lines]), "utf-8")
    common = "type: hubspot, object: tickets, time: opened_at, columns: {customer_id: account_id}"
    values = []
    with StandIn(Portal()) as api:
        for source in (f"{{{common}, path: tickets.csv}}", f'{{{common}, url: {api.url}, token: "${{HUBSPOT_TOKEN}}", per_second: 1000}}'):
            (tmp_path / "d.scorecard.yaml").write_text(DEFINITION.format(source=source), "utf-8")
            evaluation = scorecard.evaluate(tmp_path / "d.scorecard.yaml", period="2026-Q1")
            values.append(evaluation.metrics["value"].tolist())
            assert TOKEN not in str(evaluation.provenance)
    assert values[0] == values[1]
    assert values[0][0] == 115
