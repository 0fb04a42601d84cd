"""A scorecard whose records come from a web API."""

from __future__ import annotations

import pytest

import scorecard
from scorecard.errors import DataError
from scorecard.standin import Answer, StandIn, half

SECRET = "s3cret-token"


@pytest.fixture
def definition(tmp_path, monkeypatch):
    monkeypatch.setenv("DESK_TOKEN", SECRET)

    def written(api):
        path = tmp_path / "desk.scorecard.yaml"
        path.write_text(
            f"""
entity: {{key: [customer_id], roster: customers}}
period: {{every: quarter}}
sources:
  customers: {{type: inline, rows: [{{customer_id: "007"}}, {{customer_id: "8"}}]}}
  tickets:
    type: rest
    url: {api.url}/tickets
    params: {{opened_from: ":period_start"}}
    records: items
    total: total
    id: id
    paging: {{by: offset}}
    auth: {{by: bearer, token: "${{DESK_TOKEN}}"}}
    retry: {{attempts: 2, wait: 0}}
    time: opened_at
    columns: {{customer_id: account.id}}
metrics:
  open_tickets: {{source: tickets, measure: count(), worst: 10, target: 0}}
""",
            "utf-8",
        )
        return path

    return written


def desk(request):
    if request.headers["authorization"] != f"Bearer {SECRET}":
        return Answer(401)
    tickets = [{"id": at, "account": {"id": "007"}, "opened_at": f"2026-0{at}-15T08:00:00Z"} for at in (1, 2, 5)]
    begin = int(request.query["offset"])
    return Answer(json={"items": tickets[begin : begin + 1], "total": 3})


def test_a_scorecard_of_tickets(definition):
    with StandIn(desk, {2: half}) as api:
        evaluation = scorecard.evaluate(definition(api), period="2026-Q1")
    assert evaluation.metrics["value"].tolist() == [2, 0]
    assert SECRET not in str(evaluation.provenance)


def test_what_goes_wrong_is_said_at_the_source(definition):
    with StandIn(lambda _: Answer(401, json={"message": f"{SECRET} is wrong"})) as api, pytest.raises(DataError) as raised:
        scorecard.evaluate(definition(api), period="2026-Q1")
    issue = raised.value.issues[0]
    assert (issue.code, issue.values["problem"]) == ("SC645", "401 ••• is wrong")
    assert SECRET not in str(issue)
