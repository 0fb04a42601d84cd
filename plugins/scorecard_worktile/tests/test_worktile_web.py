"""The open API of Worktile, played by a server on this computer: pages by number, a token of the team, seconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from scorecard_worktile.preset import PRESET

from scorecard.crm.open import open_preset
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.rest import Clock
from scorecard.standin import Answer, Request, StandIn, check_faults

SECRET = "s3cret-of-the-team"
NOBODY_WAITS = Clock(sleep=lambda _: None)
DUE = 1_767_600_000
"""2026-01-05 08:00 UTC"""


def task(number: int) -> dict[str, Any]:
    return {
        "_id": f"5fd9{number:04}",
        "title": f"task {number}",
        "project_id": "p1",
        "properties": {"assignee": "u1", "due": {"date": DUE + number * 86_400, "with_time": 0}, "priority": {"name": "高"}},
        "task_state": {"name": "已完成" if number % 2 else "进行中", "type": 3 if number % 2 else 2},
        "completed_at": DUE if number % 2 else 0,
        "is_archived": 0,
    }


class Team:
    """A team with a project's tasks: tokens that hold for some calls, a hundred records on a page at most."""

    def __init__(self, count: int = 230, calls: int = 99, most: int = 100, total: bool = False) -> None:
        self.tasks = [task(number) for number in range(1, count + 1)]
        self.calls = calls
        self.most = most
        self.total = total
        self.tokens = 0
        self.left = 0

    def __call__(self, request: Request) -> Answer:
        if request.path == "/open-api/tenant-access-token":
            if request.json != {"client_id": "me", "client_secret": SECRET}:
                return Answer(401, json={"code": "100401", "message": "client_secret is wrong"})
            self.tokens += 1
            self.left = self.calls
            return Answer(json={"tenant_access_token": f"t{self.tokens}", "expires_in": 7200})
        if request.headers.get("authorization") != f"Bearer t{self.tokens}" or self.left == 0:
            return Answer(401, json={"code": "100005", "message": "token has expired"})
        self.left -= 1
        if request.path != "/open-api/mission/get-project-tasks-by-page" or request.query.get("project_id") != "p1":
            return Answer(404, json={"code": "404", "message": "not found"})
        size = min(int(request.query["page_size"]), self.most)
        begin = int(request.query["page_index"]) * size
        told = {"total": len(self.tasks)} if self.total else {}
        return Answer(json={"values": self.tasks[begin : begin + size], **told})


def opened(api: StandIn, **settings: Any) -> Any:
    auth = {"client_id": "me", "client_secret": SECRET}
    given = {"object": "tasks", "url": f"{api.url}/open-api", "auth": auth, "params": {"project_id": "p1"}, **settings}
    return open_preset(PRESET, SourceRequest(settings=given, folder="."), NOBODY_WAITS)


def ids(api: StandIn, **settings: Any) -> Any:
    return opened(api, **settings).read({"task_id": Kind.TEXT, "project_id": Kind.TEXT}).to_pydict()


def refused(api: StandIn, **settings: Any) -> SourceError:
    with pytest.raises(SourceError) as raised:
        ids(api, **settings)
    return raised.value


def test_all_pages() -> None:
    with StandIn(Team()) as api:
        data = opened(api, fields={"priority": "properties.priority.name"})
        texts = dict.fromkeys(("task_id", "project_id", "name", "owner", "status", "priority"), Kind.TEXT)
        found = data.read({**texts, "due_on": Kind.MOMENT, "done_on": Kind.MOMENT}).to_pydict()
        queries = [dict(request.query) for request in api.requests[1:]]
        assert data.locate(100) == f"{api.url}/open-api/mission/get-project-tasks-by-page, page 2, record 1"
    assert queries == [{"project_id": "p1", "page_size": "100", "page_index": str(page)} for page in range(4)]
    assert len(set(found["task_id"])) == 230
    assert (found["status"][:2], found["owner"][0], found["priority"][0]) == (["done", "open"], "u1", "高")
    assert found["due_on"][0] == datetime(2026, 1, 6, 8, tzinfo=UTC)
    assert found["done_on"][:2] == [datetime(2026, 1, 5, 8, tzinfo=UTC), None]


@pytest.mark.parametrize("total", [False, True])
def test_trap_18_whatever_fails_once_nothing_is_lost_or_counted_twice(total: bool) -> None:
    told = {"total": "total"} if total else {}
    check_faults(lambda: Team(count=200, total=total), lambda api: ids(api, **told))


@pytest.mark.parametrize("calls", [1, 2])
def test_a_token_that_ends_between_two_pages_is_renewed(calls: int) -> None:
    team = Team(calls=calls)
    with StandIn(team) as api:
        assert len(ids(api)["task_id"]) == 230
    assert team.tokens == 4 // calls


def test_what_worktile_refuses_is_said_without_secrets() -> None:
    with StandIn(Team()) as api:
        problem = refused(api, auth={"client_id": "me", "client_secret": f"{SECRET}!"})
        assert (problem.code, problem.values["problem"]) == ("SC645", "401 client_secret is wrong")
        assert refused(api, called="goals/list").values["problem"] == "404 not found"
        assert refused(api, auth={"token": "old"}).code == "SC645"


def test_answers_of_another_form() -> None:
    def listed(request: Request) -> Answer:
        return Answer(json=[task(1), task(2)] if request.query["page_index"] == "1" else [])

    with StandIn(listed) as api:
        assert len(ids(api, auth={"token": "x"}, records="", first_page=1)["task_id"]) == 2
        assert [request.query["page_index"] for request in api.requests] == ["1", "2"]


def test_goals_by_the_end_of_their_address() -> None:
    goal = {"_id": "g1", "title": "NPS 50", "project_id": "p1", "target_value": 50, "current_value": 40, "progress": 80, "due": DUE}

    def answer(request: Request) -> Answer:
        assert request.path == "/open-api/goals/get-goals-by-page"
        return Answer(json={"values": [goal] if request.query["page_index"] == "0" else []})

    with StandIn(answer) as api:
        data = opened(api, object="goals", called="goals/get-goals-by-page", auth={"token": "x"})
        numbers = dict.fromkeys(("target", "value", "progress"), Kind.NUMBER)
        found = data.read({"goal_id": Kind.TEXT, **numbers, "due_on": Kind.MOMENT}).to_pydict()
    assert found == {
        "goal_id": ["g1"],
        "target": [50],
        "value": [40],
        "progress": [0.8],
        "due_on": [datetime(2026, 1, 5, 8, tzinfo=UTC)],
    }
