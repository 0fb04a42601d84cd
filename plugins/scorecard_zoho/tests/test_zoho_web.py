"""The web API of Zoho CRM, played by a server on this computer that answers as the documentation says."""

from __future__ import annotations

from typing import Any

import pytest
from scorecard_zoho.preset import CENTRES, PRESET
from scorecard_zoho.web import connect

from scorecard.crm.open import open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.rest import Clock
from scorecard.standin import Answer, Request, StandIn, check_faults

SECRET, REFRESH = "s3cret-of-the-client", "1000.r3fresh"
NOBODY_WAITS = Clock(sleep=lambda _: None)


def case(number: int) -> dict[str, Any]:
    return {
        "id": f"4876876{number:06}",
        "Subject": f"case {number}",
        "Priority": ("High", "-None-", None)[number % 3],
        "Status": "Closed" if number % 2 else "On Hold",
        "Created_Time": f"2026-01-{1 + number % 28:02}T08:00:00+08:00",
        "Account_Name": {"name": "A", "id": "48768760001"} if number % 5 else None,
        "Owner": {"name": "Li", "id": "1", "email": "li@example.com"},
        "First_Answer": f"2026-01-{1 + number % 28:02}T09:00:00+08:00",
    }


class Organisation:
    """An organisation with cases: tokens that hold for some calls, two hundred records on a page, a mark for the next."""

    def __init__(self, count: int = 450, calls: int = 99, most: int = 200) -> None:
        self.cases = [case(number) for number in range(1, count + 1)]
        self.calls = calls
        self.most = most
        self.tokens = 0
        self.left = 0

    def __call__(self, request: Request) -> Answer:
        if request.path == "/oauth/v2/token":
            return self._token(request)
        if request.headers.get("authorization") != f"Zoho-oauthtoken 1000.{self.tokens}" or self.left == 0:
            return _error(401, "INVALID_TOKEN", "invalid oauth token")
        self.left -= 1
        if request.path != "/crm/v8/Cases":
            return _error(400, "INVALID_MODULE", "the module name given seems to be invalid")
        if "fields" not in request.query or "page" in request.query:
            return _error(400, "REQUIRED_PARAM_MISSING", "One of the expected parameter is missing")
        return self._page(request.query)

    def _token(self, request: Request) -> Answer:
        form = request.form
        if (form["grant_type"], form["client_id"], form["client_secret"], form["refresh_token"]) != (
            "refresh_token",
            "me",
            SECRET,
            REFRESH,
        ):
            return Answer(json={"error": "invalid_code"})
        self.tokens += 1
        self.left = self.calls
        return Answer(json={"access_token": f"1000.{self.tokens}", "api_domain": "https://www.zohoapis.com", "expires_in": 3600})

    def _page(self, query: Any) -> Answer:
        begin = int(query.get("page_token", "t0")[1:])
        end = begin + min(int(query["per_page"]), self.most)
        asked = {"id", *query["fields"].split(",")}
        page = [{name: cell for name, cell in each.items() if name in asked} for each in self.cases[begin:end]]
        if not page:
            return Answer(204)
        more = end < len(self.cases)
        info = {"per_page": 200, "count": len(page), "more_records": more, "next_page_token": f"t{end}" if more else None}
        return Answer(json={"data": page, "info": info})


def _error(status: int, code: str, message: str) -> Answer:
    return Answer(status, json={"code": code, "details": {}, "message": message, "status": "error"})


def opened(api: StandIn, **settings: Any) -> Any:
    auth = {"client_id": "me", "client_secret": SECRET, "refresh_token": REFRESH, "accounts_url": api.url}
    given = {"object": "tickets", "url": api.url, "auth": auth, **settings}
    return open_preset(PRESET, SourceRequest(settings=given, folder="."), NOBODY_WAITS)


def ids(api: StandIn, **settings: Any) -> Any:
    return opened(api, **settings).read({"ticket_id": Kind.TEXT, "account_id": Kind.TEXT}).to_pydict()


def refused(api: StandIn, **settings: Any) -> SourceError:
    with pytest.raises(SourceError) as raised:
        ids(api, **settings)
    return raised.value


