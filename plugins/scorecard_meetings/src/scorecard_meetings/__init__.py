"""Meetings with customers: calendar files as a source, and how long contact was interrupted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorecard.hooks import hookimpl
from scorecard.hooks.contracts import MetricType, SourceType
from scorecard.model.action import Action
from scorecard.model.formula import Kind
from scorecard.model.text import Text

STARTS = "starts_at"


@hookimpl
def scorecard_metric_types() -> list[MetricType]:
    return [CONTACT_GAP, LONGEST_SILENCE]


@hookimpl
def scorecard_sources() -> list[SourceType]:
    return [ICAL]


def _started(params: Mapping[str, Any]) -> str:
    return str(params.get("starts", STARTS))


def _gap(params: Mapping[str, Any]) -> str:
    """Days from the last meeting's beginning to the window's end."""
    return f'days_between(max(col("{_started(params)}")), window.end)'


def _read(params: Mapping[str, Any]) -> Mapping[str, Kind]:
    return {_started(params): Kind.MOMENT}


_PARAMS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "starts": {
            "type": "string",
            "pattern": '^[^"\\\\]+$',
            "title": "starts",
            "description": "The column with the beginning of a meeting; starts_at unless given.",
        }
    },
}

_ACTIONS = (
    Action(
        id="meet_now",
        text=Text({"en": "Arrange a meeting for next week, with one thing to show.", "zh": "约定下周会面，并准备一件可展示的内容。"}),
        below=0.5,
        due="7 days",
        effort=0.5,
    ),
    Action(
        id="keep_a_rhythm",
        text=Text(
            {
                "en": "Agree on a fixed rhythm of meetings, and fix the next date at the end of each.",
                "zh": "约定固定的会面节奏，每次结束时定下次日期。",
            }
        ),
        due="1 month",
        effort=0.5,
    ),
)

CONTACT_GAP = MetricType(
    id="contact_gap",
    title=Text({"en": "Days since the last meeting", "zh": "距上次会面天数"}),
    params=_PARAMS,
    doc="""How many days before the window's end the last meeting began.

It needs a record per meeting. Without a meeting in the window there is no value: take a window that is long enough, such
as a year.""",
    formula=_gap,
    unit="days",
    better="lower",
    actions=_ACTIONS,
)

LONGEST_SILENCE = MetricType(
    id="longest_silence",
    title=Text({"en": "Longest silence", "zh": "最长未联系天数"}),
    params=_PARAMS,
    doc="""The longest stretch of days without a meeting, from one meeting's beginning to the next and to the window's end.

The time from the window's beginning to the first meeting does not count: nobody knows when the meeting before it was. It
needs a record per meeting. Without a meeting in the window there is no value.""",
    function="scorecard_meetings.silence:longest_silence",
    columns=_read,
    unit="days",
    better="lower",
    actions=_ACTIONS,
)

ICAL = SourceType(
    id="ical",
    title=Text({"en": "Calendar files", "zh": "日历文件"}),
    params={
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": {
            "path": {
                "type": "string",
                "minLength": 1,
                "title": "path",
                "description": "The .ics file, relative to the definition's folder. `*` and `?` name several files.",
            },
            "key": {
                "type": "string",
                "minLength": 1,
                "title": "key",
                "description": "A regular expression; what its brackets find in an event's title is the column key.",
            },
            "recurring": {
                "enum": ["refuse", "once"],
                "title": "recurring",
                "description": "refuse: a repeated event is an error. once: only its first meeting counts. refuse unless given.",
            },
        },
    },
    doc="""Reads the events of calendar files (RFC 5545) as records.

Columns: uid, title, starts_at, ends_at, location, organizer, attendees, status and, with `key`, key. Times keep the zone
they are written in; an event of whole days begins at midnight. Rules of repeated events are not followed: one in the file
is an error, unless `recurring: once` says that its first meeting is enough.""",
    open="scorecard_meetings.calendars:open_calendars",
)
