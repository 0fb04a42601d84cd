"""`scorecard follow`: taking on, changing and listing; what cannot be done says why."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

DEFINITION = """\
schema: scorecard/1
title: {en: Health, zh: 健康}
entity: {key: [customer_id], roster: customers}
period: {every: quarter}
sources:
  customers: {type: inline, rows: [{customer_id: A1}, {customer_id: 上海}]}
  surveys:
    type: inline
    time: at
    rows:
      - {customer_id: A1, at: 2026-05-01, rating: 2}
      - {customer_id: 上海, at: 2026-05-01, rating: 3}
      - {customer_id: A1, at: 2026-08-01, rating: 4}
total: {round: {decimals: 1}}
metrics:
  rating: {title: {en: Rating, zh: 评分}, source: surveys, measure: mean(rating), worst: 1, target: 5}
recommendations:
  call:
    of: rating
    when: rating.value < 5
    action: {en: "Call, rated {rating.value}", zh: "评分 {rating.value}：回访"}
    owner: Kim
    due: 14 days
    tasks: [{what: "Ask, and listen; then write", due: 7 days}, {what: Report, owner: Lee}]
"""
FILE = "acme.scorecard.yaml"
BOOK = "acme.followup.csv"


@pytest.fixture
def follow(folder, run):
    (folder / FILE).write_text(DEFINITION, encoding="utf-8")
    return lambda *arguments: run("follow", FILE, *arguments)


def rows(folder):
    return list(csv.DictReader(io.StringIO((folder / BOOK).read_text("utf-8-sig"))))


def test_take_set_and_list(folder, follow):
    assert "No recommendation has been taken yet" in follow().out
    taken = follow("take", "call", "-e", "customer_id=A1", "--period", "2026-Q2", "--note", "asked by the board")
    assert (taken.code, taken.err) == (0, f"wrote {BOOK}\n")
    (row,) = rows(folder)
    assert {name: row[name] for name in ("customer_id", "recommendation", "action", "state", "owner", "due", "note", "period")} == {
        "customer_id": "A1",
        "recommendation": "call",
        "action": "Call, rated 2",
        "state": "open",
        "owner": "Kim",
        "due": "2026-07-14",
        "note": "asked by the board",
        "period": "2026-Q2",
    }
    assert (row["about"], row["value"], row["needed"], row["gain"], row["score"]) == ("rating", "2", "5", "75", "25")
    assert follow("set", "call", "-e", "customer_id=A1", "--state", "doing", "--owner", "Lee").code == 0
    shown = follow("list", "--period", "2026-Q3").out
    assert "1 not kept" in shown
    assert "under way; Lee; by 2026-07-14; overdue; asked by the board" in shown
    assert "Rating 2 → 4, needed 5; promised +75.0, brought +50.0" in shown
    (record,) = json.loads(follow("list", "--period", "2026-Q3", "--format", "json").out)
    assert (record["value_then"], record["value_now"], record["promised"], record["brought"], record["verdict"]) == (2, 4, 75, 50, "missed")
    (line,) = csv.DictReader(io.StringIO(follow("list", "--period", "2026-Q3", "--format", "csv").out))
    assert (line["customer_id"], line["state"], line["overdue"], line["brought"]) == ("A1", "doing", "true", "50")
    assert json.loads(follow("list", "--state", "done", "--format", "json").out) == []


def test_advise_shows_what_was_taken_and_does_not_count_it_again(follow, run):
    follow("take", "call", "-e", "customer_id=A1", "--period", "2026-Q2")
    shown = run("advise", FILE, "--period", "2026-Q2").out
    assert "1 recommendation for 2 entities\n1 more was taken before" in shown
    assert "- Call, rated 2\n     open; taken " in shown
    record = next(one for one in json.loads(run("advise", FILE, "--period", "2026-Q2", "--format", "json").out) if one["state"])
    assert (record["key"], record["state"], record["owner"]) == ({"customer_id": "A1"}, "open", "Kim")


def test_the_next_run_says_what_became_of_them(folder, follow, run):
    assert "Followed up" not in run("run", FILE, "--period", "2026-Q3").out
    follow("take", "call", "-e", "customer_id=A1", "--period", "2026-Q2")
    assert "Followed up: 1 not yet measured." in run("run", FILE, "--period", "2026-Q2").out
    assert "Followed up: 1 not kept. scorecard follow acme.scorecard.yaml says more.\n" in run("run", FILE, "--period", "2026-Q3").out
    (folder / BOOK).write_text("state\nopne\n", encoding="utf-8")
    broken = run("run", FILE, "--period", "2026-Q3")
    assert ("SC780" in broken.err, "Followed up" in broken.out) == (True, False)


def test_a_calendar_is_read_again_as_to_dos_with_their_days(folder, follow):
    icalendar = pytest.importorskip("icalendar")
    follow("take", "call", "-e", "customer_id=A1", "--period", "2026-Q2", "--due", "2026-12-24")
    follow("take", "call", "-e", "customer_id=上海", "--period", "2026-Q2")
    follow("set", "call", "-e", "customer_id=上海", "--state", "done")
    assert follow("list", "--out", "todo.ics").code == 0
    first = (folder / "todo.ics").read_bytes()
    todos = icalendar.Calendar.from_ical(first).walk("VTODO")
    assert [(str(todo["SUMMARY"]), todo.decoded("DUE"), str(todo["CONTACT"]), str(todo["STATUS"])) for todo in todos] == [
        ("A1: Call, rated 2", date(2026, 12, 24), "Kim", "NEEDS-ACTION"),
        ("A1: Ask, and listen; then write", date(2026, 7, 7), "Kim", "NEEDS-ACTION"),
        ("A1: Report", date(2026, 7, 14), "Lee", "NEEDS-ACTION"),
        ("上海: Call, rated 3", date(2026, 7, 14), "Kim", "COMPLETED"),
        ("上海: Ask, and listen; then write", date(2026, 7, 7), "Kim", "COMPLETED"),
        ("上海: Report", date(2026, 7, 14), "Lee", "COMPLETED"),
    ]
    assert str(todos[1]["RELATED-TO"]) == str(todos[0]["UID"])
    assert len({str(todo["UID"]) for todo in todos}) == 6
    assert [str(todo["UID"]) for todo in icalendar.Calendar.from_ical(follow("list", "--format", "ics").out).walk("VTODO")] == [
        str(todo["UID"]) for todo in todos
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("take", "cal", "-e", "customer_id=A1", "--period", "2026-Q2"), "SC785", 2),
        (("take", "call", "-e", "customer_id=Z9", "--period", "2026-Q2"), "SC707", 2),
        (("take", "call", "--period", "2026-Q2"), "SC708", 2),
        (("set", "call", "-e", "customer_id=A1", "--state", "done"), "SC786", 2),
        (("set", "call", "--state", "done"), "SC786", 2),
        (("set", "call", "-e", "customer=A1", "--state", "done"), "SC786", 2),
        (("set", "call", "-e", "customer_id=A1"), "Say what to set", 2),
        (("list", "--out", "todo.txt"), "SC712", 2),
    ],
)
def test_what_cannot_be_done_says_why_and_writes_nothing(folder, follow, arguments, code, exit_code):
    result = follow(*arguments)
    assert (result.code, code in result.err) == (exit_code, True)
    assert not (folder / BOOK).exists()


def test_taking_twice_is_refused_until_it_is_closed(folder, follow):
    own = ("call", "-e", "customer_id=A1", "--period", "2026-Q2")
    follow("take", *own)
    again = follow("take", *own)
    assert (again.code, "SC786" in again.err) == (2, True)
    follow("set", "call", "-e", "customer_id=A1", "--state", "dropped")
    assert follow("take", *own, "--owner", "Mei").code == 0
    assert [(row["state"], row["owner"]) for row in rows(folder)] == [("open", "Mei")]


def test_an_entity_that_is_gone_is_a_warning_and_a_broken_file_an_error(folder, follow):
    follow("take", "call", "-e", "customer_id=A1", "--period", "2026-Q2")
    path = folder / BOOK
    good = path.read_text("utf-8-sig")
    path.write_text(good.replace("A1,", "A2,"), encoding="utf-8")
    result = follow()
    assert result.code == 0
    assert "SC784" in result.err
    assert "no longer scored" in result.out
    path.write_text(good.replace(",open,", ",opne,"), encoding="utf-8")
    result = follow()
    assert result.code == 3
    assert "SC781" in result.err
    assert "did you mean 'open'" in result.err


def test_without_the_package_a_calendar_says_what_to_install(follow, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = follow("list", "--format", "ics")
    assert (result.code, "SC788" in result.err, "kpi-scorecard[calendar]" in result.err) == (2, True, True)
