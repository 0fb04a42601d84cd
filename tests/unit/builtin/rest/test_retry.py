"""Faults that pass: the page is asked for again, what came before is kept, and nobody waits longer than told."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from scorecard.standin import STALL, Answer, StandIn, half, half_unnoticed, lost

ALL = [str(number) for number in range(1, 8)]
BOOK = {"records": "data.items", "id": "id", "total": "data.total"}
FAULTS = {
    "429": Answer(429),
    "500": Answer(500),
    "503 with a web page": Answer(503, body=b"<html>", headers={"Content-Type": "text/html"}),
    "cut": half,
    "cut unnoticed": half_unnoticed,
    "lost": lost,
}


@pytest.mark.parametrize("by", ["page", "offset"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_page_that_failed_is_fetched_again_whole(book, ids, waits, fault, by):
    with StandIn(book(7), {2: fault, 4: fault, 5: fault}) as api:
        assert ids(api, paging={"by": by}, **BOOK) == ALL
        asked = [request.query[by] for request in api.requests]
    assert asked == (["1", "2", "2", "3", "3", "3", "4"] if by == "page" else ["0", "2", "2", "4", "4", "4", "6"])
    assert waits.seconds == [1.0, 1.0, 2.0]


def test_what_came_before_is_kept(book, ids):
    """Page 57 fails four times; the 56 before it are asked for once."""
    with StandIn(book(120), dict.fromkeys(range(57, 61), lost)) as api:
        assert len(ids(api, paging={"by": "page"}, **BOOK)) == 120
        pages = [int(request.query["page"]) for request in api.requests]
    assert pages == [*range(1, 57), 57, 57, 57, 57, *range(57, 61)]


def test_an_answer_that_never_comes(book, ids, waits):
    with StandIn(book(3), {1: STALL}) as api:
        assert ids(api, paging={"by": "page"}, timeout=0.5, retry={"attempts": 9}, **BOOK) == ["1", "2", "3"]
    assert waits.seconds[0] == 1.0


def test_the_wait_doubles_up_to_the_longest(book, refused, waits):
    with StandIn(book(7), dict.fromkeys(range(2, 99), Answer(502, json={"message": "upstream is away"}))) as api:
        problem = refused(api, paging={"by": "page"}, retry={"attempts": 7, "wait": 2, "longest": 15}, **BOOK)
        assert problem.values["origin"] == f"{api.url}/records"
    assert waits.seconds == [2, 4, 8, 15, 15, 15]
    assert (problem.code, problem.values["what"], problem.values["attempts"]) == ("SC644", "page 2", 7)
    assert problem.values["problem"] == "502 upstream is away"


def test_chance_spreads_the_waits():
    from scorecard.builtin.reading.rest.clock import Clock
    from scorecard.builtin.reading.rest.retry import Retry

    pauses = [Retry(wait=4).pause(1, None, Clock(chance=lambda share=share: share)) for share in (0.0, 0.5, 1.0)]
    assert pauses == [2, 3, 4]


def test_what_the_api_asks_to_wait_is_waited(book, ids, waits):
    at = format_datetime(datetime.fromtimestamp(waits.at + 7 + 40, UTC), usegmt=True)
    faults = {2: Answer(429, headers={"Retry-After": "7"}), 3: Answer(503, headers={"Retry-After": at})}
    with StandIn(book(3), faults) as api:
        assert ids(api, paging={"by": "page"}, **BOOK) == ["1", "2", "3"]
    assert waits.seconds == [7, 40]


@pytest.mark.parametrize("written", ["soon", "-3", ""])
def test_a_wait_that_is_none_is_not_taken(book, ids, waits, written):
    with StandIn(book(3), {2: Answer(429, headers={"Retry-After": written})}) as api:
        assert ids(api, paging={"by": "page"}, **BOOK) == ["1", "2", "3"]
    assert waits.seconds == [1.0]


def test_nobody_waits_for_longer_than_told(book, refused, waits):
    with StandIn(book(3), {2: Answer(429, headers={"Retry-After": "86400"})}) as api:
        problem = refused(api, paging={"by": "page"}, **BOOK)
    assert (problem.code, problem.values["reason"], problem.values["seconds"]) == ("SC644", "waits", 86400)
    assert waits.seconds == []


def test_calls_keep_their_pace(book, ids, waits):
    with StandIn(book(7)) as api:
        assert ids(api, paging={"by": "page"}, per_second=4, **BOOK) == ALL
    assert waits.seconds == [0.25] * 3


def test_nobody_is_there(refused, waits):
    with StandIn(lambda _: Answer()) as api:
        pass
    problem = refused(api)
    assert (problem.code, problem.values["attempts"]) == ("SC644", 5)


@pytest.mark.parametrize("status", [400, 404, 405, 422])
def test_a_refusal_is_not_asked_again(refused, waits, status):
    with StandIn(lambda _: Answer(status, json={"errors": [{"detail": "no such param: pp"}]})) as api:
        problem = refused(api)
        assert len(api.requests) == 1
    assert (problem.code, problem.values["what"]) == ("SC647", "page 1")
    assert problem.values["problem"] == f"{status} no such param: pp"
