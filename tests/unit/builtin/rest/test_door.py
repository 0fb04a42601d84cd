"""The door for plugin packages: an API with a token in the body, errors with status 200 and records that are lists of cells."""

from __future__ import annotations

from typing import Any

import pytest

import scorecard.rest
from scorecard.hooks.contracts import SourceError
from scorecard.rest import Call, Client, Listing, Numbered, Renewed, Reply, Token, Verdict, fetch
from scorecard.standin import Answer, Request, StandIn, check_faults

SECRET = "s3cret-of-the-app"
ROWS = [[f"{number:03}", f"name {number}"] for number in range(1, 8)]


class Api:
    """Says all its errors with status 200; its tokens hold for three calls; it is busy once."""

    def __init__(self, *, busy: bool = False) -> None:
        self.given = self.left = 0
        self.busy = busy

    def __call__(self, request: Request) -> Answer:
        if request.path == "/token":
            if request.json != {"appId": "me", "appSecret": SECRET}:
                return Answer(json={"code": 10006, "message": f"wrong secret {request.json['appSecret']}"})
            self.given, self.left = self.given + 1, 3
            return Answer(json={"code": 0, "token": f"T{self.given}", "expiresIn": 7200})
        if request.json["token"] != f"T{self.given}" or not self.left:
            return Answer(json={"code": 20016, "message": "token expired"})
        self.left -= 1
        if self.busy:
            self.busy = False
            return Answer(json={"code": 50001, "message": "too often"})
        begin, limit = request.json["query"]["offset"], request.json["query"]["limit"]
        return Answer(json={"code": 0, "data": {"rows": ROWS[begin : begin + limit], "total": len(ROWS)}})


def judge(reply: Reply) -> Verdict | None:
    match reply.body:
        case {"code": 20016, "message": said}:
            return Verdict("expired", said)
        case {"code": 50001, "message": said}:
            return Verdict("later", said, seconds=3)
        case {"code": int(code), "message": said} if code:
            return Verdict("refused", f"{code} {said}")
    return None


def records(api: StandIn, waits: Any, secret: str = SECRET) -> list[str]:
    def token(ask: Any) -> Token:
        body = ask(Call(url=f"{api.url}/token", method="POST", body={"appId": "me", "appSecret": secret}))
        return Token(body["token"], body["expiresIn"])

    auth = Renewed(token, lambda call, value: call.with_body("token", value), secrets=frozenset({secret}), clock=waits.clock)
    listing = Listing(
        call=Call(url=f"{api.url}/query", method="POST", body={"query": {"limit": 2}}),
        paging=Numbered(param="query.offset", start=0, by_record=True, place="body"),
        records="data.rows",
        total="data.total",
        id="id",
        unpack=lambda row: dict(zip(("id", "name"), row, strict=True)),
    )
    with Client(auth=auth, judge=judge, clock=waits.clock) as client:
        return [each.record["id"] for each in fetch(client, listing)]


def test_a_token_in_the_body_that_ends_between_two_pages(waits):
    with StandIn(Api()) as api:
        assert records(api, waits) == [row[0] for row in ROWS]
        paths = [request.path for request in api.requests]
    assert paths == ["/token", *["/query"] * 4, "/token", "/query"]


def test_an_api_that_is_busy_is_asked_again(waits):
    with StandIn(Api(busy=True)) as api:
        assert records(api, waits) == [row[0] for row in ROWS]
    assert waits.seconds == [3]


def test_trap_18_whatever_fails_once_nothing_is_lost_or_counted_twice(waits):
    check_faults(Api, lambda api: records(api, waits))


def test_trap_34_a_refusal_with_status_200_is_one_and_tells_no_secret(waits):
    with StandIn(Api()) as api, pytest.raises(SourceError) as raised:
        records(api, waits, "another-s3cret")
    assert (raised.value.code, raised.value.values["reason"]) == ("SC645", "token")
    assert raised.value.values["problem"] == "10006 wrong secret •••"


def test_the_door_has_what_it_names():
    assert all(getattr(scorecard.rest, name) is not None for name in scorecard.rest.__all__)
