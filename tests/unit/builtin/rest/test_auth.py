"""Who asks: keys, passwords and tokens; fetched once, renewed once, never shown."""

from __future__ import annotations

import base64
import logging

import pytest

from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind
from scorecard.standin import Answer, StandIn, half

SECRET = "s3cret-value"


@pytest.mark.parametrize(
    ("auth", "header", "sent"),
    [
        ({"by": "api_key", "name": "X-Api-Key", "key": SECRET}, "x-api-key", SECRET),
        ({"by": "bearer", "token": SECRET}, "authorization", f"Bearer {SECRET}"),
        ({"by": "basic", "user": "u", "password": SECRET}, "authorization", f"Basic {base64.b64encode(f'u:{SECRET}'.encode()).decode()}"),
    ],
    ids=["api_key", "bearer", "basic"],
)
def test_a_header_says_who_asks(ids, auth, header, sent):
    with StandIn(lambda _: Answer(json=[{"id": 1}])) as api:
        assert ids(api, auth=auth) == ["1"]
        assert api.requests[0].headers[header] == sent


def test_a_key_in_the_query_joins_the_other_params(ids):
    with StandIn(lambda _: Answer(json=[{"id": 1}])) as api:
        ids(api, params={"kind": "ticket"}, auth={"by": "api_key", "name": "key", "key": SECRET, "in": "query"})
        assert api.requests[0].query == {"kind": "ticket", "key": SECRET}


def test_a_key_in_the_query_goes_with_every_page(book, ids):
    auth = {"by": "api_key", "name": "key", "key": SECRET, "in": "query"}
    with StandIn(book(5)) as api:
        assert len(ids(api, url=f"{api.url}/records?kind=ticket", records="data.items", id="id", paging={"by": "link"}, auth=auth)) == 5
        queries = [dict(request.query) for request in api.requests]
    assert queries == [
        {"kind": "ticket", "key": SECRET},
        {"after": "2", "size": "2", "key": SECRET},
        {"after": "4", "size": "2", "key": SECRET},
    ]


class TokenApi:
    """An API whose tokens hold for some calls or seconds, and that gives the next one to who asks right."""

    def __init__(self, book, *, calls=99, seconds=None, refresh=None):
        self.book = book
        self.calls = calls
        self.seconds = seconds
        self.refresh = refresh
        self.given = 0
        self.left = 0

    def __call__(self, request):
        if request.path == "/token":
            return self._token(request)
        if request.headers.get("authorization") != f"Bearer token-{self.given}" or self.left == 0:
            return Answer(401, json={"message": "INVALID_SESSION"})
        self.left -= 1
        return self.book(request)

    def _token(self, request):
        form = request.form
        grant = "refresh_token" if self.refresh else "client_credentials"
        if (form["grant_type"], form["client_secret"], form.get("refresh_token")) != (grant, SECRET, self.refresh):
            return Answer(400, json={"error": "invalid_grant", "error_description": f"not {form['client_secret']}"})
        self.given += 1
        self.left = self.calls
        body = {"access_token": f"token-{self.given}", "token_type": "Bearer"}
        if self.seconds is not None:
            body["expires_in"] = self.seconds
        if self.refresh:
            self.refresh = body["refresh_token"] = f"refresh-{self.given}"
        return Answer(json=body)


def oauth(api, **more):
    return {"by": "oauth", "token_url": f"{api.url}/token", "client_id": "me", "client_secret": SECRET, **more}


def paths(api):
    return [request.path for request in api.requests]


BOOK = {"records": "data.items", "id": "id", "total": "data.total", "paging": {"by": "page"}}


def test_a_token_is_fetched_once(book, ids):
    with StandIn(TokenApi(book(7))) as api:
        assert len(ids(api, auth=oauth(api), **BOOK)) == 7
        assert paths(api) == ["/token", *["/records"] * 4]


def test_a_token_that_ended_is_fetched_anew_and_the_page_is_asked_again(book, ids):
    with StandIn(TokenApi(book(7), calls=3)) as api:
        assert ids(api, auth=oauth(api), **BOOK) == [str(number) for number in range(1, 8)]
        assert paths(api) == ["/token", *["/records"] * 4, "/token", "/records"]


