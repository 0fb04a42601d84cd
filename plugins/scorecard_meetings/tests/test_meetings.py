"""The plugin keeps its contract, counts what it says, and reads what calendars write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import scorecard_meetings
from scorecard_meetings.calendars import Calendars, open_calendars

from scorecard.app import registry
from scorecard.hooks.contracts import SourceError, SourceRequest
from scorecard.model.formula import Kind
from scorecard.testing import Case, check_plugin, read_cases, run_case

HERE = Path(__file__).parent
CASES = [case for path in sorted(HERE.glob("*.yaml")) for case in read_cases(path)]
CALENDAR = r"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:[C042] Quarterly
  review\, with lunch
DTSTART;TZID="Asia/Shanghai":20260322T093000
DTEND;TZID=Asia/Shanghai:20260322T103000
ORGANIZER;CN="Li: sales":mailto:li@example.com
ATTENDEE:mailto:a@example.com
ATTENDEE:mailto:b@example.com
BEGIN:VALARM
SUMMARY:not the title
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Office party
DTSTART;VALUE=DATE:20260401
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(tmp_path: Path) -> Any:
    def opened(text: str, **settings: Any) -> Calendars:
        (tmp_path / "a.ics").write_bytes(text.replace("\n", "\r\n").encode())
        return open_calendars(SourceRequest(settings={"path": "*.ics", **settings}, folder=str(tmp_path)))

    return opened


def test_it_keeps_the_contract_and_is_found() -> None:
    check_plugin(scorecard_meetings)
    plugins = registry()
    assert {"contact_gap", "longest_silence"} <= set(plugins.metric_types)
    assert plugins.offered_by["sources", "ical"].name == "meetings"


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, engine: Any) -> None:
    run_case(case, engine=engine)


def test_events_are_records(calendar: Any) -> None:
    data = calendar(CALENDAR, key=r"\[(C\d+)\]")
    found = data.read(data.columns).to_pydict()
    assert found["title"] == ["[C042] Quarterly review, with lunch", "Office party"]
    assert found["key"] == ["C042", None]
    assert found["starts_at"] == ["2026-03-22T09:30:00+08:00", "2026-04-01"]
    assert found["organizer"] == ["li@example.com", None]
    assert found["attendees"] == [2.0, 0.0]
    assert found["status"] == [None, "CANCELLED"]
    assert [data.locate(row) for row in (0, 1)] == ["a.ics, line 2", "a.ics, line 15"]
    assert data.columns["title"] is Kind.TEXT


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("RRULE:FREQ=WEEKLY", "line 5 has a repeated event"),
        ("DTSTART:2026-03-22", "line 5 has a time that is none"),
        ("DTSTART;TZID=Mars/Olympus:20260322T090000", "line 5 has a time zone that nobody knows"),
    ],
)
def test_what_cannot_be_read_is_named(calendar: Any, line: str, said: str) -> None:
    text = CALENDAR.replace("  review\\, with lunch", line, 1)
    with pytest.raises(SourceError) as refused:
        calendar(text)
    assert said in str(refused.value.values["problem"])


def test_a_repeated_event_may_count_once(calendar: Any) -> None:
    assert len(calendar(CALENDAR.replace("UID:1", "UID:1\nRRULE:FREQ=WEEKLY"), recurring="once").events) == 2


@pytest.mark.parametrize(("settings", "code"), [({"path": "*.ical"}, "SC621"), ({"key": "("}, "SC637"), ({"key": "C"}, "SC637")])
def test_settings_that_lead_nowhere(calendar: Any, settings: dict[str, str], code: str) -> None:
    with pytest.raises(SourceError, match=code):
        calendar(CALENDAR, **settings)


def test_an_empty_calendar(calendar: Any) -> None:
    with pytest.raises(SourceError, match="SC622"):
        calendar("BEGIN:VCALENDAR\nEND:VCALENDAR\n")


def test_a_scorecard_of_meetings(tmp_path: Path) -> None:
    import scorecard

    (tmp_path / "a.ics").write_text(CALENDAR, "utf-8")
    (tmp_path / "m.scorecard.yaml").write_text(
        r"""
entity: {key: [customer_id], roster: customers}
period: {every: quarter, timezone: Asia/Shanghai}
sources:
  customers: {type: inline, rows: [{customer_id: C042}]}
  meetings: {type: ical, path: a.ics, time: starts_at, key: '\[(C\d+)\]', columns: {customer_id: key}}
metrics:
  contact: {type: contact_gap, source: meetings, worst: 90, target: 0}
""",
        "utf-8",
    )
    evaluation = scorecard.evaluate(tmp_path / "m.scorecard.yaml", period="2026-Q1")
    assert evaluation.metrics["value"].tolist() == [9 + 14.5 / 24]