def test_all_pages_with_what_is_used_and_no_more() -> None:
    with StandIn(Organisation()) as api:
        data = opened(api, fields={"responded_at": "First_Answer"}, view="48768769")
        wanted = dict.fromkeys(("ticket_id", "account_id", "severity", "status", "owner", "responded_at", "closed_at"), Kind.TEXT)
        found = data.read(wanted).to_pydict()
        queries = [dict(request.query) for request in api.requests[1:]]
        assert data.locate(200) == f"{api.url}/crm/v8/Cases, page 2, record 1"
        assert SECRET not in data.origin + data.fingerprint()
    asked = {"fields": "Account_Name,First_Answer,Owner,Priority,Status", "cvid": "48768769", "per_page": "200"}
    assert queries == [asked, {**asked, "page_token": "t200"}, {**asked, "page_token": "t400"}]
    assert len(set(found["ticket_id"])) == 450
    assert found["account_id"][3:6] == ["48768760001", None, "48768760001"]
    assert found["severity"][:3] == [None, None, "high"]
    assert found["status"][:2] == ["closed", "open"]
    assert (found["owner"][0], found["responded_at"][0], found["closed_at"][0]) == ("Li", "2026-01-02T09:00:00+08:00", None)


def test_more_records_than_pages_by_number_may_reach() -> None:
    with StandIn(Organisation(count=2_050)) as api:
        assert len(ids(api)["ticket_id"]) == 2_050
        assert len(api.requests) == 1 + 11


def test_a_second_read_fetches_what_is_new_and_no_second_token() -> None:
    organisation = Organisation(count=5)
    with StandIn(organisation) as api:
        data = opened(api)
        data.read({"ticket_id": Kind.TEXT})
        data.read({"ticket_id": Kind.TEXT})
        data.read({"severity": Kind.TEXT})
        paths = [request.path for request in api.requests]
        assert api.requests[-1].query["fields"] == "Priority"
    assert paths == ["/oauth/v2/token", "/crm/v8/Cases", "/crm/v8/Cases"]
    assert organisation.tokens == 1


def test_no_record_at_all() -> None:
    with StandIn(Organisation(count=0)) as api:
        assert ids(api)["ticket_id"] == []


def test_trap_18_whatever_fails_once_nothing_is_lost_or_counted_twice() -> None:
    check_faults(lambda: Organisation(count=50, most=20), ids)


@pytest.mark.parametrize("calls", [1, 2])
def test_a_token_that_ends_between_two_pages_is_renewed(calls: int) -> None:
    organisation = Organisation(count=50, most=20, calls=calls)
    with StandIn(organisation) as api:
        assert len(ids(api)["ticket_id"]) == 50
    assert organisation.tokens == {1: 3, 2: 2}[calls]


def test_what_zoho_refuses_is_said_without_secrets() -> None:
    with StandIn(Organisation()) as api:
        wrong = {"client_id": "me", "client_secret": f"{SECRET}!", "refresh_token": REFRESH, "accounts_url": api.url}
        problem = refused(api, auth=wrong)
        assert (problem.code, problem.values["problem"]) == ("SC645", "invalid_code")
        assert SECRET not in str(problem.values)
        assert refused(api, called="Cars").values["problem"] == "400 the module name given seems to be invalid"
    with StandIn(lambda request: _error(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope")) as api:
        problem = refused(api)
        assert "OAUTH_SCOPE_MISMATCH" in str(problem.values["problem"])
        assert len(api.requests) == 1
    with StandIn(lambda _: _error(429, "TOO_MANY_REQUESTS", "credits exhausted")) as api:
        assert refused(api, retry={"attempts": 2}).code == "SC644"


def test_more_fields_than_asked_for_do_not_matter_and_a_record_without_id_does() -> None:
    with StandIn(lambda request: Answer(json={"access_token": "x", "data": [{"Subject": "a"}], "info": {"more_records": False}})) as api:
        assert refused(api).code == "SC650"


@pytest.mark.parametrize("centre", CENTRES)
def test_every_data_centre_has_its_hosts(centre: str) -> None:
    settings = {"object": "tickets", "data_centre": centre, "auth": {"client_id": "me", "client_secret": SECRET, "refresh_token": REFRESH}}
    connection = connect(PRESET.things["tickets"][0], ["id"], SourceRequest(settings=settings, folder="."), NOBODY_WAITS)
    ending = CENTRES[centre]
    assert connection.listing.call.url == f"https://www.zohoapis.{ending}/crm/v8/Cases"
    assert connection.listing.call.params == {"fields": "id"}
    asked: list[str] = []

    def ask(call: Any) -> Any:
        asked.append(call.url)
        return {"access_token": "x"}

    signed = connection.auth.sign(connection.listing.call, ask)
    assert signed.headers == {"Authorization": "Zoho-oauthtoken x"}
    assert asked == [f"https://accounts.{'zohocloud' if centre == 'ca' else 'zoho'}.{ending}/oauth/v2/token"]
