"""Pages by number, offset, cursor and link: all records, each once, or an error."""

from __future__ import annotations

import pytest

from scorecard.standin import Answer, StandIn

ALL = [str(number) for number in range(1, 8)]
WAYS = {
    "page": {"by": "page"},
    "page with more": {"by": "page", "more": "more"},
    "offset": {"by": "offset"},
    "cursor": {"by": "cursor", "param": "after", "cursor": "paging.next.after"},
    "link in the header": {"by": "link"},
    "link in the body": {"by": "link", "next": "next"},
}


@pytest.mark.parametrize("paging", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("settings", [{}, {"id": "id"}, {"total": "data.total"}, {"id": "id", "total": "/data/total"}], ids=str)
def test_all_records_arrive_once(book, ids, paging, settings):
    with StandIn(book(7)) as api:
        assert ids(api, records="data.items", paging=paging, **settings) == ALL


@pytest.mark.parametrize("count", [0, 1, 2, 4])
@pytest.mark.parametrize("paging", WAYS.values(), ids=WAYS)
def test_the_last_page_may_be_full_or_missing(book, ids, paging, count):
    with StandIn(book(count)) as api:
        assert ids(api, records="data.items", id="id", total="data.total", paging=paging) == ALL[:count]


@pytest.mark.parametrize("by", ["page", "offset"])
def test_a_page_that_is_shorter_than_asked_is_not_the_last(book, ids, by):
    """An API that gives at most two records a page, asked for five."""

    def answer(request):
        return book(7, most=2)(request)

    with StandIn(answer) as api:
        assert ids(api, records="data.items", paging={"by": by, "size_param": "size", "size": 5}) == ALL


def test_the_size_goes_with_every_page(book, ids):
    with StandIn(book(7)) as api:
        ids(api, records="data.items", paging={"by": "offset", "size_param": "size", "size": 3}, total="data.total")
        assert [request.query for request in api.requests] == [{"size": "3", "offset": str(at)} for at in (0, 3, 6)]


def test_a_query_in_the_address_stays(book, ids):
    with StandIn(book(3)) as api:
        assert ids(api, url=f"{api.url}/records?kind=a%26b", params={"x": "1"}, records="data.items", paging={"by": "page"}) == ALL[:3]
        assert [request.query for request in api.requests] == [{"kind": "a&b", "x": "1", "page": str(page)} for page in (1, 2, 3)]


def test_the_page_may_be_asked_for_in_the_body(ids):
    def answer(request):
        begin = request.json["query"]["offset"]
        assert request.json["query"]["kind"] == "ticket"
        return Answer(json={"items": [{"id": at} for at in range(begin, min(begin + request.json["query"]["limit"], 5))]})

    paging = {"by": "offset", "param": "query.offset", "size_param": "query.limit", "size": 2, "in": "body"}
    with StandIn(answer) as api:
        assert ids(api, method="POST", body={"query": {"kind": "ticket"}}, records="items", paging=paging) == ["0", "1", "2", "3", "4"]


def test_a_list_without_pages(ids):
    with StandIn(lambda _: Answer(json=[{"id": 1}, {"id": 2}])) as api:
        assert ids(api) == ["1", "2"]
        assert len(api.requests) == 1


def test_records_that_move_while_they_are_read_count_once(ids):
    """A record comes in at the top between two pages, so that the last of the first page is the first of the second."""
    pages = {0: [{"id": 3}, {"id": 2}], 2: [{"id": 2}, {"id": 1}], 4: []}
    with StandIn(lambda request: Answer(json=pages[int(request.query["offset"])])) as api:
        assert ids(api, id="id", paging={"by": "offset"}) == ["3", "2", "1"]


def test_a_record_that_is_lost_is_missed(refused):
    """A record goes from the top between two pages, so that one is on neither."""
    pages = {0: [{"id": 1}, {"id": 2}], 2: [{"id": 4}], 3: []}

    def answer(request):
        return Answer(json={"items": pages[int(request.query["offset"])], "total": 4})

    with StandIn(answer) as api:
        problem = refused(api, records="items", total="total", id="id", paging={"by": "offset"})
    assert (problem.code, problem.values["due"], problem.values["count"]) == ("SC649", 4, 3)


def test_more_records_than_there_are(refused):
    with StandIn(lambda _: Answer(json={"items": [{"id": 1}, {"id": 2}], "total": 1})) as api:
        problem = refused(api, records="items", total="total")
    assert (problem.code, problem.values["due"], problem.values["count"]) == ("SC649", 1, 2)


@pytest.mark.parametrize("settings", [{}, {"id": "id"}])
@pytest.mark.parametrize(
    "paging",
    [{"by": "page", "param": "pageNo"}, {"by": "cursor", "param": "after", "cursor": "next"}, {"by": "link", "next": "link"}],
    ids=["page", "cursor", "link"],
)
def test_a_page_that_repeats_for_ever(refused, paging, settings):
    def answer(request):
        return Answer(json={"items": [{"id": 1}, {"id": 2}], "next": request.number, "link": f"/records?n={request.number}"})

    with StandIn(answer) as api:
        problem = refused(api, records="items", paging=paging, **settings)
        assert (problem.code, problem.values["what"], problem.values["before"]) == ("SC648", "page 2", "page 1")
        assert len(api.requests) == 2


def test_pages_that_turn_in_a_circle(refused):
    def answer(request):
        after = int(request.query.get("after", 0))
        return Answer(json={"items": [{"id": after}], "next": (after + 1) % 3})

    with StandIn(answer) as api:
        problem = refused(api, records="items", paging={"by": "cursor", "param": "after", "cursor": "next"})
    assert (problem.values["what"], problem.values["before"]) == ("page 4", "page 1")


def test_a_cursor_that_stands_still(refused):
    with StandIn(lambda request: Answer(json={"items": [{"id": request.number}], "next": "x"})) as api:
        assert refused(api, records="items", paging={"by": "cursor", "param": "after", "cursor": "next"}).code == "SC648"


def test_pages_without_end(refused, monkeypatch):
    monkeypatch.setattr("scorecard.builtin.reading.rest.fetch.MOST_PAGES", 5)
    with StandIn(lambda request: Answer(json=[{"id": request.number}])) as api:
        assert refused(api, paging={"by": "page"}).values["reason"] == "endless"


def test_an_empty_page_with_more_to_follow(refused):
    with StandIn(lambda request: Answer(json={"items": [], "next": str(request.number)})) as api:
        problem = refused(api, records="items", paging={"by": "cursor", "param": "after", "cursor": "next"})
    assert (problem.code, problem.values["reason"], problem.values["what"]) == ("SC648", "empty", "page 1")


def test_an_empty_page_before_all_arrived(refused):
    pages = {0: [{"id": 1}], 1: []}
    with StandIn(lambda request: Answer(json={"items": pages[int(request.query["offset"])], "total": 2})) as api:
        problem = refused(api, records="items", total="total", paging={"by": "offset"})
    assert (problem.code, problem.values["due"], problem.values["count"]) == ("SC649", 2, 1)


def test_a_link_to_another_host_is_not_followed(book, refused):
    with StandIn(book(1)) as stranger, StandIn(lambda _: Answer(json={"items": [{"id": 1}], "next": f"{stranger.url}/steal"})) as api:
        problem = refused(api, records="items", paging={"by": "link", "next": "next"}, auth={"by": "bearer", "token": "s3cret"})
        assert (problem.code, problem.values["reason"]) == ("SC648", "elsewhere")
        assert stranger.requests == []


@pytest.mark.parametrize("id", ["account.id", "nothing"])
def test_an_id_that_is_not_of_one_alone(refused, id):
    with StandIn(lambda _: Answer(json=[{"id": 1, "account": {"id": "A"}}, {"id": 2, "account": {"id": "A"}}])) as api:
        assert refused(api, id=id).code == "SC650"


def test_a_total_that_is_not_told(refused):
    with StandIn(lambda _: Answer(json={"items": [{"id": 1}], "total": "many"})) as api:
        assert refused(api, records="items", total="total").values["reason"] == "no_total"