def test_a_token_is_fetched_anew_before_it_ends(book, ids, waits):
    with StandIn(TokenApi(book(7), seconds=100)) as api:
        ids(api, auth=oauth(api), per_second=0.02, **BOOK)
        assert paths(api) == ["/token", "/records", "/records", "/token", "/records", "/records"]


def test_a_refresh_token_may_be_replaced(book, ids):
    with StandIn(TokenApi(book(7), calls=2, refresh="refresh-0")) as api:
        assert len(ids(api, auth=oauth(api, refresh_token="refresh-0", scope="read"), **BOOK)) == 7
        forms = [request.form for request in api.requests if request.path == "/token"]
    assert [form["refresh_token"] for form in forms] == ["refresh-0", "refresh-1"]
    assert forms[0]["scope"] == "read"


def test_a_token_that_is_refused_at_once_is_no_endless_game(book, refused):
    with StandIn(TokenApi(book(7), calls=0)) as api:
        problem = refused(api, auth=oauth(api), **BOOK)
        assert paths(api) == ["/token", "/records", "/token", "/records"]
    assert (problem.code, problem.values["problem"]) == ("SC645", "401 INVALID_SESSION")


def test_fetching_a_token_may_fail_for_a_while(book, ids, waits):
    with StandIn(TokenApi(book(3)), {1: Answer(503), 2: half}) as api:
        assert ids(api, auth=oauth(api), **BOOK) == ["1", "2", "3"]
    assert waits.seconds == [1, 2]


def test_no_token_for_who_asks_wrong(book, refused):
    with StandIn(TokenApi(book(3), refresh="refresh-0")) as api:
        problem = refused(api, auth=oauth(api), **BOOK)
    assert (problem.code, problem.values["reason"]) == ("SC645", "token")
    assert problem.values["problem"] == "400 not •••"


def test_an_answer_without_a_token(refused):
    with StandIn(lambda _: Answer(json={"ok": True})) as api:
        assert refused(api, auth=oauth(api)).values["problem"] == "the answer has no access_token"


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused_is_not_tried_again(refused, status):
    with StandIn(lambda _: Answer(status, json={"message": f"key {SECRET} is wrong"})) as api:
        problem = refused(api, auth={"by": "bearer", "token": SECRET})
        assert len(api.requests) == 1
    assert (problem.code, problem.values["problem"]) == ("SC645", f"{status} key ••• is wrong")


AUTHS = {
    "api_key": {"by": "api_key", "name": "key", "key": SECRET},
    "query": {"by": "api_key", "name": "key", "key": SECRET, "in": "query"},
    "bearer": {"by": "bearer", "token": SECRET},
    "basic": {"by": "basic", "user": "me", "password": SECRET},
    "address": None,
}
ANSWERS = {
    "401": Answer(401, json={"message": SECRET}),
    "400": Answer(400, json=[{"message": f"no {SECRET}", "errorCode": "X"}]),
    "500": Answer(500, body=SECRET.encode()),
    "html": Answer(body=b"<html>", headers={"Content-Type": "text/html"}),
    "redirect": Answer(302, headers={"Location": f"/login?back={SECRET}"}),
    "way": Answer(json={"data": []}),
    "repeats": Answer(json={"items": [{"id": 1}]}),
}


@pytest.mark.parametrize("auth", AUTHS.values(), ids=AUTHS)
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_trap_34_no_message_holds_a_secret(opened, caplog, auth, answer):
    caplog.set_level(logging.INFO)
    with StandIn(lambda _: answer) as api:
        url = f"{api.url}/records" if auth else f"{api.url.replace('//', f'//me:{SECRET}@')}/records?key={SECRET}"
        data = opened(api, url=url, auth=auth, records="items", paging={"by": "page"})
        assert SECRET not in data.origin
        with pytest.raises(SourceError) as raised:
            data.read({"id": Kind.TEXT})
    assert SECRET not in str(raised.value.values)
    assert SECRET not in caplog.text
    assert caplog.text


def test_trap_34_nor_do_origin_and_fingerprint(opened):
    def told(secret):
        with StandIn(lambda _: Answer(json=[{"id": 1}])) as api:
            data = opened(api, auth={"by": "api_key", "name": "key", "key": secret, "in": "query"}, params={"key2": secret})
            return data.fingerprint(), data.locate(0).replace(api.url, ""), data.origin.replace(api.url, "")

    assert told("one secret") == told("another secret")
    assert told(SECRET)[1:] == ("/records, page 1, record 1", "/records")
